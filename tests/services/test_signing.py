"""The other visitor's word on a filed report: given once, never changed, told to who should know."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.scheme import Choices
from icv.rules.signing import Answer, Signed
from icv.rules.visits import DutyState
from icv.services import reports
from icv.services.reports.word_letters import ask_for_words
from icv.store.letters import Letter
from icv.store.reports import report_seen_by
from icv.store.signing import beside, disagreements, reports_to_sign_seen_by, unsigned
from icv.store.trail import TrailEntry
from icv.store.visits import Addendum, Countersign, Duty
from tests.services.reports.conftest import Pair
from tests.workshop import NOW, TODAY, Workshop

LATER = NOW + timedelta(hours=1)


def address(path: str) -> str:
    return f"http://scheme{path}"


class Filed(Pair):
    def __init__(self, make: Workshop, *, is_signed_together: bool = False) -> None:
        super().__init__(make)
        self.coordinator = make.actor(Role.COORDINATOR)
        self.save_all()
        self.receipt = reports.file(
            self.session, self.visit.id, by=self.one, at=NOW, is_signed_together=is_signed_together
        )

    def sign(self, answer: Answer = Answer.AGREES, words: str = "") -> bool:
        return reports.countersign(
            self.session, self.visit.id, answer, words, by=self.other, at=LATER, page=address
        )

    def add(self, words: str, by: object = None) -> bool:  # type: ignore[override]
        who = by or self.other
        return reports.add_to_report(self.session, self.visit.id, words, by=who, at=LATER, page=address)  # type: ignore[arg-type]


@pytest.fixture
def filed(make: Workshop) -> Filed:
    return Filed(make)


def letters_to(session: Session, account_id: int) -> list[str]:
    return list(session.scalars(sa.select(Letter.subject).where(Letter.account_id == account_id)))


def test_a_report_waits_for_the_other_visitor_and_is_agreed_with_their_word(
    filed: Filed, session: Session
) -> None:
    said = beside(session, filed.visit.id)
    assert [one.person_id for one in said.awaited] == [filed.other.person_id]
    assert (said.awaits(filed.other), said.awaits(filed.one), said.signed_at) == (True, False, None)
    assert filed.sign()
    said = beside(session, filed.visit.id)
    assert (said.is_agreed, said.signed_at, said.awaited) == (True, LATER, ())
    assert [word.how for word in said.words] == [Signed.OWN]


def test_a_second_press_changes_nothing_and_another_word_is_refused(filed: Filed, session: Session) -> None:
    assert filed.sign()
    assert not filed.sign()
    with pytest.raises(reports.ReportError, match="stands"):
        filed.sign(Answer.DISAGREES, "It was another day")
    assert session.scalar(sa.select(sa.func.count()).select_from(Countersign)) == 1
    assert list(session.scalars(sa.select(TrailEntry.act))).count("countersign report") == 1


@pytest.mark.parametrize(
    ("answer", "words", "field"),
    [
        (Answer.ADDS, "", "words"),
        (Answer.DISAGREES, "  ", "words"),
        (Answer.AGREES, "but", "answer"),
        (Answer.ADDS, "a" * 4001, "words"),
    ],
)
def test_words_go_with_the_answer_that_needs_them(
    filed: Filed, answer: Answer, words: str, field: str
) -> None:
    with pytest.raises(reports.ReportError) as refused:
        filed.sign(answer, words)
    assert refused.value.field == field


def test_only_the_other_of_the_two_countersigns(filed: Filed, make: Workshop, session: Session) -> None:
    released = make.person()
    make.duty(filed.visit, released, state=DutyState.RELEASED)
    for actor, why in (
        (filed.one, "You sent this report"),
        (make.actor(Role.VOLUNTEER, person=released), "Only the two"),
        (make.actor(Role.VOLUNTEER, person=make.person()), "Only the two"),
        (filed.coordinator, "Only the two"),
    ):
        with pytest.raises(reports.ReportError, match=why):
            reports.countersign(session, filed.visit.id, Answer.AGREES, "", by=actor, at=NOW, page=address)


def test_nothing_is_signed_before_it_is_sent(make: Workshop, session: Session) -> None:
    pair = Pair(make)
    pair.save_all()
    assert beside(session, pair.visit.id).awaited == ()
    with pytest.raises(reports.ReportError, match="has been sent yet"):
        reports.countersign(session, pair.visit.id, Answer.AGREES, "", by=pair.other, at=NOW, page=address)


def test_signed_together_is_kept_with_the_filing_and_may_be_added_to(
    make: Workshop, session: Session
) -> None:
    filed = Filed(make, is_signed_together=True)
    said = beside(session, filed.visit.id)
    assert [(word.person_id, word.how) for word in said.words] == [(filed.other.person_id, Signed.TOGETHER)]
    assert said.is_agreed
    assert filed.add("I had not read it")
    assert [added.is_office for added in beside(session, filed.visit.id).addenda] == [False]


@pytest.mark.parametrize(
    ("answer", "words", "told"),
    [
        (Answer.DISAGREES, "We waited forty minutes", 1),
        (Answer.ADDS, "The light was out", 1),
        (Answer.AGREES, "", 0),
    ],
)
def test_their_own_word_takes_the_place_of_one_given_together_once_and_that_stays_on_record(
    make: Workshop, session: Session, answer: Answer, words: str, told: int
) -> None:
    filed = Filed(make, is_signed_together=True)
    assert (
        beside(session, filed.visit.id).may_still_say(filed.other),
        beside(session, filed.visit.id).may_still_say(filed.one),
    ) == (True, False)
    assert filed.sign(answer, words)
    assert not filed.sign(answer, words), "a second press"
    with pytest.raises(reports.ReportError, match="stands"):
        filed.sign(Answer.ADDS, "Something else")
    said = beside(session, filed.visit.id)
    (word,) = said.words
    assert (word.answer, word.how, word.words, word.made_at) == (answer, Signed.OWN, words, LATER)
    assert not said.may_still_say(filed.other)
    (kept,) = said.addenda
    assert kept.words.startswith("Signed together on ")
    assert filed.one.name in kept.words
    assert (kept.is_office, said.is_answered) == (False, answer is not Answer.DISAGREES)
    acts = sa.select(TrailEntry.details).where(TrailEntry.act == "countersign report").order_by(TrailEntry.id)
    _, replaced = session.scalars(acts).all()
    assert (replaced["replaced"], replaced["replaced_by"]) == ("together", filed.one.account_id)
    for reader in (filed.one, filed.coordinator):
        assert len(letters_to(session, reader.account_id)) == told


def test_a_word_from_paper_tells_the_partner_and_the_other_coordinators(
    filed: Filed, make: Workshop, session: Session
) -> None:
    colleague = make.actor(Role.COORDINATOR)
    assert filed.other.person_id
    reports.countersign_on_paper(
        session,
        filed.visit.id,
        filed.other.person_id,
        Answer.DISAGREES,
        "We waited forty minutes",
        by=filed.coordinator,
        at=LATER,
        page=address,
    )
    for reader in (filed.one, colleague):
        assert letters_to(session, reader.account_id) == [
            "A visitor does not agree with a part of a visit report"
        ]
    assert "forty" not in "".join(session.scalars(sa.select(Letter.body)))
    for knows in (filed.coordinator, filed.other):
        assert not letters_to(session, knows.account_id)
    ask_for_words(session, Choices(), address, LATER)
    signed_for = session.scalars(
        sa.select(Letter.body).where(Letter.account_id == filed.other.account_id)
    ).one()
    assert "The coordinator has entered from paper" in signed_for


def test_a_plain_yes_from_paper_tells_nobody_else(filed: Filed, session: Session) -> None:
    reports.countersign_on_paper(
        session,
        filed.visit.id,
        filed.other.person_id or 0,
        Answer.AGREES,
        "",
        by=filed.coordinator,
        at=LATER,
        page=address,
    )
    assert not session.scalars(sa.select(Letter.id)).all()


def test_what_is_added_within_an_hour_makes_one_letter_to_each_and_the_next_hour_another(
    filed: Filed, make: Workshop, session: Session
) -> None:
    colleague = make.actor(Role.COORDINATOR)
    hour = LATER.replace(minute=0)
    for minute in (0, 1, 30, 59):
        reports.add_to_report(
            session,
            filed.visit.id,
            f"Noted at minute {minute}",
            by=filed.other if minute % 2 else filed.coordinator,
            at=hour + timedelta(minutes=minute),
            page=address,
        )
    for reader in (filed.one, filed.other, filed.coordinator, colleague):
        assert letters_to(session, reader.account_id) == ["Something was added to a visit report"]
    goes_out = session.scalars(sa.select(Letter.not_before).distinct()).one()
    assert goes_out == hour + timedelta(hours=1), "after the last that it tells of"
    reports.add_to_report(
        session, filed.visit.id, "Later", by=filed.other, at=hour + timedelta(hours=1), page=address
    )
    assert len(letters_to(session, filed.one.account_id)) == 2


def test_the_partner_is_asked_once_and_not_when_they_have_signed(filed: Filed, session: Session) -> None:
    assert filed.other.account_id
    for hour in range(3):
        ask_for_words(session, Choices(), address, NOW + timedelta(hours=hour))
    asked = letters_to(session, filed.other.account_id)
    assert len(asked) == 1
    assert "read and countersign" in asked[0]
    assert not letters_to(session, filed.one.account_id)


def test_who_was_signed_for_is_told_once(make: Workshop, session: Session) -> None:
    filed = Filed(make, is_signed_together=True)
    for hour in range(3):
        ask_for_words(session, Choices(), address, NOW + timedelta(hours=hour))
    assert letters_to(session, filed.other.account_id) == [
        "A report was signed for you: your visit to Euston Street"
    ]
    body = session.scalars(sa.select(Letter.body)).one()
    assert "you may still say so" in body
    assert f"http://scheme/visits/{filed.visit.id}/report/countersign" in body


def test_a_disagreement_is_told_and_stands_out_until_the_office_answers(
    filed: Filed, session: Session
) -> None:
    filed.sign(Answer.DISAGREES, "We waited forty minutes")
    for reader in (filed.one, filed.coordinator):
        assert "does not agree" in letters_to(session, reader.account_id)[0]
    assert "forty" not in "".join(session.scalars(sa.select(Letter.body)))
    assert [one.is_open for one in disagreements(session, page=1, size=9)] == [True]
    filed.add("I maintain it")
    assert [one.is_open for one in disagreements(session, page=1, size=9)] == [True]
    filed.add("I have asked the custody inspector for the record", filed.coordinator)
    assert [one.is_open for one in disagreements(session, page=1, size=9)] == [False]


def test_addenda_have_no_end_and_are_told_once_to_the_others(filed: Filed, session: Session) -> None:
    filed.sign()
    assert filed.add("The cell light was out")
    assert not filed.add("The cell light was out ")
    assert letters_to(session, filed.one.account_id) == ["Something was added to a visit report"]
    assert letters_to(session, filed.coordinator.account_id) == ["Something was added to a visit report"]
    assert not letters_to(session, filed.other.account_id)
    assert session.scalars(sa.select(Addendum.words)).all() == ["The cell light was out"]


def test_reports_to_sign_are_listed_for_the_coordinator_and_the_visitor(
    filed: Filed, session: Session
) -> None:
    assert [one.visit_id for one in reports_to_sign_seen_by(session, filed.other, today=TODAY)] == [
        filed.visit.id
    ]
    assert reports_to_sign_seen_by(session, filed.one, today=TODAY) == []
    (line,) = unsigned(session, today=TODAY, page=1, size=9)
    assert (line.visit_id, len(line.awaited)) == (filed.visit.id, 1)
    assert unsigned(session, today=TODAY + timedelta(days=100), page=1, size=9) == []
    filed.sign()
    assert unsigned(session, today=TODAY, page=1, size=9) == []


def test_who_wrote_or_signed_reads_on_whoever_holds_the_visit(
    filed: Filed, make: Workshop, session: Session
) -> None:
    former = make.person()
    make.duty(filed.visit, former, state=DutyState.RELEASED)
    assert report_seen_by(session, make.actor(Role.VOLUNTEER, person=former), filed.visit.id) is None
    filed.sign()
    session.execute(sa.update(Duty).where(Duty.visit_id == filed.visit.id).values(state=DutyState.RELEASED))
    for actor in (filed.one, filed.other):
        assert report_seen_by(session, actor, filed.visit.id)
    with pytest.raises(reports.ReportError, match="Only the two"):
        filed.add("Something more", filed.other)


def test_who_released_a_duty_before_the_report_reads_nothing_though_they_began_it(
    make: Workshop, session: Session
) -> None:
    pair = Pair(make)
    pair.save_all()
    session.execute(
        sa.update(Duty).where(Duty.person_id == pair.one.person_id).values(state=DutyState.RELEASED)
    )
    assert report_seen_by(session, pair.one, pair.visit.id) is None
    pair.file(by=pair.other)
    assert report_seen_by(session, pair.one, pair.visit.id) is None
