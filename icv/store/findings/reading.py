"""What a finding says to visitors and coordinators alike, with its suite and its week."""

from typing import Any

import sqlalchemy as sa

from icv.store.findings.tables import Finding
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Visit


def reading(*more: Any) -> sa.Select[*tuple[Any, ...]]:
    """`more` are columns for this reader alone."""
    return (
        sa.select(
            Finding.id,
            Finding.reference,
            Finding.visit_id,
            PLACE_OF_VISIT.label("suite"),
            Visit.week_starts_on,
            Visit.week_ends_on,
            Finding.category,
            Finding.state,
            Finding.is_serious,
            Finding.detail,
            Finding.put_right_by,
            Finding.raised_on,
            Finding.put_on,
            Finding.due_on,
            *more,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
    )
