"""Words beside a report said at once, on real databases: each stands once."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.signing import Answer, Signed
from icv.services import reports
from icv.store.engine import writing
from icv.store.letters import Letter
from icv.store.visits import Addendum, Countersign, Report
from tests.services.at_once import gave_at_once
from tests.services.reports.conftest import Pair
from tests.services.test_signing import Filed, address
from tests.workshop import NOW, Workshop

LATER = NOW + timedelta(hours=1)


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


def test_four_presses_at_once_are_one_word(apart: sa.Engine) -> None:
    filed = Committed(apart)
    gave = gave_at_once(apart, *[filed.signs(Answer.DISAGREES, "Not so")] * 4)
    assert sorted(map(str, gave)) == ["False", "False", "False", "True"]
    assert count(apart, Countersign.report_id) == 1
    assert count(apart, Letter.id) == 2, "one to the coordinator and one to the partner"


def test_of_two_words_at_once_the_first_stands(apart: sa.Engine) -> None:
    filed = Committed(apart)
    gave = gave_at_once(apart, filed.signs(Answer.AGREES), filed.signs(Answer.DISAGREES, "Not so"))
    assert sorted(type(one).__name__ for one in gave) == ["ReportError", "bool"]
    assert count(apart, Countersign.report_id) == 1


def test_of_two_own_words_at_once_one_takes_the_place_of_that_given_together(apart: sa.Engine) -> None:
    filed = Committed(apart, is_signed_together=True)
    gave = gave_at_once(apart, filed.signs(Answer.ADDS, "Cold"), filed.signs(Answer.DISAGREES, "Not so"))
    assert sorted(type(one).__name__ for one in gave) == ["ReportError", "bool"]
    assert count(apart, Addendum.id) == 1
    with Session(apart) as session:
        assert session.scalars(sa.select(Countersign.how)).one() is Signed.OWN


def test_own_word_and_one_from_paper_at_once_are_one(apart: sa.Engine) -> None:
    filed = Committed(apart)

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

    gave_at_once(apart, enters, filed.signs(Answer.AGREES))
    with Session(apart) as session:
        assert session.scalars(sa.select(Countersign.how)).one() in {Signed.OWN, Signed.ON_PAPER}


def test_signing_while_the_partner_sends_again_and_both_add(apart: sa.Engine) -> None:
    filed = Committed(apart)

    def sends(session: Session) -> object:
        return reports.file(session, filed.visit_id, by=filed.one, at=LATER, is_signed_together=True)

    gave = gave_at_once(
        apart,
        sends,
        filed.signs(Answer.ADDS, "The light"),
        filed.adds("Cold", filed.one),
        filed.adds("Cold", filed.other),
        filed.adds("Cold", filed.one),
    )
    assert isinstance(gave[0], reports.Receipt)
    assert not gave[0].is_new
    assert count(apart, Report.id) == 1
    with Session(apart) as session:
        assert session.scalars(sa.select(Countersign.answer)).all() == [Answer.ADDS]
        assert session.scalars(sa.select(Addendum.words)).all() == ["Cold", "Cold"], "one of each"


def test_the_pair_filing_while_the_office_enters_the_paper_makes_one_report(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        pair, office = Pair(make), make.actor(Role.COORDINATOR)
        pair.save_all()
        session.commit()
        visit_id, one = pair.visit.id, pair.one
    gave = gave_at_once(
        apart,
        lambda session: reports.file(session, visit_id, by=one, at=NOW),
        lambda session: reports.file_from_paper(session, visit_id, by=office, at=NOW),
    )
    assert sum(isinstance(answer, reports.Receipt) and answer.is_new for answer in gave) == 1
    assert count(apart, Report.id) == 1
