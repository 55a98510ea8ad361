"""Custody visits attempted in a period: what detainees and waits at the door are counted of."""

from typing import Any

import sqlalchemy as sa

from icv.rules.days import Period
from icv.rules.visits import ATTEMPTED, VisitKind
from icv.store.figures.attempts import ARRIVED_IN_PERIOD, IS_CUSTODY, WEEK_ENDS_IN_PERIOD, instants
from icv.store.findings import Finding
from icv.store.visits import Visit

# Written into the statement, as the index of these few visits has it: it serves no other question.
_OF_ANOTHER_KIND = sa.select(Visit.id).where(
    Visit.kind != sa.literal(VisitKind.CUSTODY, Visit.kind.type, literal_execute=True)
)
AT_CUSTODY_VISIT = Finding.visit_id.not_in(_OF_ANOTHER_KIND)
"""Of a finding. The few others are read once, where the visit of each finding would be looked up."""
WAS_ATTEMPTED = sa.and_(
    IS_CUSTODY,
    Visit.outcome.in_(ATTEMPTED),
    ARRIVED_IN_PERIOD | (Visit.arrived_at.is_(None) & WEEK_ENDS_IN_PERIOD),
)
"""By the local day of arrival, or the week's last day where that is not known."""


def _attempted() -> sa.Subquery:
    """Both sorts of days one after the other: asked at once, SQLite looks each visit up among those found."""
    known, unknown = ARRIVED_IN_PERIOD, Visit.arrived_at.is_(None) & WEEK_ENDS_IN_PERIOD
    visits = sa.select(Visit.id, Visit.in_custody).where(IS_CUSTODY, Visit.outcome.in_(ATTEMPTED))
    return sa.union_all(visits.where(known), visits.where(unknown)).subquery("attempted")


ATTEMPTED_VISITS = _attempted()
"""Those for which WAS_ATTEMPTED holds, for what is joined to them."""


def bounds(period: Period) -> dict[str, Any]:
    """What stands for the period in such a question."""
    return {"first": period.first, "last": period.last, **instants(period)}
