"""Words beside a report said at once, on real databases: each stands once."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.signing import Answer, Signed
from icv.services import reports
from icv.store.engine import open_engine, writing
from icv.store.letters import Letter
from icv.store.visits import Addendum, Countersign, Report
from tests.services.reports.conftest import Pair
from tests.services.test_reports_at_once import at_once
from tests.services.test_signing import Filed, address
from tests.workshop import NOW, Workshop

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def own_engine(upgraded_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(upgraded_url)
    yield engine
    engine.dispose()


class Committed:
    def __init__(self, engine: sa.Engine, *, is_signed_together: bool = False) -> None:
        with writing(engine) as session:
            filed = Filed(Workshop(session), is_signed_together=is_signed_together)
            session.commit()
            self.visit_id, self.one, self.other = filed.visit.id, filed.one, filed.other
            self.coordinator = filed.coordinator

    def signs(self, answer: Answer, words: str = "") -> Callable[[Session], object]:
        return lambda session: reports.countersign(
            session, self.visit_id, answer, words, by=self.other, at=LATER, page=address
        )

    def adds(self, words: str, by: Actor) -> Callable[[Session], object]:
        return lambda session: reports.add_to_report(
            session, self.visit_id, words, by=by, at=LATER, page=address
        )


def count(engine: sa.Engine, column: sa.ColumnElement[int]) -> int:
    with Session(engine) as session:
        return session.scalar(sa.select(sa.func.count(column))) or 0


def test_four_presses_at_once_are_one_word(own_engine: sa.Engine) -> None:
    filed = Committed(own_engine)
    gave = at_once(own_engine, [filed.signs(Answer.DISAGREES, "Not so")] * 4)
    assert sorted(map(str, gave)) == ["False", "False", "False", "True"]
    assert count(own_engine, Countersign.report_id) == 1
    assert count(own_engine, Letter.id) == 2, "one to the coordinator and one to the partner"


def test_of_two_words_at_once_the_first_stands(own_engine: sa.Engine) -> None:
    filed = Committed(own_engine)
    gave = at_once(own_engine, [filed.signs(Answer.AGREES), filed.signs(Answer.DISAGREES, "Not so")])
    assert sorted(type(one).__name__ for one in gave) == ["ReportError", "bool"]
    assert count(own_engine, Countersign.report_id) == 1


def test_of_two_own_words_at_once_one_takes_the_place_of_that_given_together(own_engine: sa.Engine) -> None:
    filed = Committed(own_engine, is_signed_together=True)
    gave = at_once(own_engine, [filed.signs(Answer.ADDS, "Cold"), filed.signs(Answer.DISAGREES, "Not so")])
    assert sorted(type(one).__name__ for one in gave) == ["ReportError", "bool"]
    assert count(own_engine, Addendum.id) == 1
    with Session(own_engine) as session:
        assert session.scalars(sa.select(Countersign.how)).one() is Signed.OWN


def test_own_word_and_one_from_paper_at_once_are_one(own_engine: sa.Engine) -> None:
    filed = Committed(own_engine)

    def enters(session: Session) -> object:
        person_id = filed.other.person_id or 0
        return reports.countersign_on_paper(
            session,
            filed.visit_id,
            person_id,
            Answer.AGREES,
            "",
            by=filed.coordinator,
            at=LATER,
            page=address,
        )

    at_once(own_engine, [enters, filed.signs(Answer.AGREES)])
    with Session(own_engine) as session:
        assert session.scalars(sa.select(Countersign.how)).one() in {Signed.OWN, Signed.ON_PAPER}


def test_signing_while_the_partner_sends_again_and_both_add(own_engine: sa.Engine) -> None:
    filed = Committed(own_engine)

    def sends(session: Session) -> object:
        return reports.file(session, filed.visit_id, by=filed.one, at=LATER, is_signed_together=True)

    gave = at_once(
        own_engine,
        [
            sends,
            filed.signs(Answer.ADDS, "The light"),
            filed.adds("Cold", filed.one),
            filed.adds("Cold", filed.other),
            filed.adds("Cold", filed.one),
        ],
    )
    assert isinstance(gave[0], reports.Receipt)
    assert not gave[0].is_new
    assert count(own_engine, Report.id) == 1
    with Session(own_engine) as session:
        assert session.scalars(sa.select(Countersign.answer)).all() == [Answer.ADDS]
        assert session.scalars(sa.select(Addendum.words)).all() == ["Cold", "Cold"], "one of each"


def test_the_pair_filing_while_the_office_enters_the_paper_makes_one_report(own_engine: sa.Engine) -> None:
    with writing(own_engine) as session:
        make = Workshop(session)
        pair, office = Pair(make), make.actor(Role.COORDINATOR)
        pair.save_all()
        session.commit()
        visit_id, one = pair.visit.id, pair.one
    gave = at_once(
        own_engine,
        [
            lambda session: reports.file(session, visit_id, by=one, at=NOW),
            lambda session: reports.file_from_paper(session, visit_id, by=office, at=NOW),
        ],
    )
    assert sum(isinstance(answer, reports.Receipt) and answer.is_new for answer in gave) == 1
    assert count(own_engine, Report.id) == 1
