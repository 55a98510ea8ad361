"""Figures of findings by suite, category, theme and age, and of the replies that the police owed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import previous
from icv.rules.figures.answers import (
    OPEN_STATES,
    PLACES,
    Answers,
    Found,
    Place,
    Replies,
    Reply,
    age_in_words,
)
from icv.rules.findings import SETTLED_ON_THE_SPOT, FindingState
from icv.store.figures.attempted import AT_CUSTODY_VISIT
from icv.store.figures.clock import seconds_of
from icv.store.figures.counting import number
from icv.store.figures.cutting import Cutting, Piece, by_piece
from icv.store.findings import Finding, FindingTheme
from icv.store.suites import Suite
from icv.store.visits import Visit


def found(
    session: Session, period: Period, *, places: Mapping[str, Mapping[Place, int]], as_of: date
) -> Found:
    """Ages are those of the day of counting. `places`: the findings by category, read already."""
    days = {"first": period.first, "last": period.last}
    suites = {line.name: line.findings for line in session.execute(_BY_SUITE, days)}
    themes = {line.theme: line.findings for line in session.execute(_THEMES, days)}
    by_age: defaultdict[str, Counter[Place]] = defaultdict(Counter)
    for raised_on, state, findings in session.execute(_OPEN, days):
        by_age[age_in_words(raised_on, as_of)][PLACES[state]] += findings
    return Found(dict(sorted(suites.items())), places, themes, by_age)


def answers(session: Session, period: Period, *, as_of: date) -> Answers:
    """`as_of` decides which replies are overdue."""
    before = previous(period)
    cutting = Cutting.of([period, before])
    values = {**cutting.values(), "as_of": as_of}
    lines = session.execute(_due_by_piece(len(cutting.pieces)), values).mappings().all()
    due, due_before = (
        [line for line in lines if line["piece"] in cutting.numbers_in(one)] for one in (period, before)
    )
    closed = session.scalar(_CLOSED, {"first": period.first, "last": period.last}) or 0
    serious = [line for line in due if line["is_serious"]]
    others = [line for line in due if not line["is_serious"]]
    return Answers(_replies(serious), _replies(others), _replies(due), _replies(due_before), closed)


def _replies(lines: Iterable[Mapping[Any, Any]]) -> Replies:
    became: Counter[Reply] = Counter()
    days: Counter[int] = Counter()
    escalated = 0
    for line in lines:
        became[reply := Reply(line["became"])] += line["findings"]
        escalated += line["escalated"]
        if reply in {Reply.IN_TIME, Reply.LATE}:
            days[int(line["days"])] += line["findings"]
    return Replies(became, escalated, float(median(days.elements())) if days else None)


# The statements, put together once.
_RAISED_IN_PERIOD = (AT_CUSTODY_VISIT, Finding.raised_on.between(sa.bindparam("first"), sa.bindparam("last")))


def _by_suite() -> sa.Select[str, int]:
    counted = (
        sa.select(Visit.suite_id, sa.func.count().label("findings"))
        .join(Finding, Finding.visit_id == Visit.id)
        .where(*_RAISED_IN_PERIOD)
        .group_by(Visit.suite_id)
        .subquery()
    )
    return sa.select(Suite.name, counted.c.findings).join(counted, counted.c.suite_id == Suite.id)


@lru_cache(maxsize=2)
def _due_by_piece(pieces: int) -> Any:
    return by_piece(pieces, _due_in)


def _due_in(piece: Piece) -> sa.Select[*tuple[Any, ...]]:
    """A reopened finding counts as not replied to; one settled on the spot owes no reply."""
    is_reopened = Finding.state == FindingState.REOPENED
    replied = Finding.replied_on.is_not(None) & ~is_reopened
    became = sa.case(
        (replied & (Finding.replied_on <= Finding.due_on), Reply.IN_TIME.value),
        (replied, Reply.LATE.value),
        (Finding.closed_on.is_not(None) & ~is_reopened, Reply.CLOSED.value),
        (Finding.due_on < sa.bindparam("as_of"), Reply.OVERDUE.value),
        else_=Reply.TO_COME.value,
    ).label("became")
    asked_on = sa.func.coalesce(Finding.put_on, Finding.raised_on)
    days = ((seconds_of(Finding.replied_on) - seconds_of(asked_on)) / 86_400).label("days")
    return (
        sa.select(
            Finding.is_serious,
            became,
            days,
            number("findings"),
            number("escalated", Finding.escalated_on.is_not(None)),
        )
        .where(
            AT_CUSTODY_VISIT,
            piece.has_day(Finding.due_on),
            Finding.state.not_in(SETTLED_ON_THE_SPOT),
        )
        .group_by(Finding.is_serious, became, days)
    )


_BY_SUITE = _by_suite()
_THEMES = (
    sa.select(FindingTheme.theme, sa.func.count().label("findings"))
    .join(Finding, Finding.id == FindingTheme.finding_id)
    .where(*_RAISED_IN_PERIOD)
    .group_by(FindingTheme.theme)
)
_OPEN = (
    sa.select(Finding.raised_on, Finding.state, sa.func.count())
    .where(AT_CUSTODY_VISIT, Finding.state.in_(OPEN_STATES), Finding.raised_on <= sa.bindparam("last"))
    .group_by(Finding.raised_on, Finding.state)
)
_CLOSED = (
    sa.select(sa.func.count())
    .select_from(Finding)
    .where(
        AT_CUSTODY_VISIT,
        Finding.state == FindingState.CLOSED,
        Finding.put_on.is_not(None),
        Finding.closed_on.between(sa.bindparam("first"), sa.bindparam("last")),
    )
)
