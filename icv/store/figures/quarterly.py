"""What a quarterly return is filled from: entry, findings and what came of them, and what was good."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, EventKind, FindingState
from icv.rules.report import Arrival
from icv.rules.report.parts import read
from icv.rules.scheme import Choices
from icv.rules.visits import ATTEMPTED, Outcome, VisitKind
from icv.store.figures.counting import number
from icv.store.findings import Finding, FindingEvent, FindingTheme, RaisedAgain, raised_again
from icv.store.suites import Suite
from icv.store.visits import Report, Visit

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class LongWait:
    """A visit that had to wait at the door for longer than the scheme allows, or was not let in (no minutes).

    `why` and `rank` are as the visitors chose, empty where the report is not on record. `flags`: what the
    Code of Practice does not allow.
    """

    visit_id: int
    reference: str
    suite: str
    minutes: int | None
    why: str
    rank: str
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Over visits at which somebody turned up; `timed` are those whose wait is known."""

    attempted: int
    timed: int
    long_waits: int
    no_access: int
    waits: tuple[LongWait, ...]


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """Findings of a category raised in the quarter, in the states they are in now."""

    category: str
    raised: int
    serious: int
    on_the_spot: int
    with_police: int
    answered: int
    closed: int


@dataclass(frozen=True, slots=True)
class Impact:
    """A finding closed in the quarter, with why: what changed."""

    finding_id: int
    suite: str
    category: str
    words: str


@dataclass(frozen=True, slots=True)
class Positive:
    """What visitors wrote was good, of one report."""

    report_id: int
    suite: str
    words: str


@dataclass(frozen=True, slots=True)
class Quarterly:
    """`repeated` and `closed` count all, of which `again` and `impact` are the first."""

    entry: Entry
    categories: tuple[CategoryLine, ...]
    themes: tuple[tuple[str, int], ...]
    repeated: int
    again: tuple[RaisedAgain, ...]
    closed: int
    impact: tuple[Impact, ...]
    positives: tuple[Positive, ...]

    @property
    def raised(self) -> int:
        return sum(line.raised for line in self.categories)

    @property
    def settled(self) -> int:
        return sum(line.on_the_spot for line in self.categories)

    @property
    def is_empty(self) -> bool:
        return not (self.entry.attempted or self.raised or self.closed)


def quarterly(session: Session, period: Period, choices: Choices) -> Quarterly:
    """Of custody visits; findings raised in the period by day, and those closed in it. At most 200 a list."""
    return Quarterly(
        _entry(session, period, choices),
        _categories(session, period),
        _themes(session, period),
        *raised_again(session, period, MOST_LISTED),
        session.scalar(_closed_in(period).with_only_columns(sa.func.count())) or 0,
        _impact(session, period),
        _positives(session, period),
    )


def _entry(session: Session, period: Period, choices: Choices) -> Entry:
    rows = session.execute(
        sa.select(Visit.id, Visit.reference, Suite.name, Visit.outcome, Visit.arrived_at, Visit.admitted_at)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(_CUSTODY, Visit.outcome.in_(ATTEMPTED), _came_in(period))
        .order_by(Suite.name, Visit.week_ends_on, Visit.id)
    ).all()
    minutes = [_minutes(row[4], row[5]) for row in rows]
    is_long = [wait is not None and wait > choices.long_wait_minutes for wait in minutes]
    refused = [row[3] is Outcome.NO_ACCESS for row in rows]
    listed = [
        (row, None if no else wait)
        for row, wait, long, no in zip(rows, minutes, is_long, refused, strict=True)
        if long or no
    ][:MOST_LISTED]
    said = _arrivals_of(session, [row[0] for row, _ in listed])
    return Entry(
        attempted=len(rows),
        timed=sum(wait is not None for wait in minutes),
        long_waits=sum(long and not no for long, no in zip(is_long, refused, strict=True)),
        no_access=sum(refused),
        waits=tuple(_wait(row[:3], wait, said.get(row[0]), choices) for row, wait in listed),
    )


def _wait(visit: Sequence[Any], minutes: int | None, said: Arrival | None, choices: Choices) -> LongWait:
    visit_id, reference, suite = visit
    if said is None:
        return LongWait(visit_id, reference, suite, minutes, "", "", ())
    first = said.delay.words if said.delay and minutes is not None else said.reason
    why = ". ".join(filter(None, [first, said.delay_words]))
    rank = said.rank.words if said.rank else ""
    return LongWait(visit_id, reference, suite, minutes, why, rank, tuple(said.flags(choices.delay_rank)))


def _arrivals_of(session: Session, visit_ids: Sequence[int]) -> dict[int, Arrival]:
    """What the filed reports of these visits say of the door."""
    rows = session.execute(
        sa.select(Report.visit_id, Report.content["arrival"]).where(
            Report.visit_id.in_(visit_ids), Report.filed_at.is_not(None)
        )
    )
    return {visit_id: read(Arrival, answers) for visit_id, answers in rows if answers}


def _minutes(arrived_at: datetime | None, admitted_at: datetime | None) -> int | None:
    if arrived_at is None or admitted_at is None:
        return None
    return int((admitted_at - arrived_at).total_seconds() // 60)


def _came_in(period: Period) -> sa.ColumnElement[bool]:
    """By the day of arrival, or the week's last day while that is not known."""
    return ((Visit.arrived_at >= period.starts_at()) & (Visit.arrived_at < period.ends_at())) | (
        Visit.arrived_at.is_(None) & Visit.week_ends_on.between(period.first, period.last)
    )


def _categories(session: Session, period: Period) -> tuple[CategoryLine, ...]:
    rows = session.execute(
        sa.select(
            Finding.category,
            number("raised"),
            number("serious", Finding.is_serious),
            number("on_the_spot", Finding.state.in_(SETTLED_ON_THE_SPOT)),
            number("with_police", Finding.state.in_(WITH_POLICE)),
            number("answered", Finding.state == FindingState.REPLIED),
            number("closed", Finding.state == FindingState.CLOSED),
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*_raised_in(period))
        .group_by(Finding.category)
    )
    return tuple(sorted((CategoryLine(*row) for row in rows), key=lambda line: line.category))


def _themes(session: Session, period: Period) -> tuple[tuple[str, int], ...]:
    rows = session.scalars(
        sa.select(FindingTheme.theme)
        .join(Finding, Finding.id == FindingTheme.finding_id)
        .join(Visit, Visit.id == Finding.visit_id)
        .where(*_raised_in(period))
    )
    return tuple(sorted(Counter(rows).items(), key=lambda one: (-one[1], one[0])))


def _impact(session: Session, period: Period) -> tuple[Impact, ...]:
    rows = session.execute(_closed_in(period).order_by(Suite.name, Finding.id).limit(MOST_LISTED)).all()
    why = _closing_words(session, [row[0] for row in rows])
    return tuple(
        Impact(finding_id, suite, category, why.get(finding_id, "")) for finding_id, suite, category in rows
    )


def _closed_in(period: Period) -> sa.Select[*tuple[Any, ...]]:
    closed_on = Finding.closed_on.between(period.first, period.last)
    return _lines().where(_CUSTODY, Finding.state == FindingState.CLOSED, closed_on)


def _closing_words(session: Session, finding_ids: Sequence[int]) -> dict[int, str]:
    """Of each the latest: what was taken up again is closed anew."""
    rows = session.execute(
        sa.select(FindingEvent.finding_id, FindingEvent.text)
        .where(FindingEvent.finding_id.in_(finding_ids), FindingEvent.kind == EventKind.CLOSED)
        .order_by(FindingEvent.id)
    )
    return {finding_id: text for finding_id, text in rows}  # noqa: C416  dict() loses the types


def _positives(session: Session, period: Period) -> tuple[Positive, ...]:
    words = Report.content["remarks"]["positives"].as_string()
    rows = session.execute(
        sa.select(Report.id, Suite.name, words)
        .join(Visit, Visit.id == Report.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(_CUSTODY, Report.filed_at.is_not(None), _came_in(period), words != "")
        .order_by(Suite.name, Report.id)
        .limit(MOST_LISTED)
    )
    return tuple(Positive(*row) for row in rows)


def _lines() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Finding.id, Suite.name, Finding.category)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
    )


def _raised_in(period: Period) -> tuple[sa.ColumnElement[bool], ...]:
    first: date = period.first
    return (_CUSTODY, Finding.raised_on.between(first, period.last))


_CUSTODY = Visit.kind == VisitKind.CUSTODY
