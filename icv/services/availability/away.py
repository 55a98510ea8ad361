"""Days away, and the duties they give back: those of weeks of which no day is left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import Period, london_day, merged
from icv.rules.visits import HELD
from icv.services.availability.answering import answered_with_dates
from icv.services.availability.errors import FURTHEST, AvailabilityError
from icv.services.availability.telling import tell_coordinators
from icv.services.people.duties import release
from icv.services.people.moving import held_for_change
from icv.services.people.releasing import tell_partners
from icv.store.availability import DaysAway, days_away
from icv.store.people import Person
from icv.store.trail import note
from icv.store.visiting import HeldDuty, duties_still_held
from icv.store.visits import Duty


@dataclass(frozen=True, slots=True)
class DutiesTouched:
    """Duties in days away: those of weeks with no day left, and those of weeks that have one.

    `is_stored` is false while the visitor has to say first that the former are to be given back. `answered`
    are the periods, in words, of calls that these days were the first answer to.
    """

    given_back: Sequence[HeldDuty]
    kept: Sequence[HeldDuty]
    is_stored: bool = True
    answered: Sequence[str] = ()


def add_days_away(
    session: Session,
    first_on: date,
    last_on: date,
    *,
    giving_back: Collection[int] = (),
    rota_link: str = "",
    by: Actor,
    at: datetime,
) -> DutiesTouched:
    """Both days included; the same days twice change nothing. Raises AvailabilityError.

    A duty is given back when every day of its visit's week, past ones left out, is away. Where one is that
    is not among the ids in `giving_back`, nothing is stored: its visitor is to be asked first. Partners and
    coordinators are told by letter, these with `rota_link`.
    """
    today = london_day(at)
    _refuse_impossible(first_on, last_on, today)
    person = held_for_change(session, by.person_id or 0)
    days = Period(first_on, last_on)
    if _has_same(session, person.id, days):
        return DutiesTouched((), ())
    given_back, kept = _touched(session, person.id, days, today)
    if not {duty.id for duty in given_back} <= set(giving_back):
        return DutiesTouched(given_back, kept, is_stored=False)
    away = DaysAway(person_id=person.id, first_on=first_on, last_on=last_on)
    session.add(away)
    session.flush()
    note(session, "add days away", "person", person.id, by=by.account_id, at=at, days_away=away.id)
    answered = answered_with_dates(session, days, by=by, at=at)
    if given_back:
        _give_back(session, person, given_back, rota_link, by=by, at=at)
    return DutiesTouched(given_back, kept, answered=answered)


def _refuse_impossible(first_on: date, last_on: date, today: date) -> None:
    if last_on < first_on:
        raise AvailabilityError("The last day away cannot be before the first.", field="last_on")
    if last_on < today:
        raise AvailabilityError("These days are over. Give days from today on.", field="last_on")
    if last_on > today + FURTHEST:
        raise AvailabilityError("Give days within the next two years.", field="last_on")


def _has_same(session: Session, person_id: int, days: Period) -> bool:
    same = sa.exists().where(
        DaysAway.person_id == person_id, DaysAway.first_on == days.first, DaysAway.last_on == days.last
    )
    return bool(session.scalar(sa.select(same)))


def _touched(
    session: Session, person_id: int, days: Period, today: date
) -> tuple[list[HeldDuty], list[HeldDuty]]:
    """Duties whose week the days touch from today on: those to give back, and those to keep."""
    held = duties_still_held(session, person_id, max(days.first, today), days.after)
    if not held:
        return [], []
    weeks = Period(held[0].week_starts_on, max(duty.week_ends_on for duty in held))
    given = [Period(one.first_on, one.last_on) for one in days_away(session, [person_id], weeks)]
    spans = merged([*given, days])

    def is_over(duty: HeldDuty) -> bool:
        first = max(duty.week_starts_on, today)
        return any(span.first <= first and duty.week_ends_on <= span.last for span in spans)

    return [duty for duty in held if is_over(duty)], [duty for duty in held if not is_over(duty)]


def _give_back(
    session: Session,
    person: Person,
    held: Sequence[HeldDuty],
    rota_link: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Those that the coordinator took back at this very moment are left as they are."""
    duties = session.scalars(
        sa.select(Duty)
        .where(Duty.id.in_([duty.id for duty in held]), Duty.person_id == person.id, Duty.state.in_(HELD))
        .order_by(Duty.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    release(session, duties, "away", by=by, at=at)
    session.flush()
    tell_partners(session, person, duties, at=at)
    given = {duty.id for duty in duties}
    tell_coordinators(session, person, [duty for duty in held if duty.id in given], rota_link, at=at)


def remove_days_away(session: Session, days_away_id: int, *, by: Actor, at: datetime) -> bool:
    """False when they are not the actor's, or gone already. Duties given back stay given back."""
    gone = session.scalar(
        sa.delete(DaysAway)
        .where(DaysAway.id == days_away_id, DaysAway.person_id == by.person_id)
        .returning(DaysAway.id)
    )
    if gone is None:
        return False
    note(session, "remove days away", "person", by.person_id, by=by.account_id, at=at, days_away=gone)
    return True
