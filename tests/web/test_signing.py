"""Countersigning and addenda through real pages, on the partner's own phone."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.signing import Answer, Signed
from icv.store.visits import Addendum, Countersign
from tests.web.browser import Browser
from tests.web.test_receiving import EMPTY_SUITE, TwoPhones
from tests.web.test_reports import TwoVisitors
from tests.workshop import Workshop

Browse = Callable[..., Browser]


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> TwoVisitors:
    return TwoVisitors(make, browse_as)


@pytest.fixture
def filed(two: TwoVisitors) -> TwoVisitors:
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    return two


def words_of(session: Session) -> list[tuple[Answer, Signed, str]]:
    rows = session.execute(sa.select(Countersign.answer, Countersign.how, Countersign.words))
    return [(row[0], row[1], row[2]) for row in rows]


def test_the_partner_reads_the_report_and_countersigns(filed: TwoVisitors, session: Session) -> None:
    assert "Bo Lowe has not countersigned it yet" in filed.ann.get(filed.path).text
    filed.bo.get(filed.path).follow("Read and countersign")
    assert "Nobody was in custody" in filed.bo.text
    filed.bo.send({"answer": "agrees"}, button="Countersign")
    assert "Signed by both on" in filed.bo.text
    assert "Bo Lowe agrees with the report" in filed.ann.get(filed.path).text
    assert words_of(session) == [(Answer.AGREES, Signed.OWN, "")]


def test_back_and_again_signs_nothing_twice(filed: TwoVisitors, session: Session) -> None:
    path = f"{filed.path}/countersign"
    filed.bo.get(path).send({"answer": "agrees"}, button="Countersign")
    filed.bo.post(path, {"answer": "agrees"})
    assert "You had said so already" in filed.bo.html
    filed.bo.post(path, {"answer": "disagrees", "words": "It was noon"}, status=422)
    assert "stands. Add to the report instead" in filed.bo.text
    assert "It was noon" in filed.bo.html
    assert filed.bo.get(path).path == filed.path
    assert len(words_of(session)) == 1


def test_a_disagreement_needs_words_and_keeps_what_was_chosen(filed: TwoVisitors, session: Session) -> None:
    filed.bo.get(f"{filed.path}/countersign").send({"answer": "disagrees"}, status=422)
    assert "Write what you do not agree with" in filed.bo.text
    filed.bo.send({"words": "We waited forty minutes at the gate"})
    assert "does not agree with a part of this report" in filed.ann.get(filed.path).text
    assert "forty minutes" in filed.ann.text
    assert words_of(session)[0][0] is Answer.DISAGREES


def test_words_that_may_name_somebody_are_pointed_out_and_may_be_kept(
    filed: TwoVisitors, session: Session
) -> None:
    filed.bo.get(f"{filed.path}/addendum").send({"words": "Mr Smith in cell 4 was cold"}, status=422)
    assert "Mr Smith" in filed.bo.html
    assert not session.scalars(sa.select(Addendum.id)).all()
    filed.bo.send({"is_looked_over": "y"})
    assert "Mr Smith in cell 4 was cold" in filed.ann.get(filed.path).text


def test_signed_together_is_one_tick_when_sending(two: TwoVisitors, session: Session) -> None:
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/check")
    assert "Only if Bo Lowe has read all of it" in two.ann.text
    two.ann.send({"together": "y"}, button="Send the report")
    assert "Signed by both on" in two.ann.text
    assert words_of(session) == [(Answer.AGREES, Signed.TOGETHER, "")]
    assert two.ann.get(f"{two.path}/countersign").path == two.path
    two.bo.get(two.path).follow("Add to this report").send({"words": "I read it only now"})
    assert "I read it only now" in two.bo.text


def test_who_was_signed_for_says_their_own_word_on_the_page_and_once(
    two: TwoVisitors, session: Session
) -> None:
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/check").send({"together": "y"}, button="Send the report")
    assert "say your own word on it" not in two.ann.text
    two.bo.get(two.path).follow("say your own word on it")
    assert "It was sent as signed together with you" in two.bo.text
    two.bo.send({"answer": "disagrees"}, status=422)
    assert "It was sent as signed together with you" in two.bo.text
    two.bo.send({"words": "We waited forty minutes"})
    assert "Bo Lowe does not agree with a part of this report" in two.bo.text
    assert "then Bo Lowe gave their own word: Bo Lowe does not agree" in two.ann.get(two.path).text
    assert "say your own word on it" not in two.bo.get(two.path).text
    assert two.bo.get(f"{two.path}/countersign").path == two.path
    assert words_of(session) == [(Answer.DISAGREES, Signed.OWN, "We waited forty minutes")]


def test_the_sender_and_strangers_have_no_countersigning_page(
    filed: TwoVisitors, make: Workshop, browse_as: Browse
) -> None:
    assert filed.ann.get(f"{filed.path}/countersign").path == filed.path
    filed.ann.post(f"{filed.path}/countersign", {"answer": "agrees"}, status=422)
    assert "You sent this report" in filed.ann.text
    stranger = browse_as(Role.VOLUNTEER, person=make.person())
    for path in ("countersign", "addendum"):
        stranger.get(f"{filed.path}/{path}", status=404)
        stranger.post(f"{filed.path}/{path}", {"answer": "agrees", "words": "x"}, status=404)
    browse_as(Role.COORDINATOR).get(f"{filed.path}/countersign", status=403)


def test_nothing_can_be_said_beside_a_report_that_is_not_sent(two: TwoVisitors) -> None:
    for path in ("countersign", "addendum"):
        assert two.bo.get(f"{two.path}/{path}").path == two.path
        assert two.bo.post(f"{two.path}/{path}", {"answer": "agrees", "words": "x"}).path == two.path


@pytest.fixture
def office(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def test_the_coordinator_sees_who_has_not_signed_and_enters_it_from_paper(
    filed: TwoVisitors, office: Browser, session: Session
) -> None:
    office.get("/visits/").follow("Not countersigned")
    assert "V001" in office.text
    assert "Bo Lowe" in office.text
    office.follow("V001").follow("Bo Lowe signed on paper")
    office.send({"answer": "adds"}, status=422)
    office.send({"words": "The shower was out of use"})
    assert "The shower was out of use" in office.text
    assert "on paper, entered by the coordinator" in office.text
    assert words_of(session) == [(Answer.ADDS, Signed.ON_PAPER, "The shower was out of use")]
    assert "V001" not in office.get("/visits/unsigned").text


def test_a_disagreement_is_listed_until_the_office_adds_to_the_report(
    filed: TwoVisitors, office: Browser
) -> None:
    filed.bo.get(f"{filed.path}/countersign").send({"answer": "disagrees", "words": "It was cold"})
    office.get("/visits/disagreements").follow("V001")
    assert "does not agree with a part of this report" in office.text
    office.follow("Add to this report").send({"words": "I have asked for the log"})
    assert "Ask them both" not in office.text
    assert "answered" in office.get("/visits/disagreements").text
    assert "I have asked for the log" in filed.bo.get(filed.path).text
    assert "Raise a finding on this visit" in office.get(f"/visits/{filed.visit.id}").text


def test_the_office_cannot_sign_for_who_sent_it_or_was_not_there(
    filed: TwoVisitors, office: Browser, make: Workshop
) -> None:
    ann, stranger = filed.people[0].id, make.person().id
    for person_id in (ann, stranger):
        office.get(f"/visits/{filed.visit.id}/countersign/{person_id}", status=404)
    filed.ann.get(f"/visits/{filed.visit.id}/addendum", status=403)


def test_lists_of_words_ask_no_more_for_more_reports(
    filed: TwoVisitors, office: Browser, make: Workshop, browse_as: Browse
) -> None:
    few = len(office.get("/visits/unsigned").queries)
    another = TwoVisitors.__new__(TwoVisitors)
    another.people = [make.person(), make.person()]
    another.visit = make.visit(make.suite(), *another.people, reference="V002")
    another.ann = browse_as(Role.VOLUNTEER, person=another.people[0])
    another.path = f"/visits/{another.visit.id}/report"
    another.fill_in(another.ann)
    another.ann.get(f"{another.path}/check").send(button="Send the report")
    assert len(office.get("/visits/unsigned").queries) == few
    assert "V002" in office.text


def test_a_visitor_finds_what_to_countersign_among_their_duties(filed: TwoVisitors) -> None:
    filed.bo.get("/duties/").follow("Read and countersign")
    assert filed.bo.heading == "Countersign the report"
    assert "countersign" not in filed.ann.get("/duties/").text


def test_a_phone_says_that_both_signed_and_saying_it_again_signs_nothing_twice(
    make: Workshop, browse_as: Browse, session: Session
) -> None:
    phones = TwoPhones(make, browse_as)
    key = "6f1f8f9e-0000-4000-8000-0000000000aa"
    for _ in range(2):
        assert phones.ann.submit(EMPTY_SUITE, submission=key, together=True)["reference"]
    assert words_of(session) == [(Answer.AGREES, Signed.TOGETHER, "")]
    otherwise = {**EMPTY_SUITE, "remarks": {"other": "A smell of gas", "saw_serious": "no"}}
    assert phones.bo.submit(otherwise, together=True)["kept_apart"]
    assert len(words_of(session)) == 1, "a copy kept apart signs nothing"
