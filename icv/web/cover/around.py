"""What pages of duties show of cover: what is asked of me, what I have asked, and whether I may ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask_login import current_user

from icv.rules.cover import asked_until
from icv.rules.visits import HELD
from icv.store.cover import AskedOfMe, OwnRequest, answered_for, asked_of, own_requests
from icv.store.duties import OwnDuty
from icv.web.clock import today
from icv.web.db import db
from icv.web.pages import choices


@dataclass(frozen=True, slots=True)
class CoverAround:
    """`own`: open requests by duty. `answered_for`: duties that the coordinator answered for the visitor."""

    asked: list[AskedOfMe]
    own: Mapping[int, OwnRequest]
    answered_for: frozenset[int]

    def asked_until(self, duty: OwnDuty) -> date | None:
        """The last day to ask for cover of this duty; None when it is past, or there is nothing to cover."""
        until = asked_until(duty.week_starts_on, choices())
        may_ask = not duty.strand and duty.state in HELD and duty.outcome is None and today() <= until
        return until if may_ask else None


def cover_around() -> CoverAround:
    actor = current_user.actor
    first_week_on = today() + timedelta(days=choices().cover_ends_days)
    return CoverAround(
        asked_of(db.session(), actor, first_week_on=first_week_on),
        own_requests(db.session(), actor),
        answered_for(db.session(), actor),
    )
