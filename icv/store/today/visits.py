"""What waits about visits: reports that are due, and coming visits that want a visitor or an answer."""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, short_day
from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState
from icv.store.rota import Rota, RotaState
from icv.store.suites import Suite
from icv.store.today.waiting import About, Urgency, Waiting, nearness
from icv.store.visiting import duties_held_away
from icv.store.visits import IS_TO_DETAINEES, Duty, Visit


def reports_due(session: Session, choices: Choices, on: date) -> Iterator[Waiting]:
    lines = session.execute(
        sa.select(Visit.id, Suite.name, Visit.week_ends_on)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(IS_TO_DETAINEES, Visit.is_scheduled, Visit.outcome.is_(None), Visit.week_ends_on < on)
    )
    for number, suite, ended_on in lines:
        due_on = ended_on + timedelta(days=choices.report_due_days)
        urgency, what = (Urgency.NOW, "Report overdue") if due_on < on else (Urgency.THIS_WEEK, "Report due")
        yield Waiting(urgency, About.VISIT, number, what, f"{suite}, week to {short_day(ended_on)}", due_on)


def places(session: Session, on: date) -> Iterator[Waiting]:
    """Coming visits that want a visitor, with who declined, and those whose answers are still out."""
    for number, suite, week, held, unanswered, declined in session.execute(_PLACES, {"on": on}):
        if held < 2:
            missing = "No visitors" if held == 0 else "One visitor missing"
            what = f"{missing}{', declined' if declined else ''}"
            yield Waiting(nearness(week, on), About.VISIT, number, what, week_of(suite, week), week)
        elif unanswered and week - on <= timedelta(days=14):
            yield Waiting(
                Urgency.THIS_WEEK, About.VISIT, number, "Duty not answered", week_of(suite, week), week
            )


def week_of(suite: str, week: date) -> str:
    """A visit, by its suite and its week's Monday."""
    return f"{suite}, week from {short_day(week)}"


def held_away(session: Session, on: date) -> Iterator[Waiting]:
    for one in duties_held_away(session, on):
        week = one.week_starts_on
        who = f"{one.name}: {week_of(one.suite, week)}"
        yield Waiting(nearness(week, on), About.AWAY, one.person_id, "Duty held by somebody away", who, week)


def drafts(session: Session) -> Iterator[Waiting]:
    lines = session.execute(
        sa.select(Rota.id, Rota.first_on, Rota.last_on, Rota.made_at).where(Rota.state == RotaState.DRAFT)
    )
    for number, first_on, last_on, made_at in lines:
        who = f"{short_day(first_on)} to {short_day(last_on)}"
        yield Waiting(Urgency.COMING, About.ROTA, number, "Draft rota to publish", who, london_day(made_at))


# Put together once.
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
    .where(
        IS_TO_DETAINEES,
        Visit.is_scheduled,
        Visit.outcome.is_(None),
        Visit.week_ends_on >= sa.bindparam("on"),
    )
    .group_by(Visit.id, Suite.name, Visit.week_starts_on)
)
