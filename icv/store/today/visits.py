"""What waits about visits: reports that are due, and coming visits that want a visitor or an answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, short_day
from icv.rules.report import ABSENT
from icv.rules.scheme import Choices
from icv.rules.strands import TITLES
from icv.rules.visits import HELD, DutyState
from icv.rules.words import plural
from icv.store.accounts import Account
from icv.store.rota import Rota
from icv.store.strands import strands_waiting
from icv.store.suites import Suite
from icv.store.today.waiting import About, Urgency, Waiting, nearness
from icv.store.visiting import duties_held_away
from icv.store.visits import IS_TO_DETAINEES, Duty, Report, ReportSection, Visit

_Published = tuple[int, date, date]
"""A published rota and its first and last day."""


def reports_due(session: Session, choices: Choices, on: date) -> Iterator[Waiting]:
    """Where one of the pair says that the other did not come, that is what waits."""
    for number, suite, starts_on, ended_on, told_at, told_by in session.execute(_REPORTS_DUE, {"on": on}):
        due_on = ended_on + timedelta(days=choices.report_due_days)
        if told_at:
            who, since = f"{told_by or 'A visitor'} says so: {week_of(suite, starts_on)}", london_day(told_at)
            yield Waiting(Urgency.NOW, About.VISIT, number, "A partner did not come", who, since)
            continue
        urgency, what = (Urgency.NOW, "Report overdue") if due_on < on else (Urgency.THIS_WEEK, "Report due")
        yield Waiting(urgency, About.VISIT, number, what, f"{suite}, week to {short_day(ended_on)}", due_on)


def places(session: Session, on: date) -> Iterator[Waiting]:
    """Coming visits that want a visitor, with who declined, and those whose answers are still out.

    Where a published rota lacks several, the smallest change that fills them is offered for all at once.
    """
    lacking: defaultdict[_Published, list[tuple[date, int]]] = defaultdict(list)
    for row in session.execute(_PLACES, {"on": on}):
        number, suite, week, held, unanswered, declined, rota_id, first_on, last_on = row
        if held < 2:
            missing = "No visitors" if held == 0 else "One visitor missing"
            what = f"{missing}{', declined' if declined else ''}"
            yield Waiting(nearness(week, on), About.VISIT, number, what, week_of(suite, week), week)
            if rota_id is not None:
                lacking[rota_id, first_on, last_on].append((week, 2 - held))
        elif unanswered and week - on <= timedelta(days=14):
            yield Waiting(
                Urgency.THIS_WEEK, About.VISIT, number, "Duty not answered", week_of(suite, week), week
            )
    yield from _rotas_lacking(lacking, on)


def _rotas_lacking(lacking: Mapping[_Published, list[tuple[date, int]]], on: date) -> Iterator[Waiting]:
    """Of one visit the line of its own is enough."""
    for (rota_id, first_on, last_on), some in lacking.items():
        if len(some) > 1:
            week, missing = min(week for week, _ in some), sum(number for _, number in some)
            who = f"{short_day(first_on)} to {short_day(last_on)}: {plural(missing, 'place')} to fill"
            yield Waiting(nearness(week, on), About.REBUILD, rota_id, "Rota no longer kept", who, week)


def week_of(suite: str, week: date) -> str:
    """A visit, by its suite and its week's Monday."""
    return f"{suite}, week from {short_day(week)}"


def strands(session: Session, on: date) -> Iterator[Waiting]:
    """Record reviews and dog-welfare visits that nobody is to make, or that are over without a report."""
    for one in strands_waiting(session, on=on):
        kind = TITLES[one.kind]
        if one.has_visitor:
            what, who = f"{kind}: report due", f"{one.place}, week to {short_day(one.week_ends_on)}"
            yield Waiting(Urgency.THIS_WEEK, About.VISIT, one.id, what, who, one.week_ends_on)
        else:
            week = one.week_starts_on
            what, who = f"{kind}: nobody to make it", week_of(one.place, week)
            yield Waiting(nearness(week, on), About.STRAND, one.id, what, who, week)


def held_away(session: Session, on: date) -> Iterator[Waiting]:
    for one in duties_held_away(session, on):
        week = one.week_starts_on
        who = f"{one.name}: {week_of(one.suite, week)}"
        yield Waiting(nearness(week, on), About.AWAY, one.person_id, "Duty held by somebody away", who, week)


# Put together once.
_REPORTS_DUE = (
    sa.select(
        Visit.id,
        Suite.name,
        Visit.week_starts_on,
        Visit.week_ends_on,
        ReportSection.saved_at,
        Account.name,
    )
    .join(Suite, Suite.id == Visit.suite_id)
    .outerjoin(Report, Report.visit_id == Visit.id)
    .outerjoin(ReportSection, sa.and_(ReportSection.report_id == Report.id, ReportSection.name == ABSENT))
    .outerjoin(Account, Account.id == ReportSection.saved_by_id)
    .where(
        IS_TO_DETAINEES,
        Visit.outcome.is_(None),
        ReportSection.name.is_not(None) | (Visit.is_scheduled & (Visit.week_ends_on < sa.bindparam("on"))),
    )
)
_PLACES = (
    sa.select(
        Visit.id,
        Suite.name,
        Visit.week_starts_on,
        sa.func.count(Duty.id).filter(Duty.state.in_(HELD)),
        sa.func.count(Duty.id).filter(Duty.state == DutyState.OFFERED),
        sa.func.count(Duty.id).filter(Duty.state == DutyState.DECLINED),
        Rota.id,
        Rota.first_on,
        Rota.last_on,
    )
    .join(Suite, Suite.id == Visit.suite_id)
    .outerjoin(Rota, Rota.id == Visit.rota_id)
    .outerjoin(Duty, Duty.visit_id == Visit.id)
    .where(
        IS_TO_DETAINEES,
        Visit.is_scheduled,
        Visit.outcome.is_(None),
        Visit.week_ends_on >= sa.bindparam("on"),
    )
    .group_by(Visit.id, Suite.name, Visit.week_starts_on, Rota.id, Rota.first_on, Rota.last_on)
)
