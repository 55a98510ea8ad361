"""What the pages of a duty share: whose it is, and the timeslots its suite still lacks."""

from datetime import timedelta

from flask import abort
from flask_login import current_user

from icv.papers.pictures import coverage_grid
from icv.rules.coverage import Coverage
from icv.rules.days import WEEKDAYS, Period
from icv.store.duties import OwnDuty, duty_seen_by
from icv.store.planning import arrivals
from icv.web.clock import today
from icv.web.db import db
from icv.web.pages import choices

A_YEAR = timedelta(days=365)


def own_duty(duty_id: int) -> OwnDuty:
    """The asking visitor's; to everyone else there is no such page."""
    days = choices().partner_contact_days
    duty = duty_seen_by(db.session(), current_user.actor, duty_id, on=today(), contact_days=days)
    return duty or abort(404)


def coverage_of(suite_id: int) -> Coverage:
    """Of the year behind."""
    year = Period(today() - A_YEAR, today())
    return Coverage.of(choices().grid, [at for _, at in arrivals(db.session(), year, suite_id)])


def picture_of(coverage: Coverage) -> str:
    return coverage_grid(coverage.rows, WEEKDAYS, coverage.grid.band_names)
