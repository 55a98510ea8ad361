"""The board, several findings in one act, sorting anew, raising by hand and what visitors see, as pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.store.findings import Finding, FindingEvent, FindingTheme
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def test_the_board_shows_what_waits_its_age_and_how_often_it_was_raised(
    coordinator: Browser, make: Workshop
) -> None:
    suite = make.suite("Euston Street")
    make.finding(make.visit(suite), raised_on=TODAY - timedelta(days=40), state=FindingState.CLOSED)
    make.finding(make.visit(suite), due_on=TODAY - timedelta(days=1), is_serious=True)
    coordinator.get("/findings/board")
    assert "Conditions, serious" in coordinator.text
    assert "second time since January" in coordinator.text
    assert "reply overdue since 3 Mar 2026" in coordinator.text
    assert "Under 2 weeks: 1, of which To decide 0, With the police 1, Replied 0" in coordinator.text
    coordinator.get("/findings/board?category=staffing")
    assert coordinator.text.count("Nothing lies here") == 3


def test_a_reference_is_found_wherever_the_finding_lies(coordinator: Browser, make: Workshop) -> None:
    make.finding()
    closed = make.finding(state=FindingState.CLOSED)
    coordinator.get(f"/findings/?words={closed.reference.lower()}")
    assert "All: 1" in coordinator.text
    assert closed.reference in coordinator.text
    coordinator.get("/findings/?words=nothing")
    assert "Nothing fits" in coordinator.text


@pytest.mark.parametrize("order", ["due", "oldest", "latest", "serious", "suite", "category", "state", "odd"])
def test_the_list_is_ordered_as_asked(coordinator: Browser, make: Workshop, order: str) -> None:
    make.finding(raised_on=TODAY - timedelta(days=2))
    make.finding(is_serious=True)
    coordinator.get(f"/findings/?tray=all&order={order}&serious=&theme=strip+search&suite=")
    coordinator.get(f"/findings/?tray=all&order={order}")
    assert "All: 2" in coordinator.text


def test_several_are_put_to_the_police_in_one_act(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.account(Role.POLICE)
    several = [make.finding(state=FindingState.RAISED, detail=f"Seen {n}") for n in range(3)]
    put = make.finding()
    query = "&".join(f"finding={one.id}" for one in [*several, put])
    coordinator.get(f"/findings/chosen?act=put&{query}")
    assert coordinator.heading == "Put them to the police"
    assert "Seen 2" in coordinator.text
    assert f"{put.reference}, " in coordinator.text, "what was put before is named and left"
    wanted = [str(one.id) for one in several[:2]]
    listed = [str(one.id) for one in several]
    coordinator.send({"finding": [], "listed": listed, "words": "Please look"}, status=422)
    assert "Tick at least one finding" in coordinator.text
    assert "Please look" in coordinator.html
    coordinator.send({"finding": wanted, "listed": listed, "words": "Please look"})
    assert "2 findings put to the police" in coordinator.text
    states = session.scalars(sa.select(Finding.state).order_by(Finding.id)).all()
    assert states == [FindingState.AWAITING_REPLY] * 2 + [FindingState.RAISED, FindingState.AWAITING_REPLY]
    coordinator.post("/findings/together/put", {"finding": wanted, "listed": wanted}, status=422)
    assert "Nothing was done" in coordinator.text


def test_choosing_none_leads_back_to_the_list(coordinator: Browser, make: Workshop) -> None:
    make.finding(state=FindingState.RAISED)
    coordinator.get("/findings/chosen?act=put&tray=to-decide")
    assert "Choose at least one finding first" in coordinator.text
    coordinator.get("/findings/together/put?finding=99", status=404)


def test_whoever_puts_a_repeat_to_the_police_is_told_and_that_nobody_of_them_has_a_way_in(
    coordinator: Browser, make: Workshop
) -> None:
    suite = make.suite("Euston Street")
    make.finding(make.visit(suite), raised_on=TODAY - timedelta(days=40))
    again = make.finding(make.visit(suite), state=FindingState.RAISED)
    coordinator.get(f"/findings/{again.id}")
    assert "The second time since January that this is raised at Euston Street" in coordinator.text
    coordinator.follow("Put it to the police")
    assert "This is the second time since January" in coordinator.text
    coordinator.send({"words": ""})
    assert "Nobody of the police has an account here yet" in coordinator.text


def test_a_thread_tells_each_step_with_who_and_when(coordinator: Browser, make: Workshop) -> None:
    finding = make.finding(put_right_by="the sergeant", state=FindingState.CLOSED, check="suite.clean")
    officer = make.account(name="Inspector Bell")
    told = {"finding_id": finding.id, "on": TODAY, "made_at": NOW}
    make.keep(FindingEvent(kind=EventKind.REPLIED, text="Mended", made_by_id=officer.id, **told))
    make.keep(FindingEvent(kind=EventKind.REPLIED, text="Again", by_words="Sgt Dale", **told))
    coordinator.get(f"/findings/{finding.id}")
    assert "The police replied 4 March 2026 at 12:00, Inspector Bell" in coordinator.text
    assert "4 March 2026 at 12:00, Sgt Dale" in coordinator.text
    assert "put right during the visit: the sergeant" in coordinator.text
    assert "Shown by an answer in the report: Cells and corridors clean." in coordinator.text
    assert "Its visitors have been told nothing yet" in coordinator.text


def test_a_note_and_words_for_the_visitors(coordinator: Browser, browse_as: Browse, make: Workshop) -> None:
    me = make.person()
    visitor = browse_as(Role.VOLUNTEER, person=me)
    finding = make.finding(make.visit(None, me))
    coordinator.get(f"/findings/{finding.id}").follow("Add a note").send({"words": "  "}, status=422)
    coordinator.send({"words": "Ask the nurse"})
    coordinator.follow("Tell the visitors").send(status=422)
    coordinator.send({"words": "We press on"})
    assert "Ask the nurse" in coordinator.text
    visitor.get("/duties/").follow("What came of what you raised").follow("Conditions")
    assert "We press on" in visitor.text
    assert "Ask the nurse" not in visitor.text
    visitor.follow("Everything raised on this visit")
    assert "We press on" in visitor.text


def test_a_finding_is_sorted_anew_with_a_reason(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding(category="an old category", state=FindingState.RAISED)
    make.keep(FindingTheme(finding_id=finding.id, theme="an old theme"))
    coordinator.get(f"/findings/{finding.id}").follow("Change")
    coordinator.send({"category": "medical", "is_serious": "y"}, status=422)
    assert "Say why it is changed" in coordinator.text
    assert "checked" in coordinator.html
    coordinator.send({"reason": "A nurse was refused"})
    assert "it was an old category" in coordinator.text
    session.refresh(finding)
    assert (finding.category, finding.is_serious) == ("medical", True)
    themes = session.scalars(sa.select(FindingTheme.theme)).all()
    assert themes == ["an old theme"], "what it has already stays, though no longer offered"


def test_a_finding_is_raised_by_hand_and_not_twice(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    visit = make.visit(reference="V017", arrived_at=NOW - timedelta(days=1))
    coordinator.get("/findings/").follow("Raise a finding")
    coordinator.get("/findings/raise?visit=nothing")
    assert "No visit has the reference nothing" in coordinator.text
    coordinator.get("/findings/raise?visit=v017")
    assert coordinator.path == f"/findings/raise/{visit.id}"
    coordinator.send({"how": "paper"}, status=422)
    assert "Choose a category" in coordinator.text
    filled = {
        "how": "paper",
        "category": "medical",
        "detail": "No inhaler",
        "became": "resolved_at_visit",
        "themes": ["neurodivergence"],
    }
    coordinator.get(f"/findings/raise/{visit.id}").send(filled, status=422)
    assert "Say who put it right" in coordinator.text
    coordinator.send({"put_right_by": "the nurse"})
    assert "Raised, as finding V017-1" in coordinator.text
    assert "Raised 3 March 2026" in coordinator.text, "the day the visitors came"
    coordinator.get(f"/findings/raise/{visit.id}").send({**filled, "put_right_by": "the nurse"}, status=422)
    assert "on record already, as finding V017-1" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Finding)) == 1
    coordinator.get("/findings/raise/99", status=404)


def test_a_day_that_is_none_keeps_everything_typed(coordinator: Browser, make: Workshop) -> None:
    visit = make.visit()
    typed = {"raised_on-day": "31", "raised_on-month": "2", "raised_on-year": "2026", "detail": "Cold cells"}
    coordinator.get(f"/findings/raise/{visit.id}").send(typed, status=422)
    assert "There is no 31 February 2026" in coordinator.text
    assert "Cold cells" in coordinator.html


def test_visitors_follow_what_they_raised_and_nothing_of_others(browse_as: Browse, make: Workshop) -> None:
    me, other = make.person(), make.person(name="Bo Lowe")
    mine, theirs = make.visit(make.suite("Euston Street"), me), make.visit(None, other)
    officer = make.account(Role.POLICE, name="Inspector Bell")
    finding, hidden = make.finding(mine, detail="Cold cells"), make.finding(theirs, detail="Wet cells")
    told = {"on": TODAY, "made_at": NOW, "made_by_id": officer.id}
    for kind, text in [
        (EventKind.REPLIED, "Heated now"),
        (EventKind.NOTE, "Doubtful"),
        (EventKind.CHANGED, "Category: conditions; it was welfare."),
    ]:
        make.keep(FindingEvent(finding_id=finding.id, kind=kind, text=text, **told))
    visitor = browse_as(Role.VOLUNTEER, person=me)
    visitor.get("/raised/")
    assert "Findings of your visits, the latest first: 1" in visitor.text
    for path in (f"/raised/{finding.id}", f"/raised/visit/{mine.id}"):
        visitor.get(path)
        assert "Cold cells" in visitor.text
        assert "Heated now" in visitor.text
        for secret in ("Inspector Bell", "Doubtful", "it was welfare", "Wet cells"):
            assert secret not in visitor.html
    visitor.get(f"/raised/{hidden.id}", status=404)
    visitor.get(f"/raised/visit/{theirs.id}", status=404)


def test_a_visitor_without_findings_is_told_what_comes_here(browse_as: Browse, make: Workshop) -> None:
    me = make.person()
    visit = make.visit(None, me)
    visitor = browse_as(Role.VOLUNTEER, person=me)
    assert "Nothing raised yet" in visitor.get("/raised/").text
    assert "Nothing was raised" in visitor.get(f"/raised/visit/{visit.id}").text


def test_pages_ask_no_more_for_more_findings(coordinator: Browser, browse_as: Browse, make: Workshop) -> None:
    me = make.person()
    visitor = browse_as(Role.VOLUNTEER, person=me)
    suite = make.suite()
    visit = make.visit(suite, me)
    counted = []
    for number in (2, 30):
        for _ in range(number):
            finding = make.finding(make.visit(suite))
            make.keep(FindingTheme(finding_id=finding.id, theme="strip search"))
            make.finding(visit, state=FindingState.RAISED)
        pages = ["/findings/?tray=all", "/findings/board", f"/findings/{finding.id}"]
        asked = [len(coordinator.get(path).queries) for path in pages]
        asked += [len(visitor.get(path).queries) for path in ("/raised/", f"/raised/visit/{visit.id}")]
        counted.append(asked)
    assert counted[0] == counted[1]


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PANEL, Role.POLICE])
def test_every_act_is_the_coordinators(browse_as: Browse, make: Workshop, role: Role) -> None:
    finding = make.finding()
    browser = browse_as(role, person=make.person() if role is Role.VOLUNTEER else None)
    for path in ("board", f"{finding.id}/note", f"{finding.id}/tell", f"{finding.id}/change", "raise"):
        browser.get(f"/findings/{path}", status=403)
    browser.get(f"/findings/together/put?finding={finding.id}", status=403)
    if role is not Role.VOLUNTEER:
        browser.get("/raised/", status=403)


def test_words_that_may_name_somebody_are_looked_over_before_others_read_them(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(name="Ann Hart")
    finding = make.finding(state=FindingState.RAISED, detail="Mr Smith was cold")
    coordinator.get(f"/findings/{finding.id}/put")
    assert "“Mr Smith” looks like somebody’s name" in coordinator.text
    coordinator.send({"words": "Ask Ann Hart"}, status=422)
    assert "“Ann Hart” is the name of somebody in the scheme" in coordinator.text
    assert "Ask Ann Hart" in coordinator.html
    session.refresh(finding)
    assert finding.state is FindingState.RAISED
    coordinator.send({"is_looked_over": "y"})
    assert "Put to the police" in coordinator.text
