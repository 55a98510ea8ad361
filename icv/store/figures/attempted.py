"""Custody visits attempted in a period: what detainees and waits at the door are counted of."""

from typing import Any

import sqlalchemy as sa

from icv.rules.days import Period
from icv.rules.visits import ATTEMPTED, VisitKind
from icv.store.figures.attempts import ARRIVED_IN_PERIOD, WEEK_ENDS_IN_PERIOD, instants
from icv.store.visits import Visit

IS_CUSTODY = Visit.kind == VisitKind.CUSTODY
WAS_ATTEMPTED = sa.and_(
    IS_CUSTODY,
    Visit.outcome.in_(ATTEMPTED),
    ARRIVED_IN_PERIOD | (Visit.arrived_at.is_(None) & WEEK_ENDS_IN_PERIOD),
)
"""By the local day of arrival, or the week's last day where that is not known."""


def bounds(period: Period) -> dict[str, Any]:
    """What stands for the period in such a question."""
    return {"first": period.first, "last": period.last, **instants(period)}
