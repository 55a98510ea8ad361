"""The references of applicants, as the coordinator sees them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refereeing import DECLINED, Recommendation, RefereeDays, RefereeState, references_on
from icv.rules.stages import PIPELINE, Stage
from icv.store.people import Person, Referee, may_read_references, referee_days, step_on


@dataclass(frozen=True, slots=True)
class RefereeLine:
    """One referee as listed; `recommends` None where none is answered. `has_declined`: would rather not."""

    id: int
    name: str
    email: str
    phone: str
    relation: str
    days: RefereeDays
    chased_at: datetime | None
    recommends: Recommendation | None
    has_declined: bool
    is_on_paper: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """What a referee answered, by the name of each question; or in `declined` why they would rather not."""

    person_id: int
    referee: str
    relation: str
    answered_on: date
    answer: dict[str, str]
    declined: str | None
    is_on_paper: bool


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Somebody chosen from the list, whom of their referees a letter would go to, and whom none can.

    Where enough have answered (`has_all`) nobody else is asked.
    """

    person_id: int
    name: str
    is_applicant: bool
    has_all: bool
    would_ask: tuple[str, ...]
    without_address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceWaiting:
    """A referee who did not answer in time, or would rather not, while too few have answered."""

    person_id: int
    name: str
    has_declined: bool
    since: date


def referees_seen_by(session: Session, actor: Actor, person_id: int) -> list[RefereeLine]:
    """In the order named, those given up last."""
    if not may_read_references(actor, person_id):
        return []
    rows = session.scalars(
        sa.select(Referee)
        .where(Referee.person_id == person_id)
        .order_by(Referee.given_up_on.is_not(None), Referee.id)
    )
    return [_line(referee) for referee in rows]


def reference_seen_by(session: Session, actor: Actor, person_id: int, referee_id: int) -> Reference | None:
    """None also where nothing is answered yet."""
    if not may_read_references(actor, person_id):
        return None
    referee = session.get(Referee, referee_id)
    if referee is None or referee.person_id != person_id or referee.answered_at is None:
        return None
    answer = dict(referee.answer or {})
    return Reference(
        person_id=person_id,
        referee=referee.name,
        relation=referee.relation,
        answered_on=london_day(referee.answered_at),
        answer=answer,
        declined=answer.get(DECLINED),
        is_on_paper=referee.is_on_paper,
    )


def people_to_ask_about(session: Session, person_ids: Collection[int], wanted: int, day: date) -> list[ToAsk]:
    """By name; ids of nobody are left out. `wanted` is how many answers the scheme asks for."""
    step, is_theirs = step_on(day)
    people = session.execute(
        sa.select(Person.id, Person.name, step.stage)
        .outerjoin(step, is_theirs)
        .where(Person.id.in_(person_ids))
        .order_by(sa.func.lower(Person.name), Person.id)
    ).all()
    of_each: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
    for row in session.execute(_DAYS.where(Referee.person_id.in_(person_ids))):
        of_each[row[0]].append(row)
    return [
        _to_ask(person_id, name, stage, of_each[person_id], wanted, day) for person_id, name, stage in people
    ]


def references_waiting(session: Session, wanted: int, day: date) -> list[ReferenceWaiting]:
    """Oldest first, one line an applicant. `wanted` is how many answers the scheme asks for."""
    of_each: defaultdict[tuple[int, str], list[RefereeDays]] = defaultdict(list)
    for person_id, _, _, *moments, name in session.execute(_IN_TROUBLE, {"day": day}):
        of_each[person_id, name].append(referee_days(*moments))
    found = [
        waiting
        for (person_id, name), referees in of_each.items()
        if (waiting := _waiting(person_id, name, referees, wanted, day))
    ]
    return sorted(found, key=lambda one: (one.since, one.person_id))


_DAYS = sa.select(
    Referee.person_id,
    Referee.name,
    Referee.email,
    Referee.asked_at,
    Referee.fails_on,
    Referee.answered_at,
    Referee.given_up_on,
).order_by(Referee.id)
# Put together once: Today asks it every time.
_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_IS_LATE = sa.and_(
    Referee.fails_on < sa.bindparam("day"), Referee.answered_at.is_(None), Referee.given_up_on.is_(None)
)
_HAS_DECLINED = Referee.given_up_on.is_not(None) & Referee.answered_at.is_not(None)
_IN_TROUBLE = (
    _DAYS.join(Person, Person.id == Referee.person_id)
    .outerjoin(_STEP, _IS_THEIRS)
    .where(
        Person.id.in_(sa.select(Referee.person_id).where(_IS_LATE | _HAS_DECLINED)),
        _STEP.stage.is_(None) | _STEP.stage.in_(PIPELINE),
    )
    .add_columns(Person.name)
)


def _line(referee: Referee) -> RefereeLine:
    answer = referee.answer or {}
    return RefereeLine(
        id=referee.id,
        name=referee.name,
        email=referee.email,
        phone=referee.phone,
        relation=referee.relation,
        days=referee_days(referee.asked_at, referee.fails_on, referee.answered_at, referee.given_up_on),
        chased_at=referee.chased_at,
        recommends=Recommendation(answer["recommends"]) if "recommends" in answer else None,
        has_declined=DECLINED in answer,
        is_on_paper=referee.is_on_paper,
    )


def _to_ask(
    person_id: int,
    name: str,
    stage: Stage | None,
    referees: Sequence[Sequence[Any]],
    wanted: int,
    day: date,
) -> ToAsk:
    stated = [
        (referee, email, referee_days(*moments).state_on(day)) for _, referee, email, *moments in referees
    ]
    has_all = sum(state is RefereeState.ANSWERED for *_, state in stated) >= wanted
    to_ask = {RefereeState.NAMED, RefereeState.FAILED}
    named = [(referee, email) for referee, email, state in stated if state in to_ask and not has_all]
    return ToAsk(
        person_id,
        name,
        is_applicant=stage is None or stage in PIPELINE,
        has_all=has_all,
        would_ask=tuple(referee for referee, email in named if email),
        without_address=tuple(referee for referee, email in named if not email),
    )


def _waiting(
    person_id: int, name: str, referees: Sequence[RefereeDays], wanted: int, day: date
) -> ReferenceWaiting | None:
    """What is the coordinator's to settle: until enough are answered or still may be."""
    stand = references_on(referees, day)
    if stand.answered + stand.by_state[RefereeState.ASKED] >= wanted:
        return None
    # Who declined has answered, and is given up by it; who was given up otherwise has not.
    declined = [one.given_up_on for one in referees if one.given_up_on and one.answered_on]
    troubles = [(stand.failed_on, False), *((on, True) for on in declined if stand.in_hand < wanted)]
    since, has_declined = min(((on, why) for on, why in troubles if on), default=(None, False))
    return ReferenceWaiting(person_id, name, has_declined, since) if since else None
