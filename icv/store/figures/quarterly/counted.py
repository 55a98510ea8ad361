"""Which visits a quarterly return counts, and in which quarter."""

import sqlalchemy as sa

from icv.rules.days import Period
from icv.rules.visits import VisitKind
from icv.store.visits import Visit

CUSTODY = Visit.kind == VisitKind.CUSTODY


def came_in(period: Period) -> sa.ColumnElement[bool]:
    """By the day of arrival, or the week's last day while that is not known."""
    return ((Visit.arrived_at >= period.starts_at()) & (Visit.arrived_at < period.ends_at())) | (
        Visit.arrived_at.is_(None) & Visit.week_ends_on.between(period.first, period.last)
    )
