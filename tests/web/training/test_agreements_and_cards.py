"""Agreements and cards of several people."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people import Agreement, Card
from icv.store.scheme import Setting
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop


def test_agreements_and_cards_of_several(browser: Browser, session: Session, make: Workshop) -> None:
    make.keep(Setting(name="agreement_version", value='"3"', effective_on=TODAY, set_at=NOW))
    ann, bob = make.person(name="Ann"), make.person(name="Bob")
    make.keep(Agreement(person_id=bob.id, version="2", signed_on=date(2024, 1, 1)))
    browser.get("/people/papers/")
    assert "0 of 2 have signed version 3" in browser.text
    assert "Not version 3 version 2 signed 1 January 2024" in browser.text
    both = f"person={ann.id}&person={bob.id}"
    browser.get(f"/people/papers/agreements?{both}").send(button="Record it for 2 people")
    assert "The agreement is recorded for 2 people." in browser.text
    assert "2 of 2 have signed version 3" in browser.text
    browser.get(f"/people/papers/cards?{both}")
    sent = {f"number-{ann.id}": "7", f"number-{bob.id}": "7", **day(date(2027, 3, 3), "expires_on")}
    browser.send(sent, button="Issue the cards", status=422)
    assert "Card 7 is entered twice" in browser.text
    assert browser.html.count('value="7"') == 2
    browser.send({f"number-{bob.id}": "8"}, button="Issue the cards")
    assert "2 cards issued." in browser.text
    assert "2 of 2 have a card that counts today" in browser.text
    session.commit()
    assert set(session.execute(sa.select(Card.number, Card.expires_on)).all()) == {
        ("7", date(2027, 3, 3)),
        ("8", date(2027, 3, 3)),
    }


def test_papers_are_filtered_and_acts_on_nobody_are_sent_back(browser: Browser, make: Workshop) -> None:
    signed, neither = make.person(name="Ann"), make.person(name="Bob")
    make.keep(Agreement(person_id=signed.id, version="2", signed_on=date(2024, 1, 1)))
    browser.get("/people/papers/?show=unsigned")
    assert "Bob" in browser.text
    assert "Ann" not in browser.text
    assert "Nobody: everybody in office has it." in browser.get("/people/papers/?show=ending").text
    for act in ("agreements", "cards"):
        assert "Choose at least one person first" in browser.get(f"/people/papers/{act}").text
    browser.get(f"/people/papers/agreements?person={neither.id}")
    browser.send({"version": "", "signed_on-day": "31", "signed_on-month": "2"}, button="Record", status=422)
    assert "Enter which version was signed" in browser.text
    assert "There is no 31 February 2026" in browser.text
