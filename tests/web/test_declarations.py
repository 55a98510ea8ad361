"""Declarations on the coordinator's pages: recorded, listed, settled."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.appraisal import DeclarationKind
from icv.store.people import Declaration, Person
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]


def declared(make: Workshop, person: Person, words: str = "My brother joins the force") -> Declaration:
    kept: Declaration = make.keep(
        Declaration(
            person_id=person.id,
            kind=DeclarationKind.CIRCUMSTANCES,
            declared_on=TODAY,
            words=words,
            made_at=NOW,
        )
    )
    return kept


def test_a_change_is_recorded_waits_and_is_settled(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "Declarations Eligibility not declared" in browser.text
    browser.get(f"/people/{person.id}/declarations/add")
    assert "Nobody may visit while they are a magistrate" in browser.text
    browser.send({"kind": "circumstances", "words": "My brother joins the force"})
    assert "1 declared change to settle" in browser.text
    browser.follow("Settle")
    assert "My brother joins the force" in browser.text
    browser.follow("declare the conflict")
    assert browser.path == f"/people/{person.id}/conflict"
    number = session.scalars(sa.select(Declaration.id)).one()
    browser.get(f"/people/{person.id}/declarations/{number}").send({"outcome": "Not at Euston Street"})
    assert "Not at Euston Street" in browser.text
    assert "to settle" not in browser.text
    browser.get(f"/people/{person.id}/declarations/{number}")
    assert "Settled on 4 March 2026 by" in browser.text


def test_a_change_without_words_keeps_what_was_typed(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/declarations/add")
    yesterday = TODAY - timedelta(days=1)
    browser.send({"kind": "circumstances", **day(yesterday, "declared_on")}, status=422)
    assert "Say what has changed" in browser.text
    assert 'value="3"' in browser.html


def test_back_and_again_settles_once(browse_as: Browse, make: Workshop, session: Session) -> None:
    person = make.person()
    path = f"/people/{person.id}/declarations/{declared(make, person).id}"
    one, other = (browse_as(Role.COORDINATOR).get(path) for _ in range(2))
    one.send({"outcome": "Fine"})
    other.send({"outcome": "Not fine"}, status=422)
    assert "settled already" in other.text
    assert session.scalars(sa.select(Declaration.outcome)).all() == ["Fine"]


def test_somebody_elses_declaration_is_not_there(browse_as: Browse, make: Workshop) -> None:
    me, you = make.person(), make.person()
    number = declared(make, you).id
    browse_as(Role.COORDINATOR).get(f"/people/{me.id}/declarations/{number}", status=404)
    browser = browse_as(Role.VOLUNTEER, person=you)
    browser.get(f"/people/{you.id}/declarations/{number}", status=403)
    browser.get(f"/people/{you.id}/declarations/add", status=403)
