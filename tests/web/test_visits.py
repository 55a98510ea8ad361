"""The coordinator's register of visits through real pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import Outcome
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Report, Visit
from tests.web.browser import Browser
from tests.web.test_reports import ARRIVED, TwoVisitors
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]
LAST_WEEK = TODAY - timedelta(days=7)
LONG_AGO = TODAY - timedelta(days=28)


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def test_reports_are_in_due_and_overdue(coordinator: Browser, make: Workshop) -> None:
    suite, person = make.suite("Euston Street"), make.person(name="Ann Hart")
    make.visit(suite, person, week=LONG_AGO, reference="OLD")
    make.visit(suite, week=LAST_WEEK, reference="LATELY")
    make.visit(suite, reference="NOW")
    make.visit(suite, week=LONG_AGO, reference="DONE", outcome=Outcome.COMPLETED)
    coordinator.get("/visits/")
    assert "OLD" in coordinator.text
    assert "Ann Hart" in coordinator.text
    assert "LATELY" not in coordinator.text
    for tab, reference in (("Reports due", "LATELY"), ("Reports in", "DONE"), ("This week", "NOW")):
        coordinator.follow(tab)
        assert reference in coordinator.text
        assert "OLD" not in coordinator.text


def test_a_report_is_overdue_only_after_the_days_the_scheme_gives(
    coordinator: Browser, make: Workshop
) -> None:
    suite = make.suite()
    for reference, days in (("OVER", 4), ("STILL", 3), ("JUST", 1), ("RUNS", 0)):
        ended = TODAY - timedelta(days=days)
        visit = make.visit(suite, reference=reference)
        visit.week_starts_on, visit.week_ends_on = ended - timedelta(days=6), ended
    coordinator.get("/visits/?state=overdue")
    assert "OVER" in coordinator.text
    assert "STILL" not in coordinator.text
    coordinator.get("/visits/?state=due")
    assert "STILL" in coordinator.text
    assert "JUST" in coordinator.text
    coordinator.get("/visits/?state=coming")
    assert "RUNS" in coordinator.text


def test_the_register_is_narrowed_to_a_suite(coordinator: Browser, make: Workshop) -> None:
    one, other = make.suite("Euston Street"), make.suite("Keyham Lane")
    make.visit(one, reference="E1")
    make.visit(other, reference="K1")
    coordinator.get(f"/visits/?state=coming&suite={one.id}")
    assert "E1" in coordinator.text
    assert "K1" not in coordinator.text


@pytest.mark.parametrize("query", ["page=0", "page=99", "page=x", "suite=x", "state=x", "suite=999999999999"])
def test_a_strange_address_shows_the_list_all_the_same(coordinator: Browser, query: str) -> None:
    coordinator.get(f"/visits/?{query}")


def test_the_list_asks_no_more_for_more_visits(coordinator: Browser, make: Workshop) -> None:
    suite, person = make.suite(), make.person()
    make.visit(suite, person)
    coordinator.get("/visits/?state=coming")
    few = len(coordinator.queries)
    for _ in range(30):
        make.visit(suite, make.person(), make.person())
    coordinator.get("/visits/?state=coming")
    assert len(coordinator.queries) == few


def test_a_report_reads_like_a_letter(two_sent: TwoVisitors, coordinator: Browser) -> None:
    coordinator.get(f"/visits/{two_sent.visit.id}")
    assert "Ann Hart and Bo Lowe came to Euston Street on 4 March 2026 at 10:00" in coordinator.text
    assert "let in after 4 minutes and left at 11:00" in coordinator.text
    assert "Nobody was in custody" in coordinator.text
    assert "Nothing to raise" in coordinator.text


@pytest.fixture
def two_sent(make: Workshop, browse_as: Browse) -> TwoVisitors:
    two = TwoVisitors(make, browse_as)
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    return two


def test_a_visit_is_recorded_as_missed_and_opened_again(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    visit = make.visit(make.suite(), week=LAST_WEEK)
    coordinator.get(f"/visits/{visit.id}").follow("Record it as missed")
    coordinator.send({"reason": " "}, status=422)
    assert "Say why the visit was missed" in coordinator.text
    coordinator.send({"reason": "One of the two was ill"})
    session.refresh(visit)
    assert (visit.outcome, visit.reason) == (Outcome.MISSED, "One of the two was ill")
    coordinator.send(button="Open it again")
    session.refresh(visit)
    assert (visit.outcome, visit.reason) == (None, "")
    coordinator.post(f"/visits/{visit.id}/open-again")
    assert "Only a visit that is recorded as missed" in coordinator.text
    acts = session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject == "visit")).all()
    assert acts == ["record missed", "open visit again"]


def test_a_visit_to_come_cannot_have_been_missed(coordinator: Browser, make: Workshop) -> None:
    visit = make.visit(make.suite(), week=TODAY + timedelta(days=7))
    coordinator.get(f"/visits/{visit.id}")
    assert "Record it as missed" not in coordinator.text
    coordinator.get(f"/visits/{visit.id}/missed").send({"reason": "Ill"}, status=422)
    assert "cannot have been missed yet" in coordinator.text


def test_a_sent_report_stands(two_sent: TwoVisitors, coordinator: Browser, session: Session) -> None:
    number = two_sent.visit.id
    coordinator.get(f"/visits/{number}/missed").send({"reason": "No"}, status=422)
    assert "has been sent, and stands" in coordinator.text
    coordinator.get(f"/visits/{number}/paper")
    assert coordinator.path == f"/visits/{number}"
    session.expire_all()
    assert session.get_one(Visit, number).outcome is Outcome.COMPLETED


def test_a_paper_report_is_entered_and_marked(coordinator: Browser, make: Workshop, session: Session) -> None:
    visit = make.visit(make.suite(), make.person(name="Ann Hart"))
    coordinator.get(f"/visits/{visit.id}").follow("Enter a paper report")
    coordinator.follow("Arrival and entry").send(ARRIVED)
    coordinator.send({"in_custody": "3", "offered": "2", "accepted": "2", "not_available": "1"})
    coordinator.get(f"/visits/{visit.id}/paper").follow("Check and enter")
    coordinator.send(button="Enter the report")
    assert "entered from paper" in coordinator.text
    assert "The paper says nothing of findings" in coordinator.text
    assert "3 people were in custody" in coordinator.text
    report = session.scalars(sa.select(Report)).one()
    assert report.content is not None
    assert report.content["from_paper"] is True


def test_an_extra_visit_is_added_for_its_pair_to_report(
    coordinator: Browser, make: Workshop, browse_as: Browse, session: Session
) -> None:
    suite, ann, bo = make.suite("Euston Street"), make.person(name="Ann"), make.person(name="Bo")
    typed = {"suite": str(suite.id), "day-day": "3", "day-month": "3", "day-year": "2026"}
    coordinator.get("/visits/extra")
    coordinator.send({**typed, "visitor_1": str(ann.id), "visitor_2": str(ann.id)}, status=422)
    assert "two different visitors" in coordinator.text
    coordinator.send({"visitor_2": str(bo.id)})
    visit = session.scalars(sa.select(Visit)).one()
    assert (visit.reference, visit.is_scheduled) == ("2026-W10-EUS-X1", False)
    assert session.scalars(sa.select(Duty.person_id).order_by(Duty.place)).all() == [ann.id, bo.id]
    browse_as(Role.VOLUNTEER, person=ann).get(f"/visits/{visit.id}/report")
    coordinator.get("/visits/extra")
    coordinator.send({**typed, "visitor_1": str(ann.id), "visitor_2": str(bo.id)}, status=422)
    assert "waiting for its report already" in coordinator.text


def test_an_extra_visit_needs_a_whole_date(coordinator: Browser, make: Workshop) -> None:
    make.suite()
    make.person()
    coordinator.get("/visits/extra").send({"day-day": "3", "day-year": "2026"}, status=422)
    assert "The date must include a month" in coordinator.text
    assert 'value="2026"' in coordinator.html


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_the_register_is_the_coordinators(browse_as: Browse, make: Workshop, role: Role) -> None:
    visit = make.visit(make.suite())
    browser = browse_as(role, person=make.person() if role is Role.VOLUNTEER else None)
    for path in ("", f"/{visit.id}", f"/{visit.id}/missed", f"/{visit.id}/paper", "/extra"):
        browser.get(f"/visits{path}", status=403)


def test_a_visit_that_is_not_there_is_not_found(coordinator: Browser) -> None:
    for path in ("/7", "/7/missed", "/7/paper"):
        coordinator.get(f"/visits{path}", status=404)
    coordinator.post("/visits/7/open-again", status=404)
