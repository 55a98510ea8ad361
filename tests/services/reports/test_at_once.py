"""Two visitors at once, on real databases: one report comes of it, and each sees the same."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.report import Arrival, FindingNote, FindingsNote, Remarks, Section, Settled, SuiteNote
from icv.services import reports
from icv.store.engine import writing
from icv.store.findings import Finding
from icv.store.reports import saved_parts
from icv.store.visits import Report
from tests.services.at_once import gave_at_once
from tests.services.reports.conftest import COMPLETED, EMPTY_SUITE, Pair
from tests.workshop import NOW, Workshop

MANY = 4


def ready_pair(session: Session) -> tuple[int, list[Actor]]:
    make = Workshop(session)
    make.account(Role.COORDINATOR)
    pair = Pair(make)
    pair.save(Arrival(**COMPLETED), Section.ARRIVAL)
    pair.save(EMPTY_SUITE, Section.COUNTS)
    pair.save(SuiteNote(), Section.SUITE)
    pair.add(
        FindingNote(category="welfare", detail="Cold", settled=Settled.NEEDS_REPLY, is_serious=True),
        "finding",
    )
    pair.save(Remarks(saw_serious=True), Section.REMARKS)
    session.commit()
    return pair.visit.id, [pair.one, pair.other]


def test_both_sending_at_once_make_one_report(apart: sa.Engine) -> None:
    with writing(apart) as session:
        visit_id, pair = ready_pair(session)
    sent = gave_at_once(
        apart,
        *[lambda session, by=by: reports.file(session, visit_id, by=by, at=NOW) for by in pair * (MANY // 2)],
    )
    receipts = [receipt for receipt in sent if isinstance(receipt, reports.Receipt)]
    assert len(receipts) == MANY, sent
    assert len({receipt.reference for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    with Session(apart) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 1


def test_both_beginning_at_once_share_one_draft(apart: sa.Engine) -> None:
    with writing(apart) as session:
        pair = Pair(Workshop(session))
        session.commit()
        visit_id, two = pair.visit.id, [pair.one, pair.other]

    def begin(section: Section, by: Actor) -> Callable[[Session], None]:
        part = {Section.REMARKS: Remarks(), Section.FINDINGS: FindingsNote(nothing_to_raise=True)}[section]
        return lambda session: reports.save(session, visit_id, section, part, version=0, by=by, at=NOW)

    saved = gave_at_once(apart, begin(Section.REMARKS, two[0]), begin(Section.FINDINGS, two[1]))
    assert saved == [None, None]
    with Session(apart) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1
        assert set(saved_parts(session, visit_id)) == {Section.REMARKS, Section.FINDINGS}


def test_of_two_saving_the_same_section_one_is_told(apart: sa.Engine) -> None:
    with writing(apart) as session:
        pair = Pair(Workshop(session))
        session.commit()
        visit_id, two = pair.visit.id, [pair.one, pair.other]
    saved = gave_at_once(
        apart,
        *[
            lambda session, by=by: reports.save(
                session, visit_id, "remarks", Remarks(other=by.name), version=0, by=by, at=NOW
            )
            for by in two
        ],
    )
    assert sorted(type(one).__name__ for one in saved) == ["Clash", "NoneType"]
