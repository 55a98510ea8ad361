"""Moving people from stage to stage: dated steps, and what an appointment or an ending brings with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, last_day_of, london_day
from icv.rules.progress import missing
from icv.rules.requirements import CHOICE_OF_STAGE
from icv.rules.scheme import Choices
from icv.rules.stages import AWAY, GONE, NEEDS_REASON, NEXT, Stage, may_be_planned
from icv.services.people.duties import duties_held, release
from icv.services.people.errors import PeopleError
from icv.store.people import Person, StageStep, Term, progress_of, stands
from icv.store.trail import note

FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Move:
    """A step asked for. Into LEFT, `on` is the first day away for good.

    The two ends are the last days of probation and term of a first appointment; None: as the scheme has it.
    """

    to: Stage
    on: date
    reason: str = ""
    probation_ends_on: date | None = None
    term_ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of it: duties given back, and those the person still holds though they cannot visit.

    `planned_for` is the day of a step to come, None for one of today or before.
    """

    person_id: int
    name: str
    to: Stage
    released: int = 0
    still_held: int = 0
    planned_for: date | None = None


def move(
    session: Session, person_id: int, asked: Move, choices: Choices, *, by: Actor, at: datetime
) -> Moved:
    """Adds the step. Raises PeopleError where the path, the days or what is on record forbid it."""
    return move_several(session, [person_id], asked, choices, by=by, at=at)[0]


def move_several(
    session: Session,
    person_ids: Sequence[int],
    asked: Move,
    choices: Choices,
    *,
    only_ready: bool = False,
    by: Actor,
    at: datetime,
) -> list[Moved]:
    """Moves them all, or raises PeopleError, and then the caller must not commit: all or nobody.

    What the scheme requires and any of them lacks is said of all of them at once. `only_ready`: those who
    lack something stay where they are, unless everybody does.
    """
    people = _held_for_step(session, person_ids, asked, at)
    lacks = _lacking(session, person_ids, asked, choices)
    if only_ready and len(lacks) < len(people):
        people = [person for person in people if person.id not in lacks]
    else:
        _refuse_lacking(session, lacks, asked)
    return [_step(session, person, asked, choices, by=by, at=at) for person in people]


def usual_ends(appointed_on: date, choices: Choices) -> tuple[date, date]:
    """The last day of probation and of the first term, as the scheme has chosen their lengths."""
    return (
        last_day_of(appointed_on, choices.probation_months),
        last_day_of(appointed_on, 12 * choices.term_years),
    )


def held_for_change(session: Session, person_id: int) -> Person:
    """The record, kept from everybody else until the transaction ends."""
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise PeopleError(_NOT_THERE)
    return person


def last_step(session: Session, person_id: int) -> StageStep | None:
    """By day, those to come included and those taken back left out; of one day, the one made last."""
    return next(iter(session.scalars(_LATEST_FIRST.where(StageStep.person_id == person_id).limit(1))), None)


_NOT_THERE = "This person is not on record any more. Go back to the list of people."
_LATEST_FIRST = (
    sa.select(StageStep)
    .where(stands(StageStep))
    .order_by(StageStep.on.desc().nulls_last(), StageStep.id.desc())
)


def _held_for_step(session: Session, person_ids: Sequence[int], asked: Move, at: datetime) -> list[Person]:
    """The records, kept from everybody else, if the path and the days allow each the step."""
    people = session.scalars(
        sa.select(Person)
        .where(Person.id.in_(person_ids))
        .order_by(Person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if len(people) < len(set(person_ids)):
        raise PeopleError(_NOT_THERE)
    latest_first = session.scalars(_LATEST_FIRST.where(StageStep.person_id.in_(person_ids))).all()
    last = {step.person_id: step for step in reversed(latest_first)}
    for person in people:
        _refuse_wrong_turn(person, last.get(person.id), asked, london_day(at))
        _refuse_wrong_day(last.get(person.id), asked, london_day(at))
    return list(people)


def _step(
    session: Session, person: Person, asked: Move, choices: Choices, *, by: Actor, at: datetime
) -> Moved:
    """The step, and what it brings with it."""
    if asked.to is Stage.PROBATION and person.appointed_on is None:
        _appoint(session, person, asked, choices)
    released = 0
    if asked.to is Stage.LEFT:
        released = _leave(session, person, asked, by=by, at=at)
    step = StageStep(
        person_id=person.id,
        stage=asked.to,
        on=asked.on,
        reason=asked.reason.strip(),
        made_at=at,
        made_by_id=by.account_id,
    )
    session.add(step)
    session.flush()
    said = {"step": step.id, "stage": asked.to.value}
    note(session, "move stage", "person", person.id, by=by.account_id, at=at, **said)
    held = len(duties_held(session, person.id, asked.on)) if asked.to in GONE | AWAY else 0
    planned_for = asked.on if asked.on > london_day(at) else None
    return Moved(person.id, person.name, asked.to, released, held, planned_for)


def _refuse_wrong_turn(person: Person, last: StageStep | None, asked: Move, today: date) -> None:
    stage = last.stage if last else Stage.APPLIED
    if asked.to not in NEXT[stage]:
        onward = ", ".join(step.words for step in Stage if step in NEXT[stage])
        ways = (
            f"From there one can go to: {onward}."
            if onward
            else "That is an end: correct the last step instead."
        )
        from_when = f"from {day_in_words(last.on)}" if last and last.on and last.on > today else "now"
        raise PeopleError(f"{person.name} is at the stage “{stage.words}” {from_when}. {ways}", field="to")
    if asked.to in NEEDS_REASON and not asked.reason.strip():
        raise PeopleError(f"Enter the reason: “{asked.to.words}” is always given one", field="reason")


def _refuse_wrong_day(last: StageStep | None, asked: Move, today: date) -> None:
    if last and last.on and asked.on < last.on:
        since = f"“{last.stage.words}” began on {day_in_words(last.on)}"
        raise PeopleError(f"The day must be {day_in_words(last.on)} or later: {since}", field="on")
    if asked.on > today and not may_be_planned(asked.to, last.stage if last else Stage.APPLIED):
        raise PeopleError("This day is still to come: record the step on its day", field="on")
    if asked.on > today + FURTHEST_AHEAD:
        raise PeopleError("The day must be within a year from now", field="on")


def _lacking(session: Session, person_ids: Sequence[int], asked: Move, choices: Choices) -> dict[int, str]:
    """All that the scheme requires before the stage and these people have not got on the day, in words."""
    if asked.to not in CHOICE_OF_STAGE:
        return {}
    of_each = progress_of(session, person_ids)
    return {
        person_id: ", ".join(words)
        for person_id, progress in of_each.items()
        if (words := missing(progress, asked.to, choices, asked.on))
    }


def _refuse_lacking(session: Session, lacks: Mapping[int, str], asked: Move) -> None:
    if lacks:
        names = session.execute(
            sa.select(Person.id, Person.name).where(Person.id.in_(lacks)).order_by(sa.func.lower(Person.name))
        )
        whom = "; ".join(f"{name} ({lacks[person_id]})" for person_id, name in names)
        raise PeopleError(
            f"The scheme requires more before “{asked.to.words}” on {day_in_words(asked.on)}: {whom}."
            " Record it on their page first, or change in the settings what is required."
        )


def _appoint(session: Session, person: Person, asked: Move, choices: Choices) -> None:
    """The first appointment with its probation and term."""
    probation, term = usual_ends(asked.on, choices)
    ends = {
        "probation_ends_on": asked.probation_ends_on or probation,
        "term_ends_on": asked.term_ends_on or term,
    }
    for field, end in ends.items():
        if end < asked.on:
            raise PeopleError("The end must be after the appointment", field=field)
    person.appointed_on = asked.on
    person.probation_ends_on = ends["probation_ends_on"]
    session.add(Term(person_id=person.id, starts_on=asked.on, ends_on=ends["term_ends_on"]))


def _leave(session: Session, person: Person, asked: Move, *, by: Actor, at: datetime) -> int:
    """Sets the first day away and gives back the duties of weeks that begin from then on; how many."""
    person.left_on = asked.on
    person.left_reason = asked.reason.strip()
    given_back = [
        duty
        for duty, week_starts_on in duties_held(session, person.id, asked.on)
        if week_starts_on >= asked.on
    ]
    release(session, given_back, "left the scheme", by=by, at=at)
    return len(given_back)
