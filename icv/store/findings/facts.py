"""Single facts of a finding, as acts ask for them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.findings.tables import Finding, FindingTheme
from icv.store.suites import Suite
from icv.store.visits import Visit


def themes_of(session: Session, finding_id: int) -> frozenset[str]:
    return frozenset(
        session.scalars(sa.select(FindingTheme.theme).where(FindingTheme.finding_id == finding_id))
    )


def suite_of(session: Session, finding_id: int) -> str:
    """The name of the suite; the finding is on record."""
    return session.scalars(
        sa.select(Suite.name)
        .join(Visit, Visit.suite_id == Suite.id)
        .join(Finding, Finding.visit_id == Visit.id)
        .where(Finding.id == finding_id)
    ).one()
