"""What waits for the coordinator, gathered over all subjects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.clearance import Standing, clearance, cleared_spans, may_change, may_visit
from icv.rules.days import Period, add_months, london_day, monday_of, short_day
from icv.rules.findings import WITH_POLICE, FindingState
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import HELD, DutyState
from icv.rules.words import plural
from icv.store.findings import Finding
from icv.store.letters import Letter, LetterState
from icv.store.people import Person, StageStep, standings
from icv.store.rota import Rota, RotaState
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit

VISITING = frozenset({Stage.PROBATION, Stage.ACTIVE})


class Urgency(StrEnum):
    NOW = "needs you now"
    THIS_WEEK = "this week"
    COMING = "coming"


class About(StrEnum):
    """What kind of record a waiting thing leads to."""

    VISIT = "visit"
    FINDING = "finding"
    PERSON = "person"
    ROTA = "rota"
    APPLICATIONS = "applications"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing that waits for somebody: what, about whom, since when or by when.

    `subject_id` is 0 where it leads to a list.
    """

    urgency: Urgency
    about: About
    subject_id: int
    what: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """Numbers with what they are out of."""

    visits_done: int
    visits_this_week: int
    cleared: int
    visiting: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whose stage lets them visit; `is_cleared` on the day asked about."""

    id: int
    name: str
    standing: Standing
    is_cleared: bool


def waiting(session: Session, choices: Choices, visitors: Sequence[Visitor], *, on: date) -> list[Waiting]:
    """Everything that waits, the most urgent first and the oldest first among equals."""
    found = [
        *_reports(session, choices, on),
        *_places(session, on),
        *_findings(session, on),
        *_clearances(visitors, choices, on),
        *_applications(session, on),
        *_drafts(session),
        *_letters(session, on),
    ]
    order = list(Urgency)
    return sorted(found, key=lambda one: (order.index(one.urgency), one.on, one.what, one.who))


def at_a_glance(session: Session, visitors: Sequence[Visitor], *, on: date) -> AtAGlance:
    monday = monday_of(on)
    done, planned = session.execute(
        sa.select(sa.func.count().filter(Visit.outcome.is_not(None)), sa.func.count()).where(
            Visit.is_scheduled, Visit.week_ends_on.between(monday, monday + timedelta(days=6))
        )
    ).one()
    return AtAGlance(done, planned, sum(visitor.is_cleared for visitor in visitors), len(visitors))


def visitors_on(session: Session, choices: Choices, on: date) -> list[Visitor]:
    members = session.execute(
        sa.select(Person.id, Person.name).where(
            Person.appointed_on.is_not(None), Person.left_on.is_(None) | (Person.left_on > on)
        )
    )
    names = {person.id: person.name for person in members}
    return [
        Visitor(number, names[number], standing, may_visit(standing, on, choices.clearance_needs))
        for number, standing in standings(session, names).items()
        if standing.stage_on(on) in VISITING
    ]


def _reports(session: Session, choices: Choices, on: date) -> Iterator[Waiting]:
    lines = session.execute(
        sa.select(Visit.id, Suite.name, Visit.week_ends_on)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Visit.is_scheduled, Visit.outcome.is_(None), Visit.week_ends_on < on)
    )
    for number, suite, ended_on in lines:
        due_on = ended_on + timedelta(days=choices.report_due_days)
        urgency, what = (Urgency.NOW, "Report overdue") if due_on < on else (Urgency.THIS_WEEK, "Report due")
        yield Waiting(urgency, About.VISIT, number, what, f"{suite}, week to {short_day(ended_on)}", due_on)


def _places(session: Session, on: date) -> Iterator[Waiting]:
    """Coming visits that want a visitor, with who declined, and those whose answers are still out."""
    for number, suite, week, held, unanswered, declined in session.execute(_PLACES, {"on": on}):
        if held < 2:
            missing = "No visitors" if held == 0 else "One visitor missing"
            what = f"{missing}{', declined' if declined else ''}"
            yield Waiting(_nearness(week, on), About.VISIT, number, what, _week_of(suite, week), week)
        elif unanswered and week - on <= timedelta(days=14):
            yield Waiting(
                Urgency.THIS_WEEK, About.VISIT, number, "Duty not answered", _week_of(suite, week), week
            )


def _week_of(suite: str, week: date) -> str:
    return f"{suite}, week from {short_day(week)}"


def _nearness(day: date, on: date) -> Urgency:
    if day - on <= timedelta(days=7):
        return Urgency.NOW
    return Urgency.THIS_WEEK if day - on <= timedelta(days=21) else Urgency.COMING


def _findings(session: Session, on: date) -> Iterator[Waiting]:
    asked = WITH_POLICE | {FindingState.RAISED, FindingState.REPLIED}
    lines = session.execute(
        sa.select(
            Finding.id,
            Finding.state,
            Finding.is_serious,
            Finding.category,
            Finding.raised_on,
            Finding.due_on,
            Finding.replied_on,
            Suite.name,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Finding.state.in_(asked))
    )
    for number, state, is_serious, category, raised_on, due_on, replied_on, suite in lines:
        who = f"{category.capitalize()}, {suite}"
        if state is FindingState.RAISED:
            urgency = Urgency.NOW if is_serious else Urgency.THIS_WEEK
            what = "Serious finding to act on" if is_serious else "Finding to put to the police"
            yield Waiting(urgency, About.FINDING, number, what, who, raised_on)
        elif state is FindingState.REPLIED:
            yield Waiting(
                Urgency.THIS_WEEK, About.FINDING, number, "Reply to read", who, replied_on or raised_on
            )
        elif due_on:
            is_late = due_on < on
            urgency = Urgency.NOW if is_late else _nearness(due_on, on + timedelta(days=8))
            what = "Police reply overdue" if is_late else "Police reply due"
            yield Waiting(urgency, About.FINDING, number, what, who, due_on)


def _clearances(visitors: Sequence[Visitor], choices: Choices, on: date) -> Iterator[Waiting]:
    """Visitors who may not visit today, and those who soon may not."""
    needs, soon = choices.clearance_needs, Period(on, on + timedelta(days=choices.expiry_warning_days))
    for one in visitors:
        if not one.is_cleared:
            who = f"{one.name}: {clearance(one.standing, on, needs).reasons[0]}"
            since = _not_cleared_since(one.standing, choices, on)
            yield Waiting(Urgency.THIS_WEEK, About.PERSON, one.id, "Not cleared", who, since)
        elif may_change(one.standing, soon):
            ends_on = clearance(one.standing, on, needs).changes_on
            if ends_on is None or ends_on not in soon or may_visit(one.standing, ends_on, needs):
                continue
            urgency = Urgency.THIS_WEEK if ends_on - on <= timedelta(days=30) else Urgency.COMING
            yield Waiting(urgency, About.PERSON, one.id, "Clearance ends", one.name, ends_on)


def _not_cleared_since(standing: Standing, choices: Choices, on: date) -> date:
    """The day after the last on which the person was cleared; at most three years back."""
    past = Period(add_months(on, -36), on)
    spans = cleared_spans(standing, past, choices.clearance_needs)
    return spans[-1][0].after if spans else past.first


def _applications(session: Session, on: date) -> Iterator[Waiting]:
    number, since = session.execute(_APPLICATIONS).one()
    if number:
        who = f"{plural(number, 'person', 'people')} applied"
        yield Waiting(Urgency.THIS_WEEK, About.APPLICATIONS, 0, "Applications to read", who, since or on)


def _drafts(session: Session) -> Iterator[Waiting]:
    lines = session.execute(
        sa.select(Rota.id, Rota.first_on, Rota.last_on, Rota.made_at).where(Rota.state == RotaState.DRAFT)
    )
    for number, first_on, last_on, made_at in lines:
        who = f"{short_day(first_on)} to {short_day(last_on)}"
        yield Waiting(Urgency.COMING, About.ROTA, number, "Draft rota to publish", who, london_day(made_at))


def _letters(session: Session, on: date) -> Iterator[Waiting]:
    number, since = session.execute(
        sa.select(sa.func.count(), sa.func.min(Letter.made_at)).where(
            Letter.state.in_({LetterState.FAILED, LetterState.MAY_HAVE_BEEN_SENT})
        )
    ).one()
    if number:
        who = plural(number, "letter")
        yield Waiting(Urgency.NOW, About.LETTERS, 0, "Not delivered", who, london_day(since))


# The largest statements, put together once.
_PLACES = (
    sa.select(
        Visit.id,
        Suite.name,
        Visit.week_starts_on,
        sa.func.count(Duty.id).filter(Duty.state.in_(HELD)),
        sa.func.count(Duty.id).filter(Duty.state == DutyState.OFFERED),
        sa.func.count(Duty.id).filter(Duty.state == DutyState.DECLINED),
    )
    .join(Suite, Suite.id == Visit.suite_id)
    .outerjoin(Duty, Duty.visit_id == Visit.id)
    .where(Visit.is_scheduled, Visit.outcome.is_(None), Visit.week_ends_on >= sa.bindparam("on"))
    .group_by(Visit.id, Suite.name, Visit.week_starts_on)
)
_LATER = aliased(StageStep)
_MADE_ON, _LATER_ON = (sa.func.coalesce(step.on, date.min) for step in (StageStep, _LATER))
_OVERTAKEN = sa.exists().where(
    _LATER.person_id == StageStep.person_id,
    (_LATER_ON > _MADE_ON) | ((_LATER_ON == _MADE_ON) & (_LATER.id > StageStep.id)),
)
_APPLICATIONS = sa.select(sa.func.count(), sa.func.min(StageStep.on)).where(
    StageStep.stage == Stage.APPLIED, ~_OVERTAKEN
)
