"""What was raised before at the same suite: which findings repeat others, and which they repeat."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.days import add_months
from icv.rules.repeats import WITHIN_MONTHS, Raised, Repeat, repeat_of
from icv.store.findings.listing import FindingLine, findings_chosen
from icv.store.findings.tables import Finding, FindingTheme
from icv.store.visits import Visit


def repeats_among(session: Session, finding_ids: Collection[int]) -> dict[int, Repeat]:
    """Of these findings, those that are not the first of their kind: by the rule of `icv.rules.repeats`."""
    asked = _raised(session, finding_ids)
    alike = _alike(session, asked) if asked else []
    raised = {one.finding_id: one for one in _raised(session, {number for _, number in alike})}
    others: defaultdict[int, list[Raised]] = defaultdict(list)
    for finding_id, other_id in alike:
        others[finding_id].append(raised[other_id])
    found = {one.finding_id: repeat_of(one, others[one.finding_id]) for one in asked}
    return {finding_id: repeat for finding_id, repeat in found.items() if repeat}


def earlier_ones(session: Session, repeat: Repeat | None) -> list[FindingLine]:
    """The findings that this one repeats, the latest first."""
    if repeat is None:
        return []
    lines = findings_chosen(session, repeat.earlier)
    return sorted(lines, key=lambda line: (line.raised_on, line.id), reverse=True)


def _alike(session: Session, asked: Collection[Raised]) -> list[tuple[int, int]]:
    """Each with the earlier ones of a year at its suite that share its category or a theme.

    Goes from a suite to its visits and their findings: both ways have an index, and few rows come back.
    """
    one = _as_rows(asked)
    mine, theirs = aliased(FindingTheme), aliased(FindingTheme)
    share_a_theme = (
        sa.exists()
        .where(mine.finding_id == one.c.id, theirs.finding_id == Finding.id, mine.theme == theirs.theme)
        .correlate(one, Finding)
    )
    rows = session.execute(
        sa.select(one.c.id, Finding.id)
        .select_from(one)
        .join(Visit, (Visit.suite_id == one.c.suite_id) & (Visit.id != one.c.visit_id))
        .join(Finding, Finding.visit_id == Visit.id)
        .where(
            Finding.raised_on.between(one.c.first_on, one.c.raised_on),
            (Finding.category == one.c.category) | share_a_theme,
        )
    )
    return [(finding_id, other_id) for finding_id, other_id in rows]


def _as_rows(asked: Collection[Raised]) -> sa.CTE:
    columns: list[sa.ColumnClause[Any]] = [
        sa.column("id", sa.Integer),
        sa.column("visit_id", sa.Integer),
        sa.column("suite_id", sa.Integer),
        sa.column("category", sa.Text),
        sa.column("first_on", sa.Date),
        sa.column("raised_on", sa.Date),
    ]
    rows = [
        (
            one.finding_id,
            one.visit_id,
            one.suite_id,
            one.category,
            add_months(one.raised_on, -WITHIN_MONTHS),
            one.raised_on,
        )
        for one in asked
    ]
    return sa.values(*columns, name="asked").data(rows).cte("asked")


def _raised(session: Session, finding_ids: Collection[int]) -> list[Raised]:
    themes: defaultdict[int, set[str]] = defaultdict(set)
    for finding_id, theme in session.execute(
        sa.select(FindingTheme.finding_id, FindingTheme.theme).where(FindingTheme.finding_id.in_(finding_ids))
    ):
        themes[finding_id].add(theme)
    rows = session.execute(
        sa.select(
            Finding.id, Finding.visit_id, Visit.suite_id, Visit.kind, Finding.category, Finding.raised_on
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(Finding.id.in_(finding_ids))
    )
    return [Raised(*row, themes=frozenset(themes[row[0]])) for row in rows]
