"""The public application by real requests: page by page, with Back, a lost session and a helpful browser."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.monitoring import QUESTIONS
from icv.services.recruitment.sending import send
from icv.store.letters import Letter
from icv.store.people import Person, Round
from icv.store.recruitment import Application
from icv.store.recruitment.monitoring import counts_of
from icv.store.scheme import Setting
from tests.applications import CHOICES, FROM, answers, draft_of, round_open
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

DAY = timedelta(days=1)
SAVE = "Save and go on"


@pytest.fixture
def open_now(make: Workshop) -> Round:
    return round_open(make, "Spring 2026", welcome="We look for eight people.\n\nVisits take two hours.")


def begun(browser: Browser, open_now: Round, clock: Clock) -> Browser:
    browser.get(f"/apply/{open_now.id}").send(button="Start")
    clock.at += timedelta(minutes=20)
    return browser


def fields(page: str, own: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends of a page's answers."""
    words = {True: "yes", False: "no"}
    ticks = {"is_no_relative", "vetting", "references"}
    return {
        name: "y" if name in ticks else words.get(value, value) if isinstance(value, bool) else value
        for name, value in own.items()
    }


def fill(browser: Browser, said: dict[str, Any]) -> Browser:
    """Sends each page that is asked for until all are answered."""
    while browser.path.startswith("/apply/yours/") and browser.path != "/apply/yours/check":
        page = browser.path.rsplit("/", 1)[1]
        browser.send(fields(page, said[page]), button=SAVE)
    return browser


def written(session: Session) -> dict[str, Any]:
    session.expire_all()
    said: dict[str, Any] = session.scalars(sa.select(Application.answers)).one()
    return said


# -- what is open


def test_with_no_round_open_it_says_so_and_what_to_do(browser: Browser, make: Workshop) -> None:
    round_open(make, "Hidden", is_public=False)
    round_open(make, "Over", closed_on=TODAY)
    round_open(make, "To come", opened_on=TODAY + DAY)
    browser.get("/apply/")
    assert "not looking for new visitors at the moment" in browser.text
    assert "Hidden" not in browser.text
    assert "ask the Office of the Police and Crime Commissioner" in browser.text


def test_open_rounds_are_listed_with_their_last_day(browser: Browser, open_now: Round) -> None:
    browser.get("/apply/").follow("Spring 2026")
    assert "We look for eight people." in browser.text
    assert "The last day to send it is 2 April 2026" in browser.text
    assert "about 20 minutes" in browser.text
    assert CHOICES.application_notice in browser.text
    assert "a special constable" in browser.text
    assert "navigation" not in browser.html.split("<main")[0].split("<body")[1].replace("Back", "")


def test_a_round_that_is_over_or_to_come_says_when(browser: Browser, make: Workshop) -> None:
    over, to_come = round_open(make, "A", closed_on=TODAY), round_open(make, "B", opened_on=TODAY + DAY)
    assert "The last day to apply was 3 March 2026" in browser.get(f"/apply/{over.id}").text
    assert "from 5 March 2026" in browser.get(f"/apply/{to_come.id}").text
    browser.get(f"/apply/{round_open(make, 'C', is_public=False).id}", status=404)
    browser.get("/apply/999", status=404)


# -- the whole way


def test_somebody_applies_page_by_page_and_is_told_what_happens_next(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    assert browser.heading == "Check your answers"
    assert "I know what an outside eye is worth." in browser.text
    browser.send({"is_true": "y"}, button="Send my application")
    assert browser.heading == "Application sent"
    assert "A0001" in browser.text
    assert CHOICES.acknowledgement in browser.text
    person = session.scalars(sa.select(Person)).one()
    assert (person.name, person.round_id) == ("Ada Byron", open_now.id)
    assert written(session) == answers()
    assert set(session.scalars(sa.select(Letter.subject))) == {
        "Go on with your application",
        "We have your application",
    }


def test_the_receipt_is_the_same_for_an_address_on_record(
    browser: Browser, open_now: Round, clock: Clock, make: Workshop, app: Flask
) -> None:
    make.person(email="ada@example.org")
    fill(begun(browser, open_now, clock), answers())
    known = browser.send({"is_true": "y"}, button="Send my application").text
    other = Browser(app)
    fill(begun(other, open_now, clock), answers("eve@example.org"))
    assert other.send({"is_true": "y"}, button="Send my application").text == known.replace(
        "A0001", "A0002"
    ).replace("12:20", "12:40")


def test_back_and_again_shows_the_receipt_and_sends_nothing_twice(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    page = browser.page
    browser.send({"is_true": "y"}, button="Send my application")
    receipt = browser.text
    browser.page = page
    assert browser.send({"is_true": "y"}, button="Send my application").text == receipt
    for path in ("/apply/yours/check", "/apply/yours/why", "/apply/yours"):
        assert browser.get(path).heading == "Application sent"
    assert len(session.scalars(sa.select(Person.id)).all()) == 1


def test_an_answer_is_changed_from_the_last_page_and_one_comes_back_to_it(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.follow("Change where you live").send({"town": "Wigston", "ties": ["study"]}, button=SAVE)
    assert browser.heading == "Check your answers"
    assert written(session)["area"] == {"ties": ["study"], "town": "Wigston"}


def test_the_list_of_pages_says_what_is_left(browser: Browser, open_now: Round, clock: Clock) -> None:
    begun(browser, open_now, clock).send({"name": "Ada"}, button=SAVE)
    browser.get("/apply/yours")
    assert "1 of 11 done" in browser.text
    browser.follow("Why you want to be a visitor")
    browser.send({"why": "I care."}, button=SAVE)
    assert browser.heading == "Who is your first referee?"
    browser.get("/apply/yours/check")
    assert "Not everything is answered yet" in browser.text
    assert "Send my application" not in browser.text


def test_it_is_not_sent_without_the_declaration_that_it_is_true(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.send(button="Send my application", status=422)
    assert "Tick this to send it" in browser.text
    assert session.scalars(sa.select(Person.id)).all() == []


# -- what is no answer


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("name", {"name": "x" * 101}, "Keep this to 100 characters"),
        ("contact", {"email": "ada@nowhere", "phone": "ring me <b>"}, "like name@example.org"),
        ("area", {"ties": ["live"], "town": ""}, "Enter the town"),
        ("connections", {"has_any": "yes", "words": ""}, "what the connection is"),
        ("why", {"why": "x" * 2001}, "2,000 characters: it has 2,001"),
        ("referee-1", {"name": "Sam", "email": "sam"}, "like name@example.org"),
    ],
)
def test_a_wrong_answer_is_told_and_everything_typed_stays(
    browser: Browser, open_now: Round, clock: Clock, page: str, typed: dict[str, Any], words: str
) -> None:
    begun(browser, open_now, clock).get(f"/apply/yours/{page}").send(typed, button=SAVE, status=422)
    assert words in browser.text
    for value in typed.values():
        assert value[:80].replace("<b>", "&lt;b&gt;") in browser.html if isinstance(value, str) else True


def test_answers_that_were_not_offered_are_refused(browser: Browser, open_now: Round, clock: Clock) -> None:
    begun(browser, open_now, clock)
    for page, typed in (
        ("area", {"ties": "moon"}),
        ("age", {"is_adult": "perhaps"}),
        ("roles", {"declared": "x"}),
    ):
        browser.get(f"/apply/yours/{page}").post(f"/apply/yours/{page}", typed, status=422)
        assert "There is a problem" in browser.text
    browser.get("/apply/yours/shoes", status=404)
    browser.post("/apply/yours/name", {"name": "x" * 200_000}, status=413)


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        ("age", {"is_adult": "no"}, "18 or over"),
        ("area", {"ties": ["none"]}, "Every police area has a scheme"),
        ("roles", {"declared": ["one of them"]}, "once you no longer hold it"),
    ],
)
def test_who_may_not_apply_is_told_at_once_and_can_correct_a_slip(
    browser: Browser, open_now: Round, clock: Clock, page: str, typed: dict[str, Any], words: str
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.get(f"/apply/yours/{page}").send(typed, button=SAVE)
    assert browser.heading == "You cannot apply at the moment"
    assert words in browser.text
    browser.get("/apply/yours")
    assert "cannot be sent" in browser.text
    browser.get("/apply/yours/check")
    assert "Send my application" not in browser.text
    browser.post("/apply/yours/check", {"is_true": "y"}, status=422)
    browser.get("/apply/yours/not-now").follow("change it")
    browser.send(fields(page, answers()[page]), button=SAVE)
    assert browser.heading == "Check your answers"


# -- kept for later


def test_it_goes_on_by_the_letter_on_another_device(
    browser: Browser, open_now: Round, clock: Clock, session: Session, app: Flask
) -> None:
    begun(browser, open_now, clock).send({"name": "Ada"}, button=SAVE)
    browser.send({"email": "ada@example.org"}, button=SAVE)
    path = session.scalars(sa.select(Letter.body)).one().split("http://localhost")[1].split()[0]
    scanner, other = Browser(app), Browser(app)
    scanner.get(path)
    scanner.get("/apply/yours", status=404)
    assert browser.get("/apply/yours").heading == "Your application"
    other.get(path).send(button="Open my application")
    assert "2 of 11 done" in other.text
    assert browser.get("/apply/yours", status=404).heading == "No application is open on this device"
    browser.get(path).send(button="Open my application")
    assert "2 of 11 done" in browser.text
    assert other.get("/apply/yours").heading == "Your application"


def test_a_link_is_asked_for_and_nobody_is_told_whether_there_is_a_draft(
    browser: Browser, open_now: Round, session: Session
) -> None:
    draft_of(session, open_now.id, answers())
    told = set()
    for email in ("ada@example.org", "nobody@example.org"):
        browser.get("/apply/find").send({"email": email}, button="Send me a link")
        told.add(browser.text)
    assert len(told) == 1
    assert session.scalars(sa.select(Letter.to_email)).all() == ["ada@example.org"]


def test_a_stranger_who_asks_for_the_link_throws_nobody_off_their_device(
    browser: Browser, open_now: Round, clock: Clock, app: Flask, session: Session
) -> None:
    begun(browser, open_now, clock).get("/apply/yours/contact").send(
        {"email": "ada@example.org"}, button=SAVE
    )
    Browser(app).get("/apply/find").send({"email": "ada@example.org"}, button="Send me a link")
    browser.get("/apply/yours/why").send({"why": "I care."}, button=SAVE)
    assert written(session)["why"] == {"why": "I care."}


def test_a_link_that_works_no_more_says_what_to_do(browser: Browser) -> None:
    browser.get("/apply/return/unknown", status=404)
    assert browser.heading == "This link no longer works"
    browser.follow("Ask for a new link")


@pytest.mark.parametrize(("button", "drafts"), [("Forget it", 1), ("Delete it", 0)])
def test_the_next_person_on_the_device_finds_nothing(
    browser: Browser, open_now: Round, clock: Clock, session: Session, button: str, drafts: int
) -> None:
    begun(browser, open_now, clock).get("/apply/yours").send(button=button)
    browser.get("/apply/yours", status=404)
    browser.get("/apply/yours/name", status=404)
    assert "You have begun" not in browser.get("/apply/").text
    assert len(session.scalars(sa.select(Application.id)).all()) == drafts


def test_what_was_typed_when_the_browser_had_forgotten_the_draft_can_be_copied(
    browser: Browser, open_now: Round, clock: Clock, app: Flask
) -> None:
    begun(browser, open_now, clock).get("/apply/yours/why")
    lost = Browser(app)
    lost.page = lost.get("/apply/find").page
    lost.post("/apply/yours/why", {"why": "A long <story> of my own"}, status=404)
    assert "A long <story> of my own" in lost.text
    assert browser.get("/apply/yours").heading == "Your application"


def test_what_was_typed_on_a_page_that_had_been_open_too_long_is_sent_again(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    begun(browser, open_now, clock).get("/apply/yours/why")
    browser.client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    for control in browser.page.iter("input"):
        if control.get("name") == "csrf_token":
            control.set("value", "stale")
    browser.send({"why": "A long story"}, button=SAVE, status=400)
    assert "not been saved yet" in browser.text
    browser.send(button="Send it now")
    assert written(session)["why"] == {"why": "A long story"}


def test_after_the_round_has_closed_the_draft_is_kept_and_says_until_when(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    fill(begun(browser, open_now, clock), answers())
    open_now.closed_on = TODAY
    session.commit()
    browser.get("/apply/yours/check").send({"is_true": "y"}, button="Send my application", status=422)
    assert "This round closed on 3 March 2026" in browser.text
    assert "kept until 1 April 2026" in browser.text
    assert "cannot be sent any more" in browser.get("/apply/yours").text


# -- programs


def test_a_filled_trap_is_said_plainly_and_the_next_try_goes_through(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    browser.get(f"/apply/{open_now.id}").send({"website": "https://spam"}, button="Start", status=422)
    assert "perhaps by your browser" in browser.text
    assert "https://spam" not in browser.html
    browser.send(button="Start")
    clock.at = NOW + timedelta(minutes=20)
    fill(browser, answers())
    browser.send({"is_true": "y", "website": "x"}, button="Send my application", status=422)
    assert session.scalars(sa.select(Person.id)).all() == []
    browser.send({"is_true": "y"}, button="Send my application")
    assert browser.heading == "Application sent"


def test_what_comes_within_seconds_is_asked_to_come_again(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    fill(begun(browser, open_now, clock), answers())
    clock.at = NOW + timedelta(seconds=9)
    browser.send({"is_true": "y"}, button="Send my application", status=422)
    assert "faster than anybody can type" in browser.text
    clock.at = NOW + timedelta(seconds=10)
    assert browser.send({"is_true": "y"}, button="Send my application").heading == "Application sent"


def test_a_name_that_leads_somewhere_never_stands_in_a_letter(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    begun(browser, open_now, clock).send({"name": "Win at evil.com"}, button=SAVE, status=422)
    assert "in letters" in browser.text


# -- the scheme's own choices


def test_a_scheme_without_barred_roles_or_references_asks_for_neither(
    browser: Browser, open_now: Round, clock: Clock, make: Workshop
) -> None:
    for name, value in (("barred_roles", "[]"), ("references_wanted", "0")):
        make.keep(Setting(name=name, value=value, effective_on=TODAY, set_at=NOW))
    begun(browser, open_now, clock)
    for page in ("roles", "referee-1"):
        browser.get(f"/apply/yours/{page}", status=404)
    browser.get("/apply/yours/consent")
    assert "referees" not in browser.text
    browser.get("/apply/yours/name")
    fill(browser, answers(consent={"vetting": True}))
    assert browser.send({"is_true": "y"}, button="Send my application").heading == "Application sent"


# -- the voluntary questions


def test_the_voluntary_questions_are_counted_once_and_kept_of_nobody(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    browser.get("/apply/about-you", status=404)
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application").follow("Answer the questions")
    for question in QUESTIONS:
        assert question.title in browser.text
    browser.send({"sex": "female", "religion": "sikh"}, button="Add my answers")
    assert "Your answers are counted" in browser.text
    assert "Answer the questions" not in browser.text
    session.expire_all()
    assert counts_of(session, open_now.id)["sex"] == {"female": 1}
    browser.get("/apply/about-you", status=404)
    browser.post("/apply/about-you", {"sex": "female"}, status=404)
    assert counts_of(session, open_now.id)["sex"] == {"female": 1}
    assert "sikh" not in str(written(session))


def test_a_copy_of_the_cookie_kept_and_sent_again_counts_nobody_more(
    browser: Browser, open_now: Round, clock: Clock, session: Session
) -> None:
    for number in range(3):
        draft_of(session, open_now.id, answers(f"{number}@example.org"), token=f"{number}").sent_at = NOW
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application").follow("Answer the questions")
    cookie, page = browser.client.get_cookie("icv"), browser.page
    assert cookie
    browser.send({"sex": "female"}, button="Add my answers")
    browser.client.set_cookie("icv", cookie.value)
    browser.page = page
    browser.send({"sex": "female"}, button="Add my answers")
    assert "Nothing was counted" in browser.text
    session.expire_all()
    assert counts_of(session, open_now.id)["sex"] == {"female": 1}


def test_the_voluntary_questions_are_open_for_an_hour(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application").follow("Answer the questions")
    clock.at += timedelta(hours=1)
    browser.send({"sex": "female"}, button="Add my answers", status=404)
    assert "within an hour" in browser.text
    assert "Answer the questions" not in browser.get("/apply/yours").text


def test_a_round_whose_numbers_could_be_seen_before_asks_nobody_any_more(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    open_now.answers_are_final = True
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application")
    assert browser.heading == "Application sent"
    assert "Answer the questions" not in browser.text
    browser.get("/apply/about-you", status=404)


@pytest.mark.parametrize(("before", "words"), [(0, "is on its way"), (3, "none goes about this one")])
def test_the_receipt_promises_no_letter_that_does_not_go(
    browser: Browser,
    open_now: Round,
    clock: Clock,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    before: int,
    words: str,
) -> None:
    monkeypatch.setattr("icv.web.applying.views.can_send_letters", lambda: True)
    for number in range(before):
        draft_of(session, open_now.id, answers(), token=f"{number}")
        send(session, f"{number}", CHOICES, from_address=FROM, at=NOW)
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application")
    assert words in browser.text


def test_an_answer_that_is_not_offered_is_refused_and_the_right_to_answer_stays(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application").follow("Answer the questions")
    browser.send({"sex": "often"}, button="Add my answers", status=422)
    browser.send({"sex": "male"}, button="Add my answers")
    assert "Your answers are counted" in browser.text


def test_somebody_signed_in_may_apply_too(
    browse_as: Any, open_now: Round, clock: Clock, make: Workshop
) -> None:
    browser = browse_as(Role.PANEL)
    fill(begun(browser, open_now, clock), answers())
    assert browser.send({"is_true": "y"}, button="Send my application").heading == "Application sent"
