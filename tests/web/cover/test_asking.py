"""Cover is asked for, taken, refused and withdrawn by visitors on their pages."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.cover import CoverState
from icv.rules.visits import DutyState
from icv.store.cover import CoverRequest
from icv.store.rota import Rota
from icv.store.visits import Duty
from tests.web.conftest import Clock
from tests.web.cover.conftest import IN_FOUR_WEEKS, WEEK, BrowseAs, Scheme
from tests.workshop import NOW, TODAY, Workshop


def test_cover_is_asked_of_all_who_may_with_one_button(scheme: Scheme) -> None:
    page = scheme.as_(scheme.ann).get("/duties/")
    page.follow("Ask others to take it")
    assert "Until somebody takes it, the visit stays yours" in page.text
    assert "Cy Young" in page.text
    assert "Di Moss" in page.text
    for unsaid in ("Ed Away", "away", "90012", scheme.cy.email):
        assert unsaid not in page.text.replace("Ann Hart", "")
    page.send({"words": "A wedding"}, button="Ask those ticked")
    assert "2 visitors will be asked" in page.text
    assert page.heading == "You asked others to take your visit"
    assert "With it you said: A wedding" in page.text
    assert scheme.told(scheme.cy) == scheme.told(scheme.di) == ["Could you take a visit?"]
    page.get("/duties/")
    assert "cover wanted" in page.text
    assert "2 asked" in page.text
    page.get(f"/cover/duties/{scheme.duty.id}")
    assert page.heading == "You asked others to take your visit", "Back after sending leads to what was sent"


def test_the_one_who_takes_it_has_it_and_the_other_is_told_so(scheme: Scheme, session: Session) -> None:
    request = scheme.asked("A wedding")
    cy, di = scheme.as_(scheme.cy), scheme.as_(scheme.di)
    for page in (cy, di):
        page.get("/duties/")
        assert "Asked of you: cover for Euston Street, week of 30 March to 5 April 2026" in page.text
        page.follow("See it and answer")
        assert "Ann Hart says: A wedding" in page.text
    session.expire_all()
    assert scheme.holders() == {"Ann Hart", "Bo Sample"}, "Looking takes nothing"
    cy.send(button="I take this visit")
    assert "The visit is yours" in cy.text
    assert "Next: Euston Street" in cy.text
    di.send(button="I take this visit")
    assert "Somebody else has taken this visit before you" in di.text
    assert "Nothing more is asked of you" in di.text
    session.expire_all()
    assert scheme.holders() == {"Cy Young", "Bo Sample"}
    assert session.scalars(sa.select(Rota.certificate)).one()["changed_on"] == TODAY.isoformat()
    cy.get(f"/cover/{request}")
    assert "You have taken this visit" in cy.text
    ann = scheme.as_(scheme.ann).get("/duties/")
    assert "No visit waits for you" in ann.text
    ann.get(f"/cover/{request}")
    assert "Cy Young has this visit now" in ann.text
    assert "No longer needed" in scheme.told(scheme.di)[-1]


def test_saying_no_takes_it_off_the_own_page_and_may_be_changed(scheme: Scheme) -> None:
    request = scheme.asked()
    cy = scheme.as_(scheme.cy).get(f"/cover/{request}").send(button="I can’t")
    assert "Nothing changes for you" in cy.text
    assert "Asked of you" not in cy.text
    cy.get(f"/cover/{request}")
    assert "you may still change your mind" in cy.text
    ann = scheme.as_(scheme.ann).get(f"/cover/{request}")
    assert "Cy Young cannot" in ann.text
    cy.send(button="I take this visit")
    assert "The visit is yours" in cy.text


def test_a_request_is_withdrawn_with_one_button(scheme: Scheme) -> None:
    request = scheme.asked()
    ann = scheme.as_(scheme.ann).get(f"/cover/{request}").send(button="Withdraw")
    assert "Withdrawn. The visit is yours" in ann.text
    cy = scheme.as_(scheme.cy).get(f"/cover/{request}")
    assert "This was withdrawn" in cy.text
    cy.post(f"/cover/{request}/take")
    assert "This was withdrawn" in cy.text
    assert scheme.holders() == {"Ann Hart", "Bo Sample"}
    ann.get(f"/cover/duties/{scheme.duty.id}").send(button="Ask those ticked")
    assert "2 visitors will be asked" in ann.text


def test_nobody_ticked_is_said_beside_the_boxes_and_the_words_are_kept(scheme: Scheme) -> None:
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}")
    page.send({"people": [], "words": "A wedding"}, button="Ask those ticked", status=422)
    assert "Choose at least one visitor to ask" in page.text
    assert "A wedding" in page.html
    assert "checked" not in page.html


@pytest.mark.parametrize("people", [["{ed}"], ["{cy}", "{ed}"], ["{bo}"], ["{ann}"], ["999999"]])
def test_nobody_is_asked_who_may_not_take_it(scheme: Scheme, people: list[str]) -> None:
    ids = {"ed": scheme.ed.id, "cy": scheme.cy.id, "bo": scheme.bo.id, "ann": scheme.ann.id}
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}")
    page.send(
        {"people": [one.format(**ids) for one in people], "words": "Kept"},
        button="Ask those ticked",
        status=422,
    )
    assert "may no longer take this visit" in page.text
    assert "Kept" in page.html
    assert scheme.told(scheme.ed) == []


def test_what_is_too_near_says_until_when_it_could_be_asked(scheme: Scheme, clock: Clock) -> None:
    clock.at = NOW + (IN_FOUR_WEEKS - TODAY) - timedelta(days=1)
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}")
    assert "could be asked for until 28 March 2026" in page.text
    page.follow("I can’t make it")
    page.get(f"/cover/duties/{scheme.duty.id}/swap")
    assert "could be asked for until 28 March 2026" in page.text
    page.get("/duties/")
    assert "Ask others" not in page.text


def test_when_nobody_may_the_page_says_what_else_to_do(scheme: Scheme, make: Workshop) -> None:
    for person in (scheme.cy, scheme.di):
        make.visit(None, person, week=IN_FOUR_WEEKS)
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}")
    assert "Nobody else may make this visit as things stand" in page.text
    page.follow("See which visits you could swap")


@pytest.mark.parametrize("path", ["/cover/{}", "/cover/duties/{}", "/cover/duties/{}/swap"])
def test_somebody_elses_request_or_duty_is_not_found(scheme: Scheme, path: str, make: Workshop) -> None:
    request = scheme.asked()
    stranger = scheme.as_(make.person(name="Stranger"))
    stranger.get(path.format(request if path == "/cover/{}" else scheme.duty.id), status=404)
    for act in ("take", "no", "withdraw"):
        stranger.get("/duties/").post(f"/cover/{request}/{act}", status=404)
    scheme.as_(scheme.cy).get("/duties/").post(f"/cover/{request}/withdraw", status=200)
    assert make.session.scalars(sa.select(CoverRequest.state)).one() is CoverState.OPEN


def test_buttons_of_a_letter_are_pressed_and_never_followed(scheme: Scheme) -> None:
    request = scheme.asked()
    for act in ("take", "no", "withdraw"):
        scheme.as_(scheme.cy).get(f"/cover/{request}/{act}", status=405)


def test_what_silence_means_stands_on_the_page(scheme: Scheme, make: Workshop) -> None:
    make.duty(make.visit(week=IN_FOUR_WEEKS), scheme.cy, state=DutyState.OFFERED)
    assert "Until you answer, this visit stays yours" in scheme.as_(scheme.cy).get("/duties/").text


def test_the_list_of_duties_asks_the_same_number_of_questions_however_much_is_asked(
    scheme: Scheme, make: Workshop
) -> None:
    cy = scheme.as_(scheme.cy)
    few = len(cy.get("/duties/").queries)
    scheme.asked()
    for weeks in range(5, 9):
        holder = make.person()
        visit = make.visit(None, holder, week=TODAY + weeks * WEEK)
        duty = make.session.scalars(sa.select(Duty.id).where(Duty.visit_id == visit.id)).one()
        scheme.as_(holder).get(f"/cover/duties/{duty}").send(button="Ask those ticked")
    cy.get("/duties/")
    assert cy.text.count("Asked of you") == 5
    assert len(cy.queries) == few


@pytest.mark.parametrize("path", ["/rota/duties/999", "/rota/duties/999/cover", "/rota/duties/999/decline"])
def test_a_duty_that_never_was_is_not_found(browse_as: BrowseAs, path: str) -> None:
    browse_as(Role.COORDINATOR).get(path, status=404)
