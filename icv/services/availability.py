"""What visitors say of when they can visit, and the days on which they cannot."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import Period, london_day, week_in_words
from icv.rules.refusals import Refusal
from icv.rules.timeslots import Slot
from icv.services import letters
from icv.store.availability import Availability, DaysAway, FreeSlot
from icv.store.trail import note

FURTHEST = timedelta(days=2 * 366)


class Addressee(Protocol):
    """Whoever is on record with a name and an e-mail address."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...


class AvailabilityError(Refusal):
    """Why an answer cannot be taken, in a sentence that may be shown."""


def give(
    session: Session,
    free: Collection[Slot],
    wanted_a_month: int | None,
    most_a_month: int | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The weekly pattern and how often; without a timeslot, any. Raises AvailabilityError."""
    if wanted_a_month is not None and most_a_month is not None and wanted_a_month > most_a_month:
        raise AvailabilityError(
            "You cannot wish for more visits a month than the most you can make.", field="wanted_a_month"
        )
    answer = _answered(session, by, at)
    answer.wanted_a_month, answer.most_a_month = wanted_a_month, most_a_month
    session.execute(sa.delete(FreeSlot).where(FreeSlot.person_id == by.person_id))
    session.add_all(
        FreeSlot(person_id=by.person_id, weekday=weekday, band=band) for weekday, band in sorted(set(free))
    )
    note(session, "give availability", "person", by.person_id, by=by.account_id, at=at)
    session.flush()


def nothing_to_add(session: Session, *, by: Actor, at: datetime) -> None:
    """An answer too: what was given before stays as it is."""
    _answered(session, by, at)
    note(session, "nothing to add to availability", "person", by.person_id, by=by.account_id, at=at)
    session.flush()


def _answered(session: Session, by: Actor, at: datetime) -> Availability:
    answer = session.get(Availability, by.person_id, with_for_update=True)
    if answer is None:
        answer = Availability(person_id=by.person_id)
        session.add(answer)
    answer.given_at = at
    return answer


def ask(session: Session, people: Iterable[Addressee], period: Period, *, link: str, at: datetime) -> int:
    """A letter to each who has not answered, at most one a day; how many were written."""
    said = (
        f"The rota from {week_in_words(period.first, period.last)} is about to be drawn. Please say when you"
        f" can visit, or that you have nothing to add:\n\n{link}\n\n"
        "Without an answer you count as free at any time.\n"
    )
    return sum(
        letters.write(
            session,
            "availability asked",
            f"person {person.id}, {london_day(at)}",
            person.email,
            "When can you visit?",
            f"Dear {person.name},\n\n{said}",
            at=at,
        )
        for person in people
    )


def add_days_away(session: Session, first_on: date, last_on: date, *, by: Actor, at: datetime) -> None:
    """Both days included. The same days twice change nothing. Raises AvailabilityError."""
    today = london_day(at)
    if last_on < first_on:
        raise AvailabilityError("The last day away cannot be before the first.", field="last_on")
    if last_on < today:
        raise AvailabilityError("These days are over. Give days from today on.", field="last_on")
    if last_on > today + FURTHEST:
        raise AvailabilityError("Give days within the next two years.", field="last_on")
    same = sa.select(DaysAway.id).where(
        DaysAway.person_id == by.person_id, DaysAway.first_on == first_on, DaysAway.last_on == last_on
    )
    if session.scalar(same) is not None:
        return
    away = DaysAway(person_id=by.person_id, first_on=first_on, last_on=last_on)
    session.add(away)
    session.flush()
    note(session, "add days away", "person", by.person_id, by=by.account_id, at=at, days_away=away.id)


def remove_days_away(session: Session, days_away_id: int, *, by: Actor, at: datetime) -> bool:
    """False when they are not the actor's, or gone already."""
    gone = session.scalar(
        sa.delete(DaysAway)
        .where(DaysAway.id == days_away_id, DaysAway.person_id == by.person_id)
        .returning(DaysAway.id)
    )
    if gone is None:
        return False
    note(session, "remove days away", "person", by.person_id, by=by.account_id, at=at, days_away=gone)
    return True
