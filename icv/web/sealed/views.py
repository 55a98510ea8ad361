"""The page on which a pair agrees its time: what stands, who can see it, and proposing another."""

from datetime import date, datetime, timedelta

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.coverage import Coverage
from icv.services import sealed as desk
from icv.store.duties import OwnDuty, suggested_slots
from icv.store.sealed import openings_of, sealed_time_seen_by
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.duties.own import coverage_of, own_duty, picture_of
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in
from icv.web.sealed.forms import SeenForm, TimeForm

bp = Blueprint("sealed", __name__)


@bp.route("/duties/<int:duty_id>/time", methods=["GET", "POST"])
@needs(Action.AGREE_TIME)
def show(duty_id: int) -> ResponseReturnValue:
    duty = own_duty(duty_id)
    form = TimeForm().offer(_days(duty))
    if form.validate_on_submit() and form.starts_at:
        with told_in(form):
            is_agreed = desk.propose(
                db.session(), duty.visit_id, form.starts_at, _address, by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(_agreed(duty) if is_agreed else f"Proposed. {duty.partner} is told to look at it.")
            return redirect(url_for("sealed.show", duty_id=duty_id))
    return _page(duty, form)


@bp.post("/duties/<int:duty_id>/time/agree")
@needs(Action.AGREE_TIME)
def agree(duty_id: int) -> ResponseReturnValue:
    duty, seen = own_duty(duty_id), SeenForm().seen.data or 0
    with told_above():
        desk.agree(db.session(), duty.visit_id, seen, _address, by=current_user.actor, at=now())
        db.session.commit()
        flash(_agreed(duty))
    return redirect(url_for("sealed.show", duty_id=duty_id))


@bp.post("/duties/<int:duty_id>/time/take-back")
@needs(Action.AGREE_TIME)
def take_back(duty_id: int) -> ResponseReturnValue:
    duty, seen = own_duty(duty_id), SeenForm().seen.data or 0
    with told_above():
        desk.take_back(db.session(), duty.visit_id, seen, _address, by=current_user.actor, at=now())
        db.session.commit()
        flash("Taken back. No time stands for this visit now.")
    return redirect(url_for("sealed.show", duty_id=duty_id))


def _page(duty: OwnDuty, form: TimeForm) -> ResponseReturnValue:
    coverage, actor = coverage_of(duty.suite_id), current_user.actor
    time = sealed_time_seen_by(db.session(), actor, duty.visit_id)
    suggested = suggested_slots(db.session(), actor, duty)
    return page(
        "sealed/show.html",
        duty=duty,
        form=form,
        time=time,
        slot=_slot(coverage, time.starts_at) if time else None,
        has_passed=time is not None and time.starts_at <= now(),
        may_propose=duty.may_agree_time(today()),
        hints=_hints(coverage, _days(duty)),
        suggested=coverage.grid.name_of(suggested[0]) if suggested else None,
        openings=openings_of(db.session(), duty.visit_id),
        coverage=coverage,
        picture=picture_of(coverage),
        marking=choices().records_marking,
    )


def _days(duty: OwnDuty) -> list[date]:
    """Those of the visit's week that are still to come, today included."""
    first = max(duty.week_starts_on, today())
    return [first + timedelta(days=n) for n in range((duty.week_ends_on - first).days + 1)]


def _hints(coverage: Coverage, days: list[date]) -> dict[str, str]:
    """What each day still lacks, by the value of its choice."""
    lacking = {day.isoformat(): coverage.lacking_on(day.weekday()) for day in days}
    return {day: f"Nobody at {', '.join(bands)}" for day, bands in lacking.items() if bands}


def _slot(coverage: Coverage, starts_at: datetime) -> tuple[str, bool]:
    """The timeslot's name, and whether the suite still lacks it."""
    slot = coverage.grid.slot_of(starts_at)
    return coverage.grid.name_of(slot), slot in coverage.lacking


def _agreed(duty: OwnDuty) -> str:
    return f"Agreed. Only you and {duty.partner} can see the day and time."


def _address(duty_id: int) -> str:
    return full_address("sealed.show", duty_id=duty_id)
