"""What was raised again in a period, told from one reading of its findings and of the year before it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, add_months
from icv.rules.repeats import WITHIN_MONTHS, Raised, Repeat
from icv.rules.visits import TO_DETAINEES, VisitKind
from icv.store.findings.tables import Finding, FindingTheme
from icv.store.suites import Suite
from icv.store.visits import Visit

Key = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class RaisedAgain:
    finding_id: int
    suite: str
    category: str
    words: str


def raised_again(session: Session, period: Period, most: int) -> tuple[int, tuple[RaisedAgain, ...]]:
    """How many findings of custody visits raised in the period repeat others, and the first `most` by suite.

    By the rule of `icv.rules.repeats`, of which `repeats_among` tells every pair: at a busy suite most of a
    year's findings repeat each other, so that here each is read once and compared only with the latest.
    """
    ranks: dict[str, int] = {}
    names: dict[int, str] = {}
    for suite_id, name in session.execute(sa.select(Suite.id, Suite.name).order_by(Suite.name)):
        names[suite_id] = name
        ranks.setdefault(name, len(ranks))
    alike: defaultdict[Key, list[Raised]] = defaultdict(list)
    found = list(_repeating(_read(session, period), period, alike))
    found.sort(key=lambda one: (ranks[names[one.suite_id]], one.finding_id))
    return len(found), tuple(
        RaisedAgain(one.finding_id, names[one.suite_id], one.category, _words(one, alike))
        for one in found[:most]
    )


def _repeating(
    rows: Iterator[Raised], period: Period, alike: defaultdict[Key, list[Raised]]
) -> Iterator[Raised]:
    """Of the period and custody visits, those that repeat one before; `alike` takes the rows, oldest first.

    What one visit found counts once: `alike` takes the first of each visit and day.
    Of each key the latest is kept, and the latest of another visit than that: if neither is recent enough
    to be repeated, none is.
    """
    latest: dict[Key, tuple[Raised, Raised | None]] = {}
    taken: dict[tuple[Key, int], date] = {}
    for one in rows:
        others = []
        for key in _keys(one):
            last, before = latest.get(key, (None, None))
            other = last if last and last.visit_id != one.visit_id else before
            others.append(other)
            latest[key] = (one, other)
            if taken.get((key, one.visit_id)) != one.raised_on:
                taken[key, one.visit_id] = one.raised_on
                alike[key].append(one)
        if one.kind is VisitKind.CUSTODY and one.raised_on in period:
            since = _since(one)
            if any(other and other.raised_on > since for other in others):
                yield one


def _words(one: Raised, alike: dict[Key, list[Raised]]) -> str:
    visits: set[int] = set()
    first_on = one.raised_on
    for key in _keys(one):
        there = alike[key]
        start = bisect_right(there, _since(one), key=lambda other: other.raised_on)
        end = bisect_left(there, _order(one), key=_order)
        others = [other for other in there[start:end] if other.visit_id != one.visit_id]
        visits.update(other.visit_id for other in others)
        first_on = min(first_on, others[0].raised_on) if others else first_on
    return Repeat(len(visits) + 1, first_on, one.raised_on, earlier=()).words


def _order(one: Raised) -> tuple[date, int]:
    return one.raised_on, one.finding_id


def _since(one: Raised) -> date:
    """The day after which something must have been raised for this one to repeat it."""
    return add_months(one.raised_on, -WITHIN_MONTHS)


def _keys(one: Raised) -> Iterator[Key]:
    yield one.suite_id, "category", one.category
    for theme in one.themes:
        yield one.suite_id, "theme", theme


def _read(session: Session, period: Period) -> Iterator[Raised]:
    """Of visits to detainees, in the order in which they were raised."""
    in_time = _of_detainees(period)
    themes: defaultdict[int, set[str]] = defaultdict(set)
    for finding_id, theme in session.execute(
        sa.select(FindingTheme.finding_id, FindingTheme.theme)
        .join(Finding, Finding.id == FindingTheme.finding_id)
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*in_time)
    ):
        themes[finding_id].add(theme)
    for row in session.execute(
        sa.select(
            Finding.id, Finding.visit_id, Visit.suite_id, Visit.kind, Finding.category, Finding.raised_on
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*in_time)
        .order_by(Finding.raised_on, Finding.id)
    ):
        yield Raised(*row, themes=frozenset(themes.get(row[0], ())))


def _of_detainees(period: Period) -> tuple[sa.ColumnElement[Any], ...]:
    since = add_months(period.first, -WITHIN_MONTHS)
    return Visit.kind.in_(TO_DETAINEES), Finding.raised_on.between(since, period.last)
