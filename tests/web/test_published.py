"""The public page of findings beside replies: only what was chosen, and nothing that leads inside."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.store.findings import Finding, FindingEvent
from icv.store.scheme import Setting
from icv.store.suites import Suite
from icv.store.trail import TrailEntry
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

PUBLIC = "/findings-and-replies/"


@pytest.fixture
def publishes(make: Workshop) -> None:
    make.keep(Setting(name="publishes_findings", value="true", effective_on=date(2020, 1, 1), set_at=NOW))


def answered(make: Workshop, suite: str = "Euston Street", *, on: date = TODAY, **more: object) -> Finding:
    known = make.session.scalars(sa.select(Suite).where(Suite.name == suite)).one_or_none()
    visit = make.visit(known or make.suite(suite), make.person(name=f"Vera {suite}"))
    state = more.pop("state", FindingState.CLOSED)
    finding = make.finding(visit, state=state, raised_on=on, detail="No blankets for Ms Jones", **more)
    make.keep(
        FindingEvent(
            finding_id=finding.id, kind=EventKind.REPLIED, on=on, text="Forty were bought.", made_at=NOW
        )
    )
    return finding


def publish(coordinator: Browser, finding: Finding, comment: str = "There were no blankets.") -> None:
    coordinator.get(f"/findings/{finding.id}/publish").send({"comment": comment}, button="See it")
    coordinator.send(button="Publish it")


@pytest.mark.usefixtures("publishes")
def test_a_finding_is_published_beside_its_reply_after_a_look_at_the_words(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    finding = answered(make)
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/findings/{finding.id}").follow("Publish it beside its reply")
    coordinator.send(button="See it", status=422)
    assert "“Ms Jones” looks like somebody’s name" in coordinator.text
    coordinator.send({"comment": "There were no blankets."}, button="See it")
    assert "As the public will read it" in coordinator.heading
    assert "There were no blankets." not in browser.get(PUBLIC).text
    coordinator.send(button="Change the words")
    coordinator.send(button="See it")
    coordinator.send(button="Publish it")
    words = browser.get(PUBLIC).text
    assert "There were no blankets." in words
    assert "Forty were bought." in words
    assert "Conditions, March 2026" in words


@pytest.mark.usefixtures("publishes")
def test_the_public_page_holds_nothing_of_the_inside(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    finding = answered(make)
    publish(browse_as(Role.COORDINATOR), finding)
    page = browser.get(PUBLIC).html
    for inside in ("Vera", "Jones", finding.reference, f"/{finding.id}", "4 March", "2026-03-04", "F000"):
        assert inside not in page, inside
    assert browser.answer is not None
    assert browser.answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in browser.answer.headers


@pytest.mark.usefixtures("publishes")
def test_whoever_is_signed_in_gets_a_page_that_nobody_else_is_handed(
    browse_as: Callable[..., Browser],
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(PUBLIC)
    assert coordinator.answer is not None
    assert coordinator.answer.headers["Cache-Control"] == "no-store"


def test_without_the_choice_there_is_no_such_page_and_nothing_to_publish(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    finding = answered(make)
    coordinator = browse_as(Role.COORDINATOR)
    browser.get(PUBLIC, status=404)
    coordinator.get(f"/findings/{finding.id}/publish", status=404)
    assert "Publish it" not in coordinator.get(f"/findings/{finding.id}").text
    assert "Findings and replies" not in browser.get("/privacy").html
    assert "The public page is off" in coordinator.get("/findings/published").text


@pytest.mark.usefixtures("publishes")
def test_only_what_was_answered_is_published(browse_as: Callable[..., Browser], make: Workshop) -> None:
    coordinator = browse_as(Role.COORDINATOR)
    never = make.finding(state=FindingState.CLOSED)
    waiting = answered(make, state=FindingState.REOPENED)
    for finding in (never, waiting):
        coordinator.get(f"/findings/{finding.id}/publish", status=404)
        fields = {"comment": "C", "reply": "R", "act": "publish"}
        coordinator.post(f"/findings/{finding.id}/publish", fields, status=404)


@pytest.mark.usefixtures("publishes")
def test_what_is_taken_up_again_or_withdrawn_is_shown_no_more(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session
) -> None:
    again, gone = answered(make, "North"), answered(make, "South")
    coordinator = browse_as(Role.COORDINATOR)
    publish(coordinator, again)
    publish(coordinator, gone)
    coordinator.post(f"/findings/{again.id}/reopen", {"words": "It is back"})
    coordinator.get(f"/findings/{gone.id}").send(button="Withdraw it")
    words = browser.get(PUBLIC).text
    assert "North" not in words
    assert "South" not in words
    listed = coordinator.get("/findings/published").text
    assert listed.count("No, withdrawn 4 Mar 2026") == 2
    acts = session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject_id == gone.id)).all()
    assert {"publish finding", "withdraw published finding"} <= set(acts)


@pytest.mark.usefixtures("publishes")
@pytest.mark.parametrize(
    ("state", "move"), [(FindingState.CLOSED, "reopen"), (FindingState.REPLIED, "send-back")]
)
@pytest.mark.parametrize("after", ["answered", "closed"])
def test_what_was_taken_up_again_comes_back_to_the_public_by_publishing_it_again_alone(
    browse_as: Callable[..., Browser],
    browser: Browser,
    make: Workshop,
    session: Session,
    state: FindingState,
    move: str,
    after: str,
) -> None:
    finding, coordinator = answered(make, state=state), browse_as(Role.COORDINATOR)
    publish(coordinator, finding)
    coordinator.post(f"/findings/{finding.id}/{move}", {"words": "They are gone"})
    words = coordinator.get(f"/findings/{finding.id}").text
    assert "withdrawn from the public page" in words
    assert "shows it no more, until it is published again once it is answered" in words
    if after == "answered":
        browse_as(Role.POLICE).post(f"/police/{finding.id}/reply", {"words": "All were stolen."})
    else:
        coordinator.post(f"/findings/{finding.id}/close", {"words": "Nothing came"})
    words = browser.get(PUBLIC).text
    assert "There were no blankets." not in words
    assert "Nothing is published yet" in words
    acts = session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject_id == finding.id)).all()
    assert acts.count("withdraw published finding") == 1
    publish(coordinator, finding, "Again no blankets.")
    words = browser.get(PUBLIC).text
    assert "Again no blankets." in words
    assert ("All were stolen." in words) is (after == "answered")


@pytest.mark.usefixtures("publishes")
def test_the_public_page_is_read_by_quarter_and_suite(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    coordinator = browse_as(Role.COORDINATOR)
    publish(coordinator, answered(make, "North", on=date(2025, 11, 2)), "An old one.")
    publish(coordinator, answered(make, "North"), "In the north.")
    publish(coordinator, answered(make, "South"), "In the south.")
    words = browser.get(PUBLIC).text
    assert "In the north." in words
    assert "An old one." not in words
    assert "An old one." in browser.get(f"{PUBLIC}?quarter=2025-10").text
    words = browser.get(f"{PUBLIC}?suite=South").text
    assert "In the south." in words
    assert "In the north." not in words
    assert "Nothing is published here" in browser.get(f"{PUBLIC}?suite=<script>&quarter=2019-01").text
    browser.get(f"{PUBLIC}?quarter=x", status=404)


@pytest.mark.usefixtures("publishes")
def test_published_again_the_new_words_take_the_place_of_the_old(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    finding, coordinator = answered(make), browse_as(Role.COORDINATOR)
    publish(coordinator, finding, "First words.")
    publish(coordinator, finding, "Better words.")
    words = browser.get(PUBLIC).text
    assert "Better words." in words
    assert "First words." not in words
