"""The figures of a period, held to a slow count by hand on made-up records, and to their edges one by one."""

from datetime import date

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures import Figures
from icv.rules.scheme import Choices
from icv.store.everything import METADATA
from icv.store.figures import figures
from tests.store.by_hand import Ledger, Record
from tests.store.drawn import DAYS, schemes
from tests.thorough import examples


@examples(40)
@given(records=schemes(), days=st.tuples(DAYS, DAYS).map(sorted), as_of=DAYS)
def test_the_database_counts_as_one_would_by_hand(
    session: Session, records: dict[str, list[Record]], days: list[date], as_of: date
) -> None:
    period = Period(*days)
    with session.begin_nested() as kept:
        for table, rows in records.items():
            if rows:
                session.execute(sa.insert(METADATA.tables[table]), rows)
        found = figures(session, period, as_of=as_of, choices=Choices())
        kept.rollback()
    assert found.as_json() == Ledger(records, period.first, period.last, as_of).figures()
    assert_parts_make_wholes(found)


def assert_parts_make_wholes(found: Figures) -> None:
    visits = found.visits
    assert sum(suite.scheduled for suite in found.suites) == visits.scheduled
    assert sum(suite.completed for suite in found.suites) == visits.completed
    assert sum(visits.by_mode.values()) == visits.attempted
    assert (
        visits.completed + visits.missed + visits.overdue_report + visits.cancelled_late <= visits.scheduled
    )
    assert sum(found.findings.by_category.values()) == found.findings.raised
    volunteers = found.volunteers
    assert volunteers.opening + volunteers.joined - volunteers.left == volunteers.closing
