"""The voluntary questions: counted once, and kept of nobody."""

from datetime import timedelta

from sqlalchemy.orm import Session

from icv.rules.monitoring import QUESTIONS
from icv.store.people import Round
from icv.store.recruitment.monitoring import counts_of
from tests.applications import answers, draft_of
from tests.web.applying.conftest import begun, fill, written
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW


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


def test_an_answer_that_is_not_offered_is_refused_and_the_right_to_answer_stays(
    browser: Browser, open_now: Round, clock: Clock
) -> None:
    fill(begun(browser, open_now, clock), answers())
    browser.send({"is_true": "y"}, button="Send my application").follow("Answer the questions")
    browser.send({"sex": "often"}, button="Add my answers", status=422)
    browser.send({"sex": "male"}, button="Add my answers")
    assert "Your answers are counted" in browser.text
