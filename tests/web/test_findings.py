"""Findings through real pages: the coordinator's board and thread, and the police's replies."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.store.findings import Finding, FindingEvent
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


@pytest.fixture
def inspector(browse_as: Browse) -> Browser:
    return browse_as(Role.POLICE)


def test_a_finding_goes_from_the_board_to_the_police_and_back(
    coordinator: Browser, inspector: Browser, make: Workshop, session: Session
) -> None:
    visit = make.visit(make.suite("Euston Street"), make.person(name="Ann Hart"), reference="V017")
    finding = make.finding(visit, state=FindingState.RAISED, detail="The bell of cell 3 is broken")
    coordinator.get("/findings/").follow(finding.reference)
    coordinator.follow("Put it to the police").send({"words": "When was it reported?"})
    assert "Reply due by 18 March 2026" in coordinator.text

    inspector.get("/police/")
    assert "1 of 1 awaits your reply" in inspector.text
    inspector.follow(f"Finding {finding.id}")
    assert "The bell of cell 3 is broken" in inspector.text
    assert "When was it reported?" in inspector.text
    inspector.send({"words": "   "}, status=422)
    assert "Write your reply" in inspector.text
    inspector.send({"words": "We look into it."})
    assert "your reply is with the scheme" in inspector.text

    coordinator.get(f"/findings/{finding.id}").follow("Not satisfied")
    coordinator.send(status=422)
    assert "Say what is still to be answered" in coordinator.text
    coordinator.send({"words": "Is it mended?"})
    inspector.get(f"/police/{finding.id}")
    assert "Sent back: more is asked" in inspector.text
    inspector.send({"words": "Mended on Monday."})
    coordinator.get(f"/findings/{finding.id}/close").send({"words": "Bell tried by the visitors."})
    session.refresh(finding)
    assert finding.state is FindingState.CLOSED
    inspector.get(f"/police/{finding.id}")
    assert "Bell tried by the visitors." in inspector.text
    assert "Send the reply" not in inspector.text


def test_the_police_learn_nothing_of_visitors_rota_or_times(inspector: Browser, make: Workshop) -> None:
    people = [make.person(name="Ann Hart"), make.person(name="Bo Lowe")]
    visit = make.visit(make.suite("Euston Street"), *people, reference="V017", arrived_at=NOW)
    finding = make.finding(visit, detail="Cold cells")
    finding.reference = "V017-1"
    visitor = make.account(Role.VOLUNTEER, name="Ann Hart")
    make.session.add(
        FindingEvent(
            finding_id=finding.id,
            kind=EventKind.RAISED,
            on=TODAY,
            text="Ann Hart told the sergeant",
            made_at=NOW,
            made_by_id=visitor.id,
        )
    )
    for path in ("/police/", f"/police/{finding.id}"):
        inspector.get(path)
        for secret in ("Ann Hart", "Bo Lowe", "V017", "12:00", f"/visits/{visit.id}"):
            assert secret not in inspector.html


@pytest.mark.parametrize(
    "state", [FindingState.RAISED, FindingState.RESOLVED_AT_VISIT, FindingState.ALREADY_ACTIONED]
)
def test_what_was_not_put_to_the_police_is_nothing_to_them(
    inspector: Browser, make: Workshop, state: FindingState
) -> None:
    finding = make.finding(state=state, detail="Not for them")
    inspector.get("/police/")
    assert "Nothing awaits you" in inspector.text
    inspector.get(f"/police/{finding.id}", status=404)
    inspector.post(f"/police/{finding.id}/reply", {"words": "Hm"}, status=404)


def test_replying_twice_is_refused_and_the_words_are_kept(
    inspector: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding()
    inspector.get(f"/police/{finding.id}").send({"words": "Mended."})
    inspector.post(f"/police/{finding.id}/reply", {"words": "Mended again."}, status=422)
    assert "This finding is now replied" in inspector.text
    assert "Mended again." in inspector.html
    assert session.scalars(sa.select(FindingEvent.text)).all() == ["Mended."]


def test_the_office_sees_and_seeks_the_number_the_police_know(coordinator: Browser, make: Workshop) -> None:
    finding = make.finding()
    coordinator.get(f"/findings/?words={finding.id}")
    assert finding.reference in coordinator.text
    assert f"The police know it as finding {finding.id}" in coordinator.get(f"/findings/{finding.id}").text


def test_the_board_shows_age_and_what_is_overdue(coordinator: Browser, make: Workshop) -> None:
    make.finding(raised_on=TODAY - timedelta(days=20), due_on=TODAY - timedelta(days=2))
    make.finding(due_on=TODAY)
    coordinator.get("/findings/?tray=with-police")
    assert coordinator.text.count("overdue") == 1
    assert "20" in coordinator.text


def test_the_board_is_narrowed_by_suite_and_category(coordinator: Browser, make: Workshop) -> None:
    one, other = make.suite("Euston Street"), make.suite("Keyham Lane")
    wanted = make.finding(make.visit(one), category="medical")
    make.finding(make.visit(one), category="staffing")
    make.finding(make.visit(other), category="medical")
    coordinator.get(f"/findings/?tray=with-police&suite={one.id}&category=medical")
    assert "With the police: 1" in coordinator.text
    assert wanted.reference in coordinator.text


@pytest.mark.parametrize("query", ["tray=x", "page=99", "suite=x", "category=nothing"])
def test_a_strange_address_shows_the_board_all_the_same(coordinator: Browser, query: str) -> None:
    coordinator.get(f"/findings/?{query}")


def test_a_move_that_is_out_of_turn_leads_back(coordinator: Browser, make: Workshop) -> None:
    finding = make.finding(state=FindingState.RAISED)
    coordinator.get(f"/findings/{finding.id}/send-back")
    assert coordinator.path == f"/findings/{finding.id}"
    coordinator.post(f"/findings/{finding.id}/send-back", {"words": "Again"}, status=422)
    assert "This finding is now raised" in coordinator.text


def test_lists_ask_no_more_for_more_findings(
    coordinator: Browser, inspector: Browser, make: Workshop, session: Session
) -> None:
    visit = make.visit()
    counted = []
    for number in (1, 30):
        for _ in range(number):
            make.finding(visit)
        coordinator.get("/findings/?tray=with-police")
        inspector.get("/police/")
        counted.append((len(coordinator.queries), len(inspector.queries)))
    assert counted[0] == counted[1]
    assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 31


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_the_board_is_the_coordinators(browse_as: Browse, make: Workshop, role: Role) -> None:
    finding = make.finding()
    browser = browse_as(role, person=make.person() if role is Role.VOLUNTEER else None)
    for path in ("", f"/{finding.id}", f"/{finding.id}/close"):
        browser.get(f"/findings{path}", status=403)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.COORDINATOR])
def test_replying_is_for_the_police(browse_as: Browse, make: Workshop, role: Role) -> None:
    finding = make.finding()
    browser = browse_as(role, person=make.person() if role is Role.VOLUNTEER else None)
    browser.get(f"/police/{finding.id}", status=403)
    browser.post(f"/police/{finding.id}/reply", {"words": "Fine"}, status=403)


def test_a_finding_that_is_not_there_is_not_found(coordinator: Browser) -> None:
    coordinator.get("/findings/7", status=404)
    coordinator.get("/findings/7/close", status=404)
