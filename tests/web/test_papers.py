"""Panel papers in the browser: drafted, written over, frozen, read, and restated."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.digests import digest_of
from icv.rules.paper.wording import AHEAD
from icv.rules.visits import Outcome
from icv.services import papers as desk
from icv.store.letters import Letter
from icv.store.papers import PanelPaper, PaperWords
from icv.store.scheme import Setting
from icv.store.visits import Visit
from tests.web.browser import Browser
from tests.workshop import NOW, Workshop

Browse = Callable[..., Browser]
FEBRUARY = "/panel/papers/new?from=2026-02-01&to=2026-02-28"


@pytest.fixture
def visits(make: Workshop) -> list[Visit]:
    """Three of February, two of them completed."""
    suite = make.suite("North")
    outcomes = (Outcome.COMPLETED, Outcome.COMPLETED, None)
    return [
        make.visit(suite, week=date(2026, 2, 2) + timedelta(days=7 * number), outcome=outcome)
        for number, outcome in enumerate(outcomes)
    ]


@pytest.fixture
def coordinator(browse_as: Browse, visits: list[Visit]) -> Browser:
    """With a draft of February on the screen."""
    browser = browse_as(Role.COORDINATOR)
    return browser.get(FEBRUARY).send(button="Draft it")


def paper_path(browser: Browser) -> str:
    return "/".join(browser.path.split("/")[:4])


def freeze(browser: Browser) -> str:
    path = paper_path(browser)
    browser.get(path).follow("Look it over").send(button="Freeze it")
    return path


def test_a_draft_of_many_suites_shows_those_that_the_paper_will_show(
    browse_as: Browse, make: Workshop
) -> None:
    for number in range(21):
        make.visit(make.suite(f"Suite {number:02}"), week=date(2026, 2, 2), outcome=Outcome.COMPLETED)
    draft = browse_as(Role.COORDINATOR).get(FEBRUARY).send(button="Draft it")
    assert "Scheduled visits completed, by suite (10 of 21)" in draft.text
    assert "eleven more are in Annex A. All eleven have the same share as the last shown here." in draft.text
    names = [str(one.text) for one in draft.page.iterfind(".//tbody/tr/th")]
    assert [one for one in names if one.startswith("Suite")] == [f"Suite {number:02}" for number in range(10)]


def test_from_the_figures_to_a_frozen_paper_that_the_panel_reads(
    browse_as: Browse, coordinator: Browser, session: Session
) -> None:
    assert coordinator.heading == "Independent custody visiting: February 2026"
    assert f"{AHEAD + 1}. 67% of scheduled visits were completed (2 of 3)." in coordinator.text
    path = paper_path(coordinator)
    member = browse_as(Role.PANEL)
    member.get(path, status=404)
    assert "No papers yet" in member.get("/panel/papers/").text

    coordinator.get(path).follow("Look it over")
    assert re.search(r"Account \d can read it under Papers", coordinator.text), "who is told is said before"
    assert "67% of scheduled visits were completed (2 of 3)." in coordinator.text
    coordinator.send(button="Freeze it and tell the panel")
    assert "Frozen as 2026-P1. 1 panel member can read it under Papers." in coordinator.text
    assert path in session.scalars(sa.select(Letter.body)).one()

    assert "2026-P1" in member.get("/panel/papers/").text
    member.follow("Independent custody visiting")
    assert "67% of scheduled visits were completed (2 of 3)." in member.text
    assert "Restate" not in member.text
    assert member.html.count('data-icv="summary"') == 1
    member.get(f"{path}/freeze", status=403)


def test_the_digest_is_that_of_the_record_anybody_can_download(
    browse_as: Browse, coordinator: Browser, session: Session
) -> None:
    path = freeze(coordinator)
    member = browse_as(Role.PANEL).get(path)
    paper = session.scalars(sa.select(PanelPaper)).one()
    assert paper.content is not None
    assert paper.digest is not None
    assert paper.digest in member.text
    member.follow("the record as it was frozen")
    assert member.answer is not None
    assert hashlib.sha256(member.answer.data).hexdigest() == paper.digest == digest_of(paper.content)


def test_words_are_changed_and_the_figures_that_move_under_them_are_pointed_out(
    coordinator: Browser, visits: list[Visit]
) -> None:
    path = paper_path(coordinator)
    coordinator.follow("Change paragraph 3").send({"words": "Two of three: not enough."}, button="Keep these")
    assert "3. Two of three: not enough." in coordinator.text
    assert "Figures changed under" not in coordinator.text
    visits[2].outcome = Outcome.COMPLETED
    coordinator.get(path)
    assert "Figures changed under words that were written over" in coordinator.text
    for words in ("They said 67%", "They say now 100%", "Written over it Two of three"):
        assert words in coordinator.text
    coordinator.follow("Look it over")
    assert "Freeze it and" not in coordinator.text
    coordinator.post(f"{path}/freeze", {"seal": "x"}, status=422)
    coordinator.get(path).send(button="Keep them as they are")
    assert "Figures changed under" not in coordinator.text
    assert "Two of three: not enough." in coordinator.text
    coordinator.follow("Change paragraph 3").send(button="Put the words of the figures back")
    assert "3. 100% of scheduled visits were completed (3 of 3)." in coordinator.text


def test_what_changed_between_the_preview_and_the_button_is_shown_anew(
    coordinator: Browser, visits: list[Visit], session: Session
) -> None:
    coordinator.follow("Look it over")
    visits[2].outcome = Outcome.COMPLETED
    coordinator.send(button="Freeze it", status=422)
    assert "Something has changed since you looked" in coordinator.text
    assert "100% of scheduled visits were completed (3 of 3)." in coordinator.text
    coordinator.send(button="Freeze it")
    assert "Frozen as 2026-P1" in coordinator.text
    coordinator.post(f"{paper_path(coordinator)}/freeze", {"seal": "x"})
    assert "nothing was sent twice" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(PanelPaper)) == 1


def test_a_block_is_left_out_and_put_back_and_a_paragraph_added(coordinator: Browser) -> None:
    path = paper_path(coordinator)
    coordinator.follow("Leave this section out: Summary").send(button="Leave the whole section out")
    assert "The section “Summary” is left out." in coordinator.text
    assert "67% of scheduled" not in coordinator.text
    coordinator.follow("Put it back in").send(button="Put it back in the paper")
    coordinator.follow("Change paragraph 3").follow("Add a paragraph after this")
    coordinator.send({"words": "Thank you\nall."}, button="Add it")
    assert "4. Thank you all." in coordinator.text
    coordinator.follow("Change paragraph 4").send(button="Take this paragraph away")
    assert "Thank you all." not in coordinator.get(path).text
    coordinator.post(f"{path}/settle/summary.happened", {"act": "nonsense"}, status=400)


def test_bad_input_is_told_with_everything_typed_still_there(coordinator: Browser) -> None:
    path = paper_path(coordinator)
    coordinator.get(f"{path}/head")
    coordinator.send({"title": "", "purpose": "My purpose", "dated_on-month": "13"}, status=422)
    assert "Give the paper a title" in coordinator.text
    assert "My purpose" in coordinator.html
    for name in ("title", "author", "marking", "purpose", "asked"):
        coordinator.get(f"{path}/head").send({name: " "}, status=422)
    coordinator.get(f"{path}/words/summary.happened").send({"words": " "}, button="Keep these", status=422)
    assert "Write something here" in coordinator.text
    coordinator.get("/panel/papers/new?from=nonsense&to=2026")
    for fields in (
        {"first_on-year": "2026", "last_on-year": "2025"},
        {"first_on-year": "1066", "last_on-year": "2025"},
        {"first_on-day": "x"},
    ):
        coordinator.get("/panel/papers/new").send(fields, button="Draft it", status=422)
    coordinator.get(f"{path}/words/nothing.there", status=404)
    coordinator.get(f"{path}/add/nothing.there", status=404)
    coordinator.get("/panel/papers/999", status=404)


def test_words_that_give_somebody_away_are_pointed_out_before_they_are_kept(
    coordinator: Browser, make: Workshop
) -> None:
    make.person(name="Vera Visitor")
    path = paper_path(coordinator)
    coordinator.get(f"{path}/words/summary.happened")
    words = "Vera Visitor saw Mr Jones, EU/1234/26."
    coordinator.send({"words": words}, button="Keep these", status=422)
    assert "“Mr Jones” looks like somebody’s name" in coordinator.text
    assert "“EU/1234/26” looks like a custody number" in coordinator.text
    assert "“Vera Visitor” is the name of somebody in the scheme" in coordinator.text
    coordinator.send({"words": words, "is_looked_over": "y"}, button="Keep these")
    assert words in coordinator.text


def test_two_coordinators_lose_nothing_to_each_other(coordinator: Browser, browse_as: Browse) -> None:
    path = paper_path(coordinator)
    other = browse_as(Role.COORDINATOR)
    for browser in (coordinator, other):
        browser.get(f"{path}/words/summary.happened")
    coordinator.send({"words": "By the first."}, button="Keep these")
    other.send({"words": "By the second."}, button="Keep these", status=422)
    assert "wrote here since you looked. It now reads: “By the first.”" in other.text
    assert "By the second." in other.html
    other.send(button="Keep these")
    assert "3. By the second." in other.text

    for browser in (coordinator, other):
        browser.get(f"{path}/head")
    coordinator.send({"title": "The first title"}, button="Keep the head")
    other.send({"title": "The second title"}, button="Keep the head", status=422)
    assert "“The first title”" in other.text
    other.send(button="Keep the head")
    assert other.heading == "The second title"


def test_words_sent_after_somebody_froze_the_paper_are_shown_once_more(
    coordinator: Browser, browse_as: Browse
) -> None:
    path = paper_path(coordinator)
    other = browse_as(Role.COORDINATOR).get(f"{path}/words/summary.happened")
    freeze(coordinator)
    other.send({"words": "Too late."}, button="Keep these", status=422)
    assert other.heading == "This paper was frozen"
    assert "Too late." in other.text
    other.post(f"{path}/leave-out/summary.happened")
    assert "froze this paper meanwhile, as 2026-P1" in other.text
    other.post(f"{path}/discard")
    assert "froze this paper meanwhile, as 2026-P1" in other.text
    other.get(f"{path}/head", status=404)


def test_a_button_pressed_twice_at_once_says_that_the_paper_is_frozen(
    coordinator: Browser, make: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere than on SQLite the second waits for the first, having seen the draft."""
    coordinator.follow("Look it over")
    held, actor = desk.held_for_freezing, make.actor(Role.COORDINATOR)

    def held_late(session: Session, paper_id: int, *, today: date) -> desk.OpenDraft | None:
        first = held(session, paper_id, today=today)
        assert first
        desk.freeze(session, first, first.seal, by=actor, at=NOW, link="")
        return held(session, paper_id, today=today)

    monkeypatch.setattr(desk, "held_for_freezing", held_late)
    coordinator.send(button="Freeze it")
    assert "This paper is frozen already: nothing was sent twice." in coordinator.text


def test_words_typed_for_a_draft_that_somebody_discarded_are_shown_once_more(
    coordinator: Browser, browse_as: Browse
) -> None:
    path = paper_path(coordinator)
    other = browse_as(Role.COORDINATOR).get(f"{path}/words/summary.happened")
    coordinator.get(path).follow("Discard this draft").send(button="Discard it")
    other.send({"words": "Two of three are not enough."}, button="Keep these", status=404)
    assert "Two of three are not enough." in other.text


def test_a_restatement_shows_both_and_the_earlier_says_where_it_was_restated(
    coordinator: Browser, browse_as: Browse, visits: list[Visit]
) -> None:
    member = browse_as(Role.PANEL)
    path = freeze(coordinator)
    visits[2].outcome = Outcome.COMPLETED
    coordinator.get(path).follow("Restate this paper")
    coordinator.send({"why": ""}, button="Draft the restatement", status=422)
    coordinator.send({"why": "A report came late"}, button="Draft the restatement")
    assert "As first reported" in coordinator.text
    assert "66.7% (2 of 3)" in coordinator.text
    second = paper_path(coordinator)
    coordinator.get(path).follow("Go on with it")
    assert paper_path(coordinator) == second
    coordinator.get(f"{path}/restate")
    assert "A restatement is drafted already" in coordinator.text
    assert "was restated" not in member.get(path).text, "a draft is nobody else’s business"
    freeze(coordinator.get(second))
    member.get(path)
    assert "It was restated on 4 March 2026 by 2026-P2" in member.text
    assert "67% of scheduled visits were completed (2 of 3)." in member.text, "it stands as it was sent"
    member.follow("2026-P2")
    assert "This paper restates 2026-P1" in member.text
    listed = member.get("/panel/papers/").text
    assert "Restated by 2026-P2" in listed
    assert "Restates 2026-P1" in listed
    coordinator.get(f"{path}/restate").post(f"{path}/restate", {"why": "Again"}, status=422)
    assert "restate that one" in coordinator.text


def test_the_same_period_leads_to_the_draft_or_the_paper_that_is_there(coordinator: Browser) -> None:
    path = paper_path(coordinator)
    coordinator.get(FEBRUARY).send(button="Draft it")
    assert paper_path(coordinator) == path
    freeze(coordinator)
    coordinator.get(FEBRUARY).send(button="Draft it", status=422)
    assert "was sent as 2026-P1" in coordinator.text


def test_a_discarded_draft_is_gone(coordinator: Browser) -> None:
    path = paper_path(coordinator)
    coordinator.follow("Discard this draft").send(button="Discard it")
    assert "Discarded" in coordinator.text
    coordinator.get(path, status=404)


def test_an_annual_report_waits_for_the_words_nobody_can_count(coordinator: Browser) -> None:
    coordinator.get("/panel/papers/new?from=2025-04-01&to=2026-03-31").send(button="Draft it")
    assert coordinator.heading == "Independent custody visiting, annual report: 2025–26"
    assert "The period is not over" in coordinator.text
    coordinator.follow("Write it: foreword").send({"words": "A good year."}, button="Keep these")
    assert "3. A good year." in coordinator.text
    coordinator.follow("Look it over")
    assert "3 places still to write are left out" in coordinator.text
    coordinator.send(button="Freeze it")
    assert "Foreword" in coordinator.text
    assert "How to join" not in coordinator.text


def test_a_paper_carries_its_own_marking(coordinator: Browser, make: Workshop) -> None:
    make.keep(
        Setting(name="papers_marking", value='"OFFICIAL-TEST"', effective_on=date(2020, 1, 1), set_at=NOW)
    )
    coordinator.get("/panel/papers/new?from=2026-01-01&to=2026-01-31").send(button="Draft it")
    assert "OFFICIAL-TEST" in coordinator.html


def test_one_press_on_the_panels_page_drafts_the_paper_of_its_period(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get("/panel/?from=2026-02-01&to=2026-02-28")
    browser.send(button="Draft the committee paper")
    assert browser.heading == "Independent custody visiting: February 2026"
    browser.get("/panel/?from=2025-04-01&to=2026-03-31").send(button="Draft the annual report")
    assert "annual report" in browser.heading
    assert "Draft the" not in browse_as(Role.PANEL).get("/panel/").text


@pytest.mark.parametrize("act", ["leave-out", "put-in"])
def test_what_is_no_part_of_the_paper_is_not_left_out_of_it(
    coordinator: Browser, session: Session, act: str
) -> None:
    path = paper_path(coordinator)
    coordinator.post(f"{path}/{act}/nothing.of.the.kind", status=404)
    assert session.scalars(sa.select(PaperWords)).all() == []
