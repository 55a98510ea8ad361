"""Figures of findings at custody visits: those raised in the period, in the states they are in now."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import FindingFigures
from icv.rules.findings import SETTLED_ON_THE_SPOT, WITH_POLICE, FindingState
from icv.rules.visits import VisitKind
from icv.store.figures.counting import number
from icv.store.findings import Finding
from icv.store.visits import Visit


def finding_figures(session: Session, period: Period, *, as_of: date) -> FindingFigures:
    lines = (
        session.execute(
            _BY_CATEGORY, {"first": period.first, "last": period.last, "on": min(period.last, as_of)}
        )
        .mappings()
        .all()
    )
    return FindingFigures(
        **{
            name: sum(line[name] for line in lines)
            for name in ("serious", "resolved_at_visit", "awaiting_reply", "overdue")
        },
        by_category={
            line["category"]: line["raised"] for line in sorted(lines, key=lambda it: it["category"])
        },
    )


def is_overdue(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Due before that day and neither replied to nor closed by it; a reopened one is neither."""
    unanswered = (Finding.replied_on.is_(None) | (Finding.replied_on > on)) & (
        Finding.closed_on.is_(None) | (Finding.closed_on > on)
    )
    return sa.and_(
        Finding.due_on < on,
        Finding.state.not_in(SETTLED_ON_THE_SPOT),
        (Finding.state == FindingState.REOPENED) | unanswered,
    )


# Put together once.
_BY_CATEGORY = (
    sa.select(
        Finding.category,
        number("raised"),
        number("serious", Finding.is_serious),
        number("resolved_at_visit", Finding.state == FindingState.RESOLVED_AT_VISIT),
        number("awaiting_reply", Finding.state.in_(WITH_POLICE)),
        number("overdue", is_overdue(sa.bindparam("on"))),
    )
    .join(Visit, Visit.id == Finding.visit_id)
    .where(
        Visit.kind == VisitKind.CUSTODY,
        Finding.raised_on.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .group_by(Finding.category)
)
