"""The weekly pattern, and how often."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.timeslots import Slot
from icv.services.availability.answering import answered_with_dates, held_answer
from icv.services.availability.errors import AvailabilityError
from icv.store.availability import FreeSlot
from icv.store.trail import note


def give(
    session: Session,
    free: Collection[Slot],
    wanted_a_month: int | None,
    most_a_month: int | None,
    *,
    by: Actor,
    at: datetime,
) -> list[str]:
    """The weekly pattern and how often; without a timeslot, any. Raises AvailabilityError.

    Answers every call that is open to them: the periods of those not answered before.
    """
    if wanted_a_month is not None and most_a_month is not None and wanted_a_month > most_a_month:
        raise AvailabilityError(
            "You cannot wish for more visits a month than the most you can make.", field="wanted_a_month"
        )
    answer = held_answer(session, by, at)
    answer.given_at = at
    answer.wanted_a_month, answer.most_a_month = wanted_a_month, most_a_month
    session.execute(sa.delete(FreeSlot).where(FreeSlot.person_id == by.person_id))
    session.add_all(
        FreeSlot(person_id=by.person_id, weekday=weekday, band=band) for weekday, band in sorted(set(free))
    )
    note(session, "give availability", "person", by.person_id, by=by.account_id, at=at)
    session.flush()
    return answered_with_dates(session, None, by=by, at=at)
