"""What was good, in a quarterly return: as the visitors wrote it."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.store.figures.quarterly.counted import CUSTODY, came_in
from icv.store.suites import Suite
from icv.store.visits import Report, Visit


@dataclass(frozen=True, slots=True)
class Positive:
    """What visitors wrote was good, of one report."""

    report_id: int
    suite: str
    words: str


def positives(session: Session, period: Period, most: int) -> tuple[Positive, ...]:
    words = Report.content["remarks"]["positives"].as_string()
    rows = session.execute(
        sa.select(Report.id, Suite.name, words)
        .join(Visit, Visit.id == Report.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(CUSTODY, Report.filed_at.is_not(None), came_in(period), words != "")
        .order_by(Suite.name, Report.id)
        .limit(most)
    )
    return tuple(Positive(*row) for row in rows)
