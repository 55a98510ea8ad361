"""Record reviews and dog-welfare visits: planning one, changing who makes it, and calling it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.clearance import reasons_against
from icv.rules.days import london_day, monday_of
from icv.rules.references import next_reference, week_and_suite
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.rules.strands import LETTERS, STRANDS, TITLES
from icv.rules.visits import HELD, DutyState, Outcome, VisitKind, visit_in_words
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.reports.drafts import locked_visit
from icv.services.rota.publishing import agreed
from icv.store.people import Person
from icv.store.people.standings import standings
from icv.store.suites import Suite
from icv.store.trail import note
from icv.store.visits import Duty, Visit

FARTHEST = timedelta(days=366)


class StrandError(Refusal):
    """Why it cannot be planned or changed so; the text may be shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: in the week of `day`, by one visitor or two.

    `place` is where, if not at the suite; the suite's police answer what is found.
    """

    kind: VisitKind
    suite_id: int
    day: date
    visitor_ids: tuple[int, ...]
    place: str = ""


def plan(
    session: Session, asked: Plan, *, choices: Choices, by: Actor, at: datetime, link: str = ""
) -> Visit:
    """A visit of its strand, its visitors told where its week is not over; they report it on their phone.

    Raises StrandError for somebody who is not cleared to visit, or when it stands there already.
    """
    _refuse_far(asked.day, at)
    _refuse_uncleared(session, asked.visitor_ids, asked.day, choices)
    monday = monday_of(asked.day)
    suite = session.get_one(Suite, asked.suite_id, with_for_update=True)
    _refuse_twice(session, asked, monday)
    stem = f"{week_and_suite(suite.name, monday)}-{LETTERS[asked.kind]}"
    taken = session.scalars(sa.select(Visit.reference).where(Visit.reference.startswith(stem)))
    visit = Visit(
        reference=next_reference(stem, set(taken)),
        kind=asked.kind,
        suite_id=suite.id,
        place=asked.place if asked.kind is VisitKind.DOG_WELFARE else "",
        week_starts_on=monday,
        week_ends_on=monday + timedelta(days=6),
        is_scheduled=False,
    )
    session.add(visit)
    session.flush()
    note(session, "plan strand", "visit", visit.id, by=by.account_id, at=at, strand=asked.kind.value)
    _give(session, visit, asked.visitor_ids, by=by, at=at, link=link)
    return visit


def change_visitors(
    session: Session,
    visit_id: int,
    visitor_ids: Sequence[int],
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
    link: str = "",
) -> None:
    """Those who stay keep their place; the others are released, and whoever is new is told."""
    visit = _open_visit(session, visit_id)
    _refuse_uncleared(session, visitor_ids, max(visit.week_starts_on, london_day(at)), choices)
    held = session.scalars(sa.select(Duty).where(Duty.visit_id == visit.id, Duty.state.in_(HELD))).all()
    for duty in held:
        if duty.person_id not in visitor_ids:
            _release(session, duty, "somebody else makes it", by=by, at=at)
    session.flush()
    stay = {duty.person_id for duty in held}
    _give(session, visit, [one for one in visitor_ids if one not in stay], by=by, at=at, link=link)


def call_off(session: Session, visit_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """It is not made, and counts nowhere. Its visitors are told while its week is not over."""
    visit = _open_visit(session, visit_id)
    if not reason.strip():
        raise StrandError("Say why it is called off", field="reason")
    visit.outcome, visit.reason = Outcome.CANCELLED, reason.strip()
    visit.cancelled_on = london_day(at)
    for duty in session.scalars(sa.select(Duty).where(Duty.visit_id == visit.id, Duty.state.in_(HELD))).all():
        _release(session, duty, "called off", by=by, at=at)
        said = f"It is called off: {visit.reason}\n"
        _tell(session, visit, duty, "is called off", said, at=at)
    note(session, "call off strand", "visit", visit.id, by=by.account_id, at=at)
    session.flush()


def _open_visit(session: Session, visit_id: int) -> Visit:
    visit = locked_visit(session, visit_id)
    if visit.kind not in STRANDS:
        raise StrandError("This is a visit to detainees: change it on the rota.")
    if visit.outcome is not None:
        raise StrandError("This has been reported or called off already, and stands.")
    return visit


def _refuse_far(day: date, at: datetime) -> None:
    today = london_day(at)
    if abs(day - today) > FARTHEST:
        raise StrandError(
            "Plan it for a day within a year from now, or record one of the last year", field="day"
        )


def _refuse_uncleared(session: Session, visitor_ids: Sequence[int], day: date, choices: Choices) -> None:
    if not visitor_ids:
        raise StrandError("Choose who makes it", field="visitor_1")
    if len(set(visitor_ids)) != len(visitor_ids):
        raise StrandError("Choose two different visitors, or one", field="visitor_2")
    known = standings(session, list(visitor_ids))
    for place, person_id in enumerate(visitor_ids, 1):
        standing = known.get(person_id)
        against = reasons_against(standing, day, choices) if standing else ("not on record",)
        if against:
            name = session.get_one(Person, person_id).name if standing else "This person"
            sentence = f"{name} is not cleared to visit on that day: {'; '.join(against)}"
            raise StrandError(sentence, field=f"visitor_{place}")


def _refuse_twice(session: Session, asked: Plan, monday: date) -> None:
    """The button was pressed twice, mostly."""
    waiting = sa.exists().where(
        Visit.kind == asked.kind,
        Visit.suite_id == asked.suite_id,
        Visit.place == asked.place,
        Visit.week_starts_on == monday,
        Visit.outcome.is_(None),
    )
    if session.scalar(sa.select(waiting)):
        raise StrandError(f"A {TITLES[asked.kind].lower()} there in that week waits for its report already")


def _give(
    session: Session, visit: Visit, visitor_ids: Sequence[int], *, by: Actor, at: datetime, link: str
) -> None:
    held = sa.select(Duty.place).where(Duty.visit_id == visit.id, Duty.state.in_(HELD))
    free = [place for place in (1, 2) if place not in set(session.scalars(held))]
    for place, person_id in zip(free, visitor_ids, strict=False):
        duty = Duty(**agreed(visit.id, person_id, place, by=by.account_id, at=at))
        session.add(duty)
        session.flush()
        note(session, "give strand", "duty", duty.id, by=by.account_id, at=at)
        said = f"It is yours, as agreed with the coordinator. You find it, and its report, here: {link}\n"
        _tell(session, visit, duty, "is yours", said, at=at)


def _release(session: Session, duty: Duty, reason: str, *, by: Actor, at: datetime) -> None:
    duty.become(DutyState.RELEASED, reason, at=at)
    note(session, "release duty", "duty", duty.id, by=by.account_id, at=at)


def _tell(session: Session, visit: Visit, duty: Duty, what: str, said: str, *, at: datetime) -> None:
    if visit.week_ends_on < london_day(at):
        return
    person, title = session.get_one(Person, duty.person_id), TITLES[visit.kind]
    where = visit.place or session.get_one(Suite, visit.suite_id).name
    which = visit_in_words(where, visit.week_starts_on, visit.week_ends_on)
    letters.write(
        session,
        "strand",
        f"duty {duty.id}, {duty.sequence}",
        person.email,
        f"A {title.lower()} {what}",
        f"Dear {person.name},\n\n{title}: {which}.\n\n{said}",
        at=at,
        not_before=next_waking(at),
    )
