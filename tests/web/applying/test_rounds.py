"""Which rounds may be applied to, and what is said where none may."""

from datetime import timedelta

from icv.store.people import Round
from tests.applications import CHOICES, round_open
from tests.web.browser import Browser
from tests.workshop import TODAY, Workshop

DAY = timedelta(days=1)


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
