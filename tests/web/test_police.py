"""The page of the police: what it lists, and what it never shows."""

from collections.abc import Callable
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.store.findings import FindingEvent
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop


def test_what_is_overdue_comes_first_and_what_was_answered_last(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    answered = make.finding(state=FindingState.REPLIED)
    later = make.finding(due_on=TODAY + timedelta(days=3))
    overdue = make.finding(due_on=TODAY - timedelta(days=3))
    words = browse_as(Role.POLICE).get("/police/").text
    places = [words.index(f"Finding {one.id} ") for one in (overdue, later, answered)]
    assert places == sorted(places)
    assert "2 of 3 await your reply, 1 overdue" in words


def test_findings_are_narrowed_by_suite_and_age_and_state(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    north, south = make.suite("North"), make.suite("South")
    old = make.finding(make.visit(north), raised_on=TODAY - timedelta(days=40))
    young = make.finding(make.visit(north))
    answered = make.finding(make.visit(north), state=FindingState.CLOSED)
    elsewhere = make.finding(make.visit(south))
    browser = browse_as(Role.POLICE)

    def listed(query: str) -> set[int]:
        words = browser.get(f"/police/?{query}").html
        return {one.id for one in (old, young, answered, elsewhere) if f'href="/police/{one.id}"' in words}

    assert listed(f"suite={north.id}") == {old.id, young.id, answered.id}
    assert listed(f"suite={north.id}&age=30") == {old.id}
    assert listed(f"suite={north.id}&state=waiting") == {old.id, young.id}
    assert listed("state=answered") == {answered.id}
    assert listed("suite=99&age=7&state=nonsense") == set()
    assert "Nothing fits" in browser.text


def test_the_police_read_the_month_of_a_visit_and_the_day_they_were_asked_but_not_its_day(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    finding = make.finding(raised_on=date(2026, 1, 17), put_on=date(2026, 2, 2))
    browser = browse_as(Role.POLICE)
    assert "Seen in January 2026, put to you on 2 February 2026." in browser.get(f"/police/{finding.id}").text
    for path in ("/police/", f"/police/{finding.id}"):
        page = browser.get(path).html
        assert not [day for day in ("17 Jan", "2026-01-17") if day in page]


def test_a_day_put_that_was_only_taken_from_the_visit_is_not_given_to_the_police(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    visited_on = date(2026, 1, 17)
    finding = make.finding(raised_on=visited_on, state=FindingState.REOPENED)
    for kind in (EventKind.PUT_TO_POLICE, EventKind.REOPENED):
        make.keep(FindingEvent(finding_id=finding.id, kind=kind, on=visited_on, text="", made_at=NOW))
    browser = browse_as(Role.POLICE)
    assert f">{(TODAY - visited_on).days}<" not in browser.get("/police/").html
    page = browser.get(f"/police/{finding.id}")
    assert "Seen in January 2026. The day it was put to you is not on record." in page.text
    assert "17 Jan" not in page.html


def test_a_reply_sent_twice_is_one_and_ends_on_the_finding(
    browse_as: Callable[..., Browser], make: Workshop, session: Session, clock: Clock
) -> None:
    finding = make.finding()
    browser, colleague = browse_as(Role.POLICE), browse_as(Role.POLICE)
    path, fields = f"/police/{finding.id}/reply", {"words": "Forty were bought."}
    for _ in range(2):
        browser.get(f"/police/{finding.id}").post(path, fields)
        assert browser.path == f"/police/{finding.id}"
        assert "Your reply is with the scheme." in browser.text
        clock.at += timedelta(minutes=5)
    events = sa.select(FindingEvent.text).where(FindingEvent.kind == EventKind.REPLIED)
    assert session.scalars(events).all() == ["Forty were bought."]
    browser.post(path, {"words": "Fifty were."}, status=422)
    assert "now replied" in browser.text
    colleague.get("/police/").post(path, fields, status=422)
    browse_as(Role.COORDINATOR).get(f"/findings/{finding.id}").post(
        f"/findings/{finding.id}/send-back", {"words": "When?"}
    )
    browser.post(path, fields)
    assert len(session.scalars(events).all()) == 2, "the same words after it was sent back are another reply"
    clock.at += timedelta(hours=1, minutes=1)
    browser.post(path, fields, status=422)


def test_a_reply_that_may_name_somebody_is_pointed_out_and_kept(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    finding = make.finding()
    browser = browse_as(Role.POLICE)
    browser.get(f"/police/{finding.id}").send(
        {"words": "Mrs Smith was given a blanket."}, button="Send the reply", status=422
    )
    assert "Mrs Smith" in browser.text
    browser.send({"is_looked_over": "y"}, button="Send the reply")
    assert "your reply is with the scheme" in browser.text


def test_a_reply_entered_by_the_office_names_whoever_gave_it(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    finding = make.finding()
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/findings/{finding.id}").follow("Enter a reply that came another way")
    coordinator.send({"words": "Forty were bought."}, button="Enter the reply", status=422)
    assert "Forty were bought." in coordinator.html
    coordinator.send({"who": "Inspector Green"}, button="Enter the reply")
    assert "Inspector Green, entered by the office" in coordinator.text
    assert (
        "Inspector Green, entered by the office" in browse_as(Role.POLICE).get(f"/police/{finding.id}").text
    )
    coordinator.get(f"/findings/{finding.id}/reply")
    assert coordinator.path == f"/findings/{finding.id}"
