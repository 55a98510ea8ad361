"""Keeping what clearance is made from: vetting, training, terms, agreements, cards; and conflicts."""

from dataclasses import asdict, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.records import CardFacts, Facts, TrainingFacts
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.courses import course_of_name
from icv.store.people import TABLES, Conflict
from icv.store.people.papers import numbers_in_use
from icv.store.trail import note


def keep_record(
    session: Session, person_id: int, facts: Facts, *, record_id: int | None = None, by: Actor, at: datetime
) -> int:
    """Adds a record of its kind, or changes the one of that id; returns its id. Raises PeopleError.

    Sent twice it is one: where the same is on record, nothing is added.
    """
    held_for_change(session, person_id)
    for field, fault in facts.faults(london_day(at)).items():
        raise PeopleError(fault, field=field)
    if isinstance(facts, TrainingFacts) and record_id is None:
        facts = _as_the_course_has_it(session, facts)
    elif isinstance(facts, CardFacts):
        facts = replace(facts, number=" ".join(facts.number.split()))
    table = TABLES[type(facts)]
    if record_id is None and (same := _same(session, person_id, facts)) is not None:
        return same
    if isinstance(facts, CardFacts) and facts.returned_on is None:
        _refuse_number_in_use(session, facts.number, record_id)
    record = table(person_id=person_id) if record_id is None else session.get(table, record_id)
    if record is None or record.person_id != person_id:
        raise PeopleError("This record is not there any more. Look at the person again.")
    for name, value in asdict(facts).items():  # type: ignore[call-overload]
        setattr(record, name, value)
    session.add(record)
    session.flush()
    act = f"{'add' if record_id is None else 'change'} {facts.kind}"
    note(session, act, "person", person_id, by=by.account_id, at=at, record=record.id)
    return int(record.id)


def _refuse_number_in_use(session: Session, number: str, record_id: int | None) -> None:
    """`record_id`: the card that is changed may keep its own."""
    in_use = numbers_in_use(session, [number], but=record_id)
    if in_use:
        raise PeopleError(f"Card {number} is with {in_use[number]} already", field="number")


def _same(session: Session, person_id: int, facts: Facts) -> int | None:
    """The record of the person that says exactly this."""
    table = TABLES[type(facts)]
    said = [getattr(table, name) == value for name, value in asdict(facts).items()]  # type: ignore[call-overload]
    return session.scalar(sa.select(table.id).where(table.person_id == person_id, *said).limit(1))


def _as_the_course_has_it(session: Session, facts: TrainingFacts) -> TrainingFacts:
    """With the last day that the catalogue gives the course, where none was entered."""
    course = course_of_name(session, facts.course)
    if facts.expires_on or course is None:
        return facts
    return replace(facts, expires_on=course.facts.last_day(facts.trained_on))


def declare_conflict(
    session: Session,
    person_id: int,
    *,
    with_person_id: int | None,
    suite_id: int | None,
    declared_on: date,
    by: Actor,
    at: datetime,
) -> int:
    """That the person must not visit with another, or at a suite. Raises PeopleError."""
    held_for_change(session, person_id)
    if (with_person_id is None) == (suite_id is None):
        raise PeopleError("Choose a visitor or a suite, one of the two", field="with_whom")
    if with_person_id == person_id:
        raise PeopleError(
            "Nobody can be in conflict with themselves: choose the other visitor", field="with_whom"
        )
    if declared_on > london_day(at):
        raise PeopleError("This day is still to come: enter the day it was declared", field="declared_on")
    if _in_force(session, person_id, with_person_id, suite_id):
        raise PeopleError("This conflict is on record already", field="with_whom")
    conflict = Conflict(
        person_id=person_id, with_person_id=with_person_id, suite_id=suite_id, declared_on=declared_on
    )
    session.add(conflict)
    session.flush()
    note(session, "declare conflict", "person", person_id, by=by.account_id, at=at, conflict=conflict.id)
    return conflict.id


def end_conflict(session: Session, person_id: int, conflict_id: int, *, by: Actor, at: datetime) -> None:
    """From today on; ending it twice changes nothing."""
    conflict = session.get(Conflict, conflict_id)
    if conflict is None or person_id not in (conflict.person_id, conflict.with_person_id):
        raise PeopleError("This conflict is not on record. Look at the person again.")
    if conflict.ended_on is None:
        conflict.ended_on = london_day(at)
        note(session, "end conflict", "person", person_id, by=by.account_id, at=at, conflict=conflict.id)


def _in_force(session: Session, person_id: int, with_person_id: int | None, suite_id: int | None) -> bool:
    same = sa.and_(Conflict.person_id == person_id, Conflict.suite_id == suite_id)
    if with_person_id is not None:
        pairs = [(person_id, with_person_id), (with_person_id, person_id)]
        same = sa.tuple_(Conflict.person_id, Conflict.with_person_id).in_(pairs)
    return bool(session.scalar(sa.select(sa.exists().where(Conflict.ended_on.is_(None), same))))
