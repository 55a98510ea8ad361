"""Appointments appraised: reviews held, probation confirmed or extended, terms renewed."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.appraisal import ReviewKind, ReviewOutcome
from icv.rules.days import day_in_words, london_day
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services.people.errors import PeopleError
from icv.services.people.moving import Move, Moved, held_for_change, last_step, move
from icv.store.people import Person, Review, Term
from icv.store.trail import note


def record_review(
    session: Session,
    person_id: int,
    kind: ReviewKind,
    outcome: ReviewOutcome,
    notes: str,
    *,
    held_on: date,
    by: Actor,
    at: datetime,
) -> int:
    """The review's id. Sent twice it is one review. Raises PeopleError."""
    person = _appointed(session, person_id)
    if held_on > london_day(at):
        raise PeopleError("This day is still to come: enter the day it was held", field="held_on")
    if person.appointed_on and held_on < person.appointed_on:
        appointed = day_in_words(person.appointed_on)
        raise PeopleError(f"It cannot be held before the appointment on {appointed}", field="held_on")
    if outcome is not ReviewOutcome.GO_ON and not notes.strip():
        raise PeopleError("Say why, in a sentence or two", field="notes")
    review = Review(
        person_id=person_id,
        kind=kind,
        held_on=held_on,
        outcome=outcome,
        notes=notes.strip(),
        made_at=at,
        made_by_id=by.account_id,
    )
    if (same := _same(session, review)) is not None:
        return same
    session.add(review)
    session.flush()
    note(session, "record review", "person", person_id, by=by.account_id, at=at, review=review.id)
    return review.id


def confirm(
    session: Session, person_id: int, on: date, choices: Choices, *, reason: str, by: Actor, at: datetime
) -> Moved:
    """The probation ends well. Raises PeopleError where something is missing that the scheme requires."""
    _on_probation(session, person_id)
    return move(session, person_id, Move(Stage.ACTIVE, on, reason), choices, by=by, at=at)


def extend_probation(
    session: Session, person_id: int, last_day: date, reason: str, *, by: Actor, at: datetime
) -> None:
    """Until a later last day, kept as a review that leaves the decision for later. Raises PeopleError."""
    person = _on_probation(session, person_id)
    before, today = person.probation_ends_on, london_day(at)
    if before and last_day <= before:
        ends = day_in_words(before)
        raise PeopleError(f"The probation lasts until {ends} already: enter a later day", field="last_day")
    if last_day < today:
        raise PeopleError("This day is over: enter one to come", field="last_day")
    if not reason.strip():
        raise PeopleError("Say why more time is needed", field="reason")
    person.probation_ends_on = last_day
    until = f"Probation extended to {day_in_words(last_day)}"
    since = f" from {day_in_words(before)}" if before else ""
    record_review(
        session,
        person_id,
        ReviewKind.PROBATION,
        ReviewOutcome.EXTEND,
        f"{until}{since}: {reason.strip()}",
        held_on=today,
        by=by,
        at=at,
    )
    note(
        session, "extend probation", "person", person_id, by=by.account_id, at=at, until=last_day.isoformat()
    )


def renew_term(
    session: Session, person_id: int, starts_on: date, ends_on: date, *, by: Actor, at: datetime
) -> int:
    """The new term's id. Refused where it overlaps another; no longest service is asked about."""
    _appointed(session, person_id)
    if ends_on < starts_on:
        raise PeopleError("A term cannot end before it begins", field="ends_on")
    for term in session.scalars(sa.select(Term).where(Term.person_id == person_id).order_by(Term.starts_on)):
        if term.starts_on <= ends_on and (term.ends_on is None or term.ends_on >= starts_on):
            until = f"until {day_in_words(term.ends_on)}" if term.ends_on else "without an end"
            raise PeopleError(
                f"It overlaps the term from {day_in_words(term.starts_on)} {until}", field="starts_on"
            )
    term = Term(person_id=person_id, starts_on=starts_on, ends_on=ends_on)
    session.add(term)
    session.flush()
    note(session, "renew term", "person", person_id, by=by.account_id, at=at, record=term.id)
    return term.id


def _appointed(session: Session, person_id: int) -> Person:
    person = held_for_change(session, person_id)
    if person.appointed_on is None:
        raise PeopleError(f"{person.name} has not been appointed: there is no appointment to speak of yet.")
    if person.left_on is not None:
        raise PeopleError(f"{person.name} has an end on record. Correct that step first if it is wrong.")
    return person


def _on_probation(session: Session, person_id: int) -> Person:
    person, last = _appointed(session, person_id), last_step(session, person_id)
    if last is None or last.stage is not Stage.PROBATION:
        stage = last.stage if last else Stage.APPLIED
        raise PeopleError(f"{person.name} is not on probation: the stage is “{stage.words}”.")
    return person


def _same(session: Session, review: Review) -> int | None:
    return session.scalar(
        sa.select(Review.id).where(
            Review.person_id == review.person_id,
            Review.kind == review.kind,
            Review.held_on == review.held_on,
            Review.outcome == review.outcome,
            Review.notes == review.notes,
        )
    )
