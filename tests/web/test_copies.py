"""Copies kept apart: the coordinator reads both side by side, and the filed report stays as it is."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.signing import SubmissionState
from icv.rules.visits import Outcome
from icv.store.letters import Letter
from icv.store.submissions import waiting_copies
from icv.store.trail import TrailEntry
from icv.store.visits import Addendum, Report, Submission
from tests.web.browser import Browser
from tests.web.test_receiving import CONTACT, EMPTY_SUITE, KEY, TwoPhones, part, two
from tests.workshop import NOW

__all__ = ["two"]

ONE_HELD = {"in_custody": "1", "offered": "1", "accepted": "1"}


@pytest.fixture
def coordinator(two: TwoPhones, browse_as: Callable[..., Browser]) -> Browser:
    return browse_as(Role.COORDINATOR)


def test_both_are_read_side_by_side(two: TwoPhones, coordinator: Browser, session: Session) -> None:
    person = {f"contact-new:{KEY}": CONTACT, "counts": ONE_HELD}
    two.ann.submit({**EMPTY_SUITE, **person})
    other = {f"contact-new:{KEY[:-1]}2": {**CONTACT, "custody_number": "eu/1/26", "checks-food": "yes"}}
    cold = {"category": "conditions", "detail": "Cold cells", "settled": "needs_reply"}
    parts = {**EMPTY_SUITE, "counts": ONE_HELD, **other, "finding-1": cold, "findings": {}}
    two.bo.submit({**parts, "remarks": {"positives": "Nothing at all", "saw_serious": "no"}})
    coordinator.get(f"/visits/{two.visit.id}")
    assert "1 copy of this report says something else than what is on record" in coordinator.text
    coordinator.follow("Compare and settle")
    coordinator.follow("4 March 2026")
    assert "Food and drink offered No Yes" in coordinator.text
    for words in ("Kind staff", "Nothing at all", "Cold cells", "eu/1/26", "Only in this copy"):
        assert words in coordinator.text
    same = coordinator.text.partition("Answers that are the same")[2]
    assert "Completed" in same or "We were let in and made the visit" in same
    assert "Tidy" in same, "what both say is folded away"


def test_settling_changes_nothing_of_the_report(
    two: TwoPhones, coordinator: Browser, session: Session
) -> None:
    two.ann.submit(EMPTY_SUITE)
    before = session.scalars(sa.select(Report.digest)).one()
    two.bo.submit({**EMPTY_SUITE, "remarks": {"other": "A smell of gas", "saw_serious": "no"}})
    copy = session.scalars(sa.select(Submission).where(Submission.state == SubmissionState.APART)).one()
    assert [one.copies for one in waiting_copies(session)] == [1]
    path = f"/visits/{two.visit.id}/copies/{copy.id}"
    coordinator.get(path).send({"words": "x" * 5000}, status=422)
    assert "xxxxx" in coordinator.html
    coordinator.send({"words": "The partner smelled gas"})
    assert "Settled" in coordinator.text
    session.expire_all()
    assert session.scalars(sa.select(Addendum.words)).all() == ["The partner smelled gas"]
    assert session.scalars(sa.select(Report.digest)).one() == before
    assert (copy.state, copy.settled_by_id is not None) == (SubmissionState.SETTLED, True)
    assert waiting_copies(session) == []
    assert "settle copy" in session.scalars(sa.select(TrailEntry.act)).all()
    coordinator.post(path, {"words": "Again"}, status=422)
    assert "settled already" in coordinator.text
    assert len(session.scalars(sa.select(Addendum.id)).all()) == 1


def test_what_the_partner_had_saved_is_read_as_theirs(two: TwoPhones, coordinator: Browser) -> None:
    two.bo.parts(part("remarks", {"other": "I saw it otherwise"}))
    two.ann.submit(EMPTY_SUITE)
    coordinator.get(f"/visits/{two.visit.id}/copies")
    assert "The partner’s unsent draft" in coordinator.text
    coordinator.follow("4 March 2026")
    assert "I saw it otherwise" in coordinator.text


def test_what_the_form_does_not_take_is_read_as_it_was_typed(two: TwoPhones, coordinator: Browser) -> None:
    two.ann.submit(EMPTY_SUITE)
    two.bo.submit({**EMPTY_SUITE, "counts": {"in_custody": "about nine"}, "weather": {"sky": "Snow"}})
    coordinator.get(f"/visits/{two.visit.id}/copies").follow("4 March 2026")
    assert "In custody when you arrived about nine" in coordinator.text
    assert "Snow" in coordinator.text


def test_without_a_filed_report_there_is_nothing_to_add_to(
    two: TwoPhones, coordinator: Browser, session: Session
) -> None:
    two.visit.outcome, two.visit.reason = Outcome.MISSED, "Nobody came"
    two.ann.submit(EMPTY_SUITE)
    coordinator.get(f"/visits/{two.visit.id}").follow("Compare and settle").follow("4 March 2026")
    assert "No report is filed" in coordinator.text
    coordinator.post(coordinator.path, {"words": "Worth keeping"}, status=422)
    assert "nothing can stand beside it" in coordinator.text
    coordinator.get(coordinator.path).send()
    assert session.scalars(sa.select(Submission.state)).all() == [SubmissionState.SETTLED]


def test_a_visit_without_copies_says_so(two: TwoPhones, coordinator: Browser) -> None:
    coordinator.get(f"/visits/{two.visit.id}/copies")
    assert "No copies of this report" in coordinator.text
    coordinator.get(f"/visits/{two.visit.id}/copies/1", status=404)
    coordinator.get("/visits/999/copies", status=404)


def test_a_visit_that_was_made_after_all_is_opened_again_with_the_copy(
    two: TwoPhones, coordinator: Browser, session: Session
) -> None:
    two.visit.outcome, two.visit.reason = Outcome.MISSED, "Nobody came"
    two.ann.submit({**EMPTY_SUITE, "weather": None})
    coordinator.get(f"/visits/{two.visit.id}/copies").follow("4 March 2026")
    coordinator.send(button="Open the visit again with this copy")
    assert "The visit is open again" in coordinator.html
    assert waiting_copies(session) == []
    assert "Please send your visit report once more" in session.scalars(sa.select(Letter.subject)).all()
    assert set(two.bo.state()["parts"]) == set(EMPTY_SUITE)
    two.ann.browser.get(f"{two.ann.path}/check").send(button="Send the report")
    assert session.scalars(sa.select(Report.reference)).one() in two.ann.browser.text


def test_a_visit_that_was_cancelled_stays_so(two: TwoPhones, coordinator: Browser, session: Session) -> None:
    two.visit.outcome, two.visit.reason, two.visit.cancelled_on = Outcome.CANCELLED, "Closed", NOW.date()
    two.ann.submit(EMPTY_SUITE)
    copy_id = session.scalars(sa.select(Submission.id)).one()
    coordinator.get(f"/visits/{two.visit.id}/copies/{copy_id}")
    coordinator.post(f"/visits/{two.visit.id}/copies/{copy_id}/put-back")
    assert "This visit is on record as cancelled already" in coordinator.html
    assert len(waiting_copies(session)) == 1
