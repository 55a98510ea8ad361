"""A paper report, entered page by page by the coordinator, for a pair who may sign it and add to it."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.signing import Answer, Signed
from icv.store.findings import Finding
from icv.store.visits import Contact, Countersign, Report, ReportSection
from tests.web.browser import Browser
from tests.web.test_reports import ARRIVED, TwoVisitors
from tests.workshop import Workshop

Browse = Callable[..., Browser]
PERSON = {"custody_number": "EU/1/26", "was_seen": "yes", "consents_to_talk": "yes"}


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> TwoVisitors:
    return TwoVisitors(make, browse_as)


@pytest.fixture
def office(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


@pytest.fixture
def paper(two: TwoVisitors) -> str:
    return f"/visits/{two.visit.id}/paper"


def enter_times_and_counts(office: Browser, paper: str) -> None:
    office.get(f"{paper}/arrival").send(ARRIVED)
    office.send({"in_custody": "1", "offered": "1", "accepted": "1"})


def test_the_whole_form_is_entered_from_paper(
    two: TwoVisitors, office: Browser, paper: str, session: Session
) -> None:
    enter_times_and_counts(office, paper)
    assert office.path == f"{paper}/contacts"
    office.follow("Add a person").send(PERSON)
    office.get(f"{paper}/findings").follow("Add a finding")
    office.send({"category": "welfare", "detail": "No blankets", "settled": "needs_reply"})
    office.get(f"{paper}/remarks").send({"saw_serious": "no", "other": "A calm night"})
    office.get(f"{paper}/check")
    assert "EU/1/26" in office.text
    office.send({"signed_by": str(two.people[0].id)}, button="Enter the report")
    assert "Entered from paper. It counts" in office.text
    for words in ("EU/1/26", "No blankets", "A calm night", "Bo Lowe has not countersigned"):
        assert words in office.text
    assert session.scalars(sa.select(Contact.custody_number)).all() == ["EU/1/26"]
    assert session.scalars(sa.select(Finding.detail)).all() == ["No blankets"]
    signed = session.execute(sa.select(Countersign.person_id, Countersign.how, Countersign.answer)).all()
    assert signed == [(two.people[0].id, Signed.ON_PAPER, Answer.AGREES)]
    assert "Account" in two.ann.get(two.path).text
    assert "entered it from paper" in two.ann.text


def test_pages_of_which_the_paper_says_nothing_are_left_out(
    two: TwoVisitors, office: Browser, paper: str, session: Session
) -> None:
    enter_times_and_counts(office, paper)
    office.get(f"{paper}/check").send(button="Enter the report")
    content = session.scalars(sa.select(Report.content)).one()
    assert content is not None
    assert content["from_paper"] is True
    assert not {"suite", "remarks"} & set(content)
    both = two.bo.get(two.path)
    assert "The paper says nothing of findings" in both.text
    assert "Ann Hart and Bo Lowe have not countersigned" in both.text
    both.follow("Read and countersign").send({"answer": "adds", "words": "The shower was cold"})
    assert "The shower was cold" in both.text


def test_times_and_counts_must_be_on_the_paper(office: Browser, paper: str, session: Session) -> None:
    office.get(f"{paper}/check")
    assert "The report cannot be entered yet" in office.text
    office.follow("Arrival and entry: Say").send({"outcome": "completed"})
    office.post(f"{paper}/check", status=422)
    assert session.scalars(sa.select(Report.filed_at)).all() == [None]


def test_what_the_pair_has_begun_is_gone_on_with(
    two: TwoVisitors, office: Browser, paper: str, session: Session
) -> None:
    two.ann.get(f"{two.path}/arrival").send(ARRIVED)
    assert "has begun this report here" in office.get(paper).text
    office.get(f"{paper}/arrival")
    assert 'value="10:00"' in office.html
    office.send()
    office.send({"in_custody": "0"})
    two.bo.get(f"{two.path}/remarks")
    office.get(f"{paper}/check").send(button="Enter the report")
    two.bo.send({"saw_serious": "yes"}, status=422)
    assert "has been sent and cannot be changed" in two.bo.text
    assert session.scalars(sa.select(ReportSection.name)).all() == []


def test_a_second_press_enters_nothing_twice_and_a_sent_report_stands(
    two: TwoVisitors, office: Browser, paper: str, session: Session
) -> None:
    enter_times_and_counts(office, paper)
    office.get(f"{paper}/check").send(button="Enter the report")
    office.post(f"{paper}/check")
    assert session.scalar(sa.select(sa.func.count()).select_from(Report)) == 1
    office.post(f"{paper}/remarks", {"version": "0", "other": "Late"}, status=422)
    assert "has been sent" in office.text
    assert "Late" in office.html
    assert office.get(paper).path == f"/visits/{two.visit.id}"


def test_only_the_coordinator_enters_paper_reports(two: TwoVisitors, office: Browser, paper: str) -> None:
    for path in ("", "/arrival", "/contacts", "/contact/add", "/check"):
        two.ann.get(f"{paper}{path}", status=403)
    for path in ("", "/arrival", "/check"):
        office.get(f"/visits/987/paper{path}", status=404)
