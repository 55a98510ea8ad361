"""A report that waited on a phone while its visit became somebody else's: the coordinator gets it, once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.signing import SubmissionState
from icv.rules.visits import DutyState, Outcome
from icv.store.accounts import Account
from icv.store.letters import Letter
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Report, Submission
from tests.web.browser import Browser
from tests.web.phone import Phone
from tests.web.test_receiving import EMPTY_SUITE, TwoPhones, part, two
from tests.workshop import NOW, TODAY, Workshop

__all__ = ["two"]

THEIRS = {**EMPTY_SUITE, "remarks": {"positives": "Kind words of Bo's", "saw_serious": "no"}}


@pytest.fixture
def lost(two: TwoPhones, session: Session) -> Phone:
    """Ann's phone, after her place has been given away."""
    return _lose(two, session)


def _lose(two: TwoPhones, session: Session, state: DutyState = DutyState.RELEASED) -> Phone:
    duty = session.scalars(sa.select(Duty).where(Duty.person_id == two.people[0].id)).one()
    duty.become(state, "given to somebody else", at=NOW)
    session.commit()
    return two.ann


def _kept(session: Session) -> list[tuple[Any, ...]]:
    columns = Submission.state, Submission.is_after_duty, Submission.content
    return [tuple(row) for row in session.execute(sa.select(*columns).order_by(Submission.id))]


@pytest.mark.parametrize("state", [DutyState.RELEASED, DutyState.DECLINED])
def test_it_is_kept_for_the_coordinator_and_the_phone_gets_its_receipt(
    two: TwoPhones, session: Session, state: DutyState
) -> None:
    name, phone = str(uuid4()), _lose(two, session, state)
    told = phone.submit(EMPTY_SUITE, submission=name)
    assert (told["submission"], told["reference"], told["received_at"]) == (name, None, NOW.isoformat())
    assert (told["kept_apart"], told["no_longer_yours"], told["is_new"]) == (True, True, True)
    assert phone.submit(EMPTY_SUITE, submission=name) == {**told, "is_new": False}
    assert _kept(session) == [(SubmissionState.APART, True, {"fields": EMPTY_SUITE})]
    assert session.scalars(sa.select(Report.id)).all() == [], "it became a draft"
    assert session.scalars(sa.select(TrailEntry.act)).all().count("keep copy apart") == 1
    (letter,) = session.scalars(sa.select(Letter).where(Letter.subject.startswith("A second copy"))).all()
    assert "no longer had a place on the visit" in letter.body
    assert "Kind staff" not in letter.body


def test_of_what_others_write_nothing_is_told(two: TwoPhones, lost: Phone, session: Session) -> None:
    two.bo.parts(part("remarks", {"positives": "Kind words of Bo's"}))
    told = lost.state()
    assert (told["is_open"], told["parts"], told["receipt"]) == (False, {}, None)
    assert told["closed_because"] == "This visit is not yours any more: ask the coordinator."
    two.bo.submit(THEIRS)
    assert lost.state() == {**told, "token": lost.token}
    assert lost.submit(EMPTY_SUITE)["reference"] is None
    assert lost.submit(THEIRS)["kept_apart"] is True, "that the words are the filed ones was told"
    filed = session.scalars(sa.select(Report.content)).one()
    assert filed is not None
    assert filed["remarks"]["positives"] == "Kind words of Bo's"
    lost.parts(part("remarks", {"other": "x"}), status=404)
    lost.browser.get(lost.path, status=404)


def test_whoever_sent_the_report_before_they_lost_the_visit_gets_its_receipt_again(
    two: TwoPhones, session: Session
) -> None:
    name = str(uuid4())
    first = two.ann.submit(EMPTY_SUITE, submission=name)
    again = _lose(two, session).submit(EMPTY_SUITE, submission=name)
    assert (again["reference"], again["kept_apart"]) == (first["reference"], False)
    assert [row[0] for row in _kept(session)] == [SubmissionState.FILED]


def test_a_visit_called_off_that_was_made_is_not_lost(two: TwoPhones, session: Session) -> None:
    two.visit.outcome, two.visit.reason, two.visit.cancelled_on = Outcome.CANCELLED, "Closed", TODAY
    assert _lose(two, session).submit(EMPTY_SUITE)["kept_apart"] is True
    assert [row[1] for row in _kept(session)] == [True]


def test_a_stranger_learns_nothing_and_leaves_nothing(
    two: TwoPhones, make: Workshop, browse_as: Callable[..., Browser], session: Session
) -> None:
    person = make.person()
    own = Phone(browse_as(Role.VOLUNTEER, person=person), make.visit(make.suite(), person).id)
    own.state()
    stranger, nowhere = (Phone(own.browser, visit_id) for visit_id in (two.visit.id, 99999))
    for phone in (stranger, nowhere):
        phone.person, phone.token = own.person, own.token
        assert phone.state(status=404) == {"not_there": True, "person": own.person}
        assert phone.submit(EMPTY_SUITE, status=404) == {"not_there": True, "person": own.person}
    assert _kept(session) == []


def test_what_did_not_arrive_whole_or_is_somebody_elses_is_refused(
    lost: Phone, two: TwoPhones, session: Session
) -> None:
    assert lost.submit(EMPTY_SUITE, digest="0" * 64, status=400)["cut"] is True
    lost.submit(EMPTY_SUITE, person=two.bo.person, status=409)
    lost.post("submission", b" " * (9 * 1024 * 1024), status=413)
    assert _kept(session) == []


def test_nobody_fills_the_coordinators_list(lost: Phone, session: Session) -> None:
    for number in range(10):
        lost.submit({**EMPTY_SUITE, "counts": {"in_custody": str(number)}})
    told = lost.submit({**EMPTY_SUITE, "counts": {"in_custody": "11"}}, status=409)
    assert "several copies from you already" in told["closed_because"]
    assert len(_kept(session)) == 10


def test_the_coordinator_reads_who_sent_it_and_that_it_was_not_theirs_any_more(
    lost: Phone, two: TwoPhones, browse_as: Callable[..., Browser], session: Session
) -> None:
    lost.submit(EMPTY_SUITE)
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/visits/{two.visit.id}").follow("Compare and settle")
    name = session.scalars(
        sa.select(Account.name).join(Submission, Submission.sent_by_id == Account.id)
    ).one()
    assert f"{name}, who no longer had a place on the visit" in coordinator.text
    coordinator.follow("4 March 2026")
    assert f"{name} sent this on" in coordinator.text
    assert "They no longer had a place on this visit when it came in" in coordinator.text
    assert "Kind staff" in coordinator.text
    coordinator.send(button="I have read it: settle this copy")
    assert [row[0] for row in _kept(session)] == [SubmissionState.SETTLED]
