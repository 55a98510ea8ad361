"""Countersigning and addenda through real pages, on the partner's own phone."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.signing import Answer, Signed
from icv.store.visits import Addendum, Countersign
from tests.web.browser import Browser
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
    assert two.bo.get(f"{two.path}/countersign").path == two.path
    two.bo.follow("Add to this report").send({"words": "I read it only now"})
    assert "I read it only now" in two.bo.text


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
