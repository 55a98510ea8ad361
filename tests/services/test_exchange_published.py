"""Importing over a finding that the public reads: taken up again, it leaves the page for good."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.findings import EventKind
from icv.services.findings.publishing import TAKEN_UP_AGAIN
from icv.store.findings import Finding, FindingEvent, PublishedFinding
from icv.store.trail import TrailEntry
from tests.services.sheets import FINDING, SUITE, VISIT, Files
from tests.workshop import NOW

PUT = {**FINDING, "state": "awaiting_reply", "due_on": "2023-12-20"}
CLOSED = {**FINDING, "state": "closed", "replied_on": "2023-12-10", "closed_on": "2023-12-12"}


@pytest.fixture
def files(session: Session, tmp_path: Path) -> Files:
    """With one finding that is closed, and published."""
    files = Files(session, tmp_path)
    files.take("suites", SUITE)
    files.take("visits", VISIT)
    files.take("findings", CLOSED)
    finding_id = session.scalars(sa.select(Finding.id)).one()
    words = {"comment": "The cells were cold", "reply": "The boiler is mended"}
    session.add(PublishedFinding(finding_id=finding_id, **words, published_on=date(2024, 1, 2)))
    session.flush()
    return files


def withdrawn_on(session: Session) -> date | None:
    session.expire_all()
    return session.scalars(sa.select(PublishedFinding.withdrawn_on)).one()


@pytest.mark.parametrize("meanwhile", [{**CLOSED, "state": "reopened"}, PUT], ids=["reopened", "put again"])
def test_taken_up_again_by_an_import_it_stays_withdrawn(
    files: Files, session: Session, meanwhile: dict[str, str]
) -> None:
    files.take("findings", meanwhile, update=True)
    assert withdrawn_on(session) == london_day(NOW)
    files.take("findings", CLOSED, update=True)
    assert withdrawn_on(session) == london_day(NOW), "another answer brought the old words back unread"
    notes = sa.select(FindingEvent.text).where(FindingEvent.kind == EventKind.NOTE)
    assert session.scalars(notes).all() == [TAKEN_UP_AGAIN]
    assert session.scalars(sa.select(TrailEntry.act)).all().count("withdraw published finding") == 1


def test_a_correction_of_an_answered_one_leaves_it_published(files: Files, session: Session) -> None:
    files.take("findings", {**CLOSED, "category": "welfare"}, update=True)
    files.take("findings", {**CLOSED, "state": "replied"}, update=True)
    assert withdrawn_on(session) is None
