"""Two visitors at once, on real databases: one report comes of it, and each sees the same."""

from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from typing import TypeVar

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.report import Arrival, FindingNote, FindingsNote, Remarks, Section, Settled, SuiteNote
from icv.services import reports
from icv.store.engine import open_engine, writing
from icv.store.findings import Finding
from icv.store.reports import saved_parts
from icv.store.visits import Report
from tests.services.reports.conftest import COMPLETED, EMPTY_SUITE, Pair
from tests.workshop import NOW, Workshop

Answer = TypeVar("Answer")
MANY = 4


@pytest.fixture
def own_engine(upgraded_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(upgraded_url)
    yield engine
    engine.dispose()


def at_once(engine: sa.Engine, acts: list[Callable[[Session], Answer]]) -> list[Answer | ValueError]:
    """What each act gave, or how it was refused; each in its own thread, session and transaction."""
    start, gave = Barrier(len(acts)), {}

    def run(number: int, act: Callable[[Session], Answer]) -> None:
        start.wait()
        try:
            with writing(engine) as session:
                gave[number] = act(session)
                session.commit()
        except ValueError as refusal:
            gave[number] = refusal

    threads = [Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [gave[number] for number in range(len(acts))]


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


def test_both_sending_at_once_make_one_report(own_engine: sa.Engine) -> None:
    with writing(own_engine) as session:
        visit_id, pair = ready_pair(session)
    sent = at_once(
        own_engine,
        [lambda session, by=by: reports.file(session, visit_id, by=by, at=NOW) for by in pair * (MANY // 2)],
    )
    receipts = [receipt for receipt in sent if isinstance(receipt, reports.Receipt)]
    assert len(receipts) == MANY, sent
    assert len({receipt.reference for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    with Session(own_engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 1


def test_both_beginning_at_once_share_one_draft(own_engine: sa.Engine) -> None:
    with writing(own_engine) as session:
        pair = Pair(Workshop(session))
        session.commit()
        visit_id, two = pair.visit.id, [pair.one, pair.other]

    def begin(section: Section, by: Actor) -> Callable[[Session], None]:
        part = {Section.REMARKS: Remarks(), Section.FINDINGS: FindingsNote(nothing_to_raise=True)}[section]
        return lambda session: reports.save(session, visit_id, section, part, version=0, by=by, at=NOW)

    saved = at_once(own_engine, [begin(Section.REMARKS, two[0]), begin(Section.FINDINGS, two[1])])
    assert saved == [None, None]
    with Session(own_engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1
        assert set(saved_parts(session, visit_id)) == {Section.REMARKS, Section.FINDINGS}


def test_of_two_saving_the_same_section_one_is_told(own_engine: sa.Engine) -> None:
    with writing(own_engine) as session:
        pair = Pair(Workshop(session))
        session.commit()
        visit_id, two = pair.visit.id, [pair.one, pair.other]
    saved = at_once(
        own_engine,
        [
            lambda session, by=by: reports.save(
                session, visit_id, "remarks", Remarks(other=by.name), version=0, by=by, at=NOW
            )
            for by in two
        ],
    )
    assert sorted(type(one).__name__ for one in saved) == ["Clash", "NoneType"]
