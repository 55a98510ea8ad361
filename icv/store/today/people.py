"""What waits about people: clearance that ends or has ended, and applications to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.clearance import Standing, clearance, cleared_spans, may_change, may_visit
from icv.rules.days import Period, add_months
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.words import plural
from icv.store.people import Person, StageStep, standings
from icv.store.today.waiting import About, Urgency, Waiting

VISITING = frozenset({Stage.PROBATION, Stage.ACTIVE})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whose stage lets them visit; `is_cleared` on the day asked about."""

    id: int
    name: str
    standing: Standing
    is_cleared: bool


def visitors_on(session: Session, choices: Choices, on: date) -> list[Visitor]:
    members = session.execute(
        sa.select(Person.id, Person.name).where(
            Person.appointed_on.is_not(None), Person.left_on.is_(None) | (Person.left_on > on)
        )
    )
    names = {person.id: person.name for person in members}
    return [
        Visitor(number, names[number], standing, may_visit(standing, on, choices))
        for number, standing in standings(session, names).items()
        if standing.stage_on(on) in VISITING
    ]


def clearances(visitors: Sequence[Visitor], choices: Choices, on: date) -> Iterator[Waiting]:
    """Visitors who may not visit today, and those who soon may not."""
    soon = Period(on, on + timedelta(days=choices.expiry_warning_days))
    for one in visitors:
        if not one.is_cleared:
            who = f"{one.name}: {clearance(one.standing, on, choices).reasons[0]}"
            since = _not_cleared_since(one.standing, choices, on)
            yield Waiting(Urgency.THIS_WEEK, About.PERSON, one.id, "Not cleared", who, since)
        elif may_change(one.standing, soon):
            ends_on = clearance(one.standing, on, choices).changes_on
            if ends_on is None or ends_on not in soon or may_visit(one.standing, ends_on, choices):
                continue
            urgency = Urgency.THIS_WEEK if ends_on - on <= timedelta(days=30) else Urgency.COMING
            yield Waiting(urgency, About.PERSON, one.id, "Clearance ends", one.name, ends_on)


def _not_cleared_since(standing: Standing, choices: Choices, on: date) -> date:
    """The day after the last on which the person was cleared; at most three years back."""
    past = Period(add_months(on, -36), on)
    spans = cleared_spans(standing, past, choices)
    return spans[-1][0].after if spans else past.first


def applications(session: Session, on: date) -> Iterator[Waiting]:
    number, since = session.execute(_APPLICATIONS).one()
    if number:
        who = f"{plural(number, 'person', 'people')} applied"
        yield Waiting(Urgency.THIS_WEEK, About.APPLICATIONS, 0, "Applications to read", who, since or on)


# Put together once.
_LATER = aliased(StageStep)
_MADE_ON, _LATER_ON = (sa.func.coalesce(step.on, date.min) for step in (StageStep, _LATER))
_OVERTAKEN = sa.exists().where(
    _LATER.person_id == StageStep.person_id,
    (_LATER_ON > _MADE_ON) | ((_LATER_ON == _MADE_ON) & (_LATER.id > StageStep.id)),
)
_APPLICATIONS = sa.select(sa.func.count(), sa.func.min(StageStep.on)).where(
    StageStep.stage == Stage.APPLIED, ~_OVERTAKEN
)
