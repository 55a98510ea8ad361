"""What was raised before at the same suite: which findings repeat others, and which they repeat."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import add_months
from icv.rules.repeats import WITHIN_MONTHS, Raised, Repeat, repeat_of
from icv.store.findings.listing import FindingLine, findings_chosen
from icv.store.findings.tables import Finding, FindingTheme
from icv.store.visits import Visit


def repeats_among(session: Session, finding_ids: Collection[int]) -> dict[int, Repeat]:
    """Of these findings, those that are not the first of their kind: by the rule of `icv.rules.repeats`."""
    asked = _raised(session, Finding.id.in_(finding_ids))
    if not asked:
        return {}
    suites = {one.suite_id for one in asked}
    first = add_months(min(one.raised_on for one in asked), -WITHIN_MONTHS)
    others = _by_suite(_raised_at(session, suites, first, max(one.raised_on for one in asked)))
    found = {one.finding_id: repeat_of(one, others[one.suite_id]) for one in asked}
    return {finding_id: repeat for finding_id, repeat in found.items() if repeat}


def earlier_ones(session: Session, repeat: Repeat | None) -> list[FindingLine]:
    """The findings that this one repeats, the latest first."""
    if repeat is None:
        return []
    lines = findings_chosen(session, repeat.earlier)
    return sorted(lines, key=lambda line: (line.raised_on, line.id), reverse=True)


def _raised_at(session: Session, suite_ids: Collection[int], first: date, last: date) -> list[Raised]:
    return _raised(session, Visit.suite_id.in_(suite_ids) & Finding.raised_on.between(first, last))


def _raised(session: Session, which: sa.ColumnElement[bool]) -> list[Raised]:
    themes: defaultdict[int, set[str]] = defaultdict(set)
    for finding_id, theme in session.execute(
        sa.select(FindingTheme.finding_id, FindingTheme.theme)
        .join(Finding, Finding.id == FindingTheme.finding_id)
        .join(Visit, Visit.id == Finding.visit_id)
        .where(which)
    ):
        themes[finding_id].add(theme)
    rows = session.execute(
        sa.select(
            Finding.id, Finding.visit_id, Visit.suite_id, Visit.kind, Finding.category, Finding.raised_on
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(which)
    )
    return [Raised(*row, themes=frozenset(themes[row[0]])) for row in rows]


def _by_suite(raised: Iterable[Raised]) -> dict[int, list[Raised]]:
    found: defaultdict[int, list[Raised]] = defaultdict(list)
    for one in raised:
        found[one.suite_id].append(one)
    return found
