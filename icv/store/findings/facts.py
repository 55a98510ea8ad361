"""Single facts of findings."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.findings.tables import Finding, FindingTheme
from icv.store.suites import Suite
from icv.store.visits import Visit


def themes_of(session: Session, finding_id: int) -> frozenset[str]:
    return frozenset(
        session.scalars(sa.select(FindingTheme.theme).where(FindingTheme.finding_id == finding_id))
    )


def visit_with_reference(session: Session, reference: str) -> int | None:
    """The number of the visit, whatever the case of the letters."""
    return session.scalars(
        sa.select(Visit.id).where(sa.func.lower(Visit.reference) == reference.lower()).limit(1)
    ).first()


def details_of(session: Session, finding_ids: Collection[int]) -> dict[int, str]:
    """What was seen, by finding."""
    rows = session.execute(sa.select(Finding.id, Finding.detail).where(Finding.id.in_(finding_ids)))
    return {finding_id: detail for finding_id, detail in rows}  # noqa: C416  dict() loses the types


def details_at(session: Session, visit_id: int) -> dict[str, str]:
    """What was seen on a visit, by the reference of the finding."""
    rows = session.execute(sa.select(Finding.reference, Finding.detail).where(Finding.visit_id == visit_id))
    return {reference: detail for reference, detail in rows}  # noqa: C416  dict() loses the types


def suite_of(session: Session, finding_id: int) -> str:
    """The name of the suite; the finding is on record."""
    return session.scalars(
        sa.select(Suite.name)
        .join(Visit, Visit.suite_id == Suite.id)
        .join(Finding, Finding.visit_id == Visit.id)
        .where(Finding.id == finding_id)
    ).one()
