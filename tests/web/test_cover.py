"""Cover and swaps through real requests: asked, taken by one, told to the others; the office for anyone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.cover import CoverState
from icv.rules.days import monday_of
from icv.rules.visits import HELD, DutyState
from icv.store.availability import DaysAway
from icv.store.cover import CoverRequest
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

BrowseAs = Callable[..., Browser]
WEEK = timedelta(weeks=1)
IN_FOUR_WEEKS = monday_of(TODAY) + 4 * WEEK


class Scheme:
    """Ann and Bo go to Euston Street in four weeks; Cy and Di could, Ed is away."""

    def __init__(self, make: Workshop, browse_as: BrowseAs) -> None:
        self.make, self.browse_as = make, browse_as
        names = ("Ann Hart", "Bo Sample", "Cy Young", "Di Moss", "Ed Away")
        self.ann, self.bo, self.cy, self.di, self.ed = (
            make.person(name=name, phone=f"+44 7700 90012{number}") for number, name in enumerate(names)
        )
        make.keep(DaysAway(person_id=self.ed.id, first_on=IN_FOUR_WEEKS, last_on=IN_FOUR_WEEKS + WEEK))
        published = {
            "state": RotaState.PUBLISHED,
            "published_at": NOW,
            "certificate": {"words": "Nothing better"},
        }
        rota = make.keep(Rota(first_on=TODAY, last_on=TODAY + 9 * WEEK, seed=1, made_at=NOW, **published))
        self.rota_id = rota.id
        self.visit = make.visit(
            make.suite("Euston Street"), self.ann, self.bo, week=IN_FOUR_WEEKS, rota_id=rota.id
        )
        self.duty = make.session.scalars(sa.select(Duty).where(Duty.person_id == self.ann.id)).one()

    def as_(self, person: Person) -> Browser:
        return self.browse_as(Role.VOLUNTEER, person=person)

    def asked(self, words: str = "") -> int:
        """Ann asks all who may."""
        page = self.as_(self.ann).get(f"/cover/duties/{self.duty.id}")
        page.send({"words": words}, button="Ask those ticked")
        return self.make.session.scalars(sa.select(CoverRequest.id)).one()

    def holders(self) -> set[str]:
        held = sa.select(Person.name).join(Duty, Duty.person_id == Person.id)
        return set(
            self.make.session.scalars(held.where(Duty.visit_id == self.visit.id, Duty.state.in_(HELD)))
        )

    def told(self, person: Person) -> list[str]:
        asked = sa.select(Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id)
        return list(self.make.session.scalars(asked))


@pytest.fixture
def scheme(make: Workshop, browse_as: BrowseAs) -> Scheme:
    return Scheme(make, browse_as)


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


def test_a_swap_is_proposed_and_agreed(scheme: Scheme, make: Workshop, session: Session) -> None:
    other = make.visit(
        make.suite("Keyham Lane"), scheme.cy, scheme.di, week=IN_FOUR_WEEKS + 2 * WEEK, rota_id=scheme.rota_id
    )
    ann = scheme.as_(scheme.ann).get("/duties/").follow("swap it for another visit")
    assert "Keyham Lane, week of 13 April to 19 April 2026: Cy Young" in ann.text
    assert "Keyham Lane, week of 13 April to 19 April 2026: Di Moss" in ann.text
    ann.send(button="Propose this swap", status=422)
    assert "Choose the visit you would make instead" in ann.text
    theirs = session.scalars(sa.select(Duty.id).where(Duty.person_id == scheme.cy.id)).one()
    ann.send({"offered": str(theirs)}, button="Propose this swap")
    assert ann.heading == "You proposed a swap"
    assert "Keyham Lane, week of 13 April to 19 April 2026, which is Cy Young’s" in ann.text
    cy = scheme.as_(scheme.cy).get("/duties/")
    assert "Asked of you: a swap for Euston Street" in cy.text
    cy.follow("See it and answer").send(button="I agree to the swap")
    assert "Swapped: both visits changed" in cy.text
    session.expire_all()
    assert scheme.holders() == {"Cy Young", "Bo Sample"}
    held = sa.select(Duty.person_id).where(Duty.visit_id == other.id, Duty.state.in_(HELD))
    assert set(session.scalars(held)) == {scheme.ann.id, scheme.di.id}


def test_a_visit_that_may_not_be_swapped_is_not_proposed(
    scheme: Scheme, make: Workshop, session: Session
) -> None:
    make.visit(None, scheme.cy, week=IN_FOUR_WEEKS + 2 * WEEK)
    bos = session.scalars(sa.select(Duty.id).where(Duty.person_id == scheme.bo.id)).one()
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}/swap")
    page.send({"offered": str(bos), "words": "Kept"}, button="Propose this swap", status=422)
    assert "can no longer be swapped for yours" in page.text
    assert "Kept" in page.html


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


# -- the coordinator for a visitor


def test_the_coordinator_sees_what_is_open_with_the_days_left(scheme: Scheme) -> None:
    office = scheme.browse_as(Role.COORDINATOR).get("/rota/cover")
    assert "Nobody asks for cover" in office.text
    scheme.asked()
    office.get("/rota/cover")
    assert "25 more days" in office.text
    assert "0 of 2" in office.text
    office.follow("Ann Hart")
    assert "no answer yet" in office.text


def test_the_rota_shows_what_cover_is_wanted_for_and_leads_to_it(scheme: Scheme) -> None:
    scheme.asked()
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/{scheme.rota_id}")
    assert "Ann Hart, Euston Street, 30 Mar to 5 Apr, place 1 accepted, cover wanted" in office.text
    office.follow("Ann Hart").follow("Answer for Ann Hart")
    assert "Cover is wanted" in office.text


def test_the_coordinator_answers_for_those_who_ring_up(scheme: Scheme, session: Session) -> None:
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{scheme.duty.id}")
    office.follow("Ask others to take it").send(button="Ask those ticked")
    assert "Asked by the coordinator" in office.text
    office.send(button="Says no")
    assert "Cy Young cannot" in office.text
    office.send(button="Says yes", form=1)
    assert "no longer theirs" in office.text
    session.expire_all()
    assert scheme.holders() == {"Di Moss", "Bo Sample"}
    assert scheme.told(scheme.ann) == [
        "The coordinator asked others about your visit",
        "Your visit is covered",
    ]
    di = scheme.as_(scheme.di).get("/duties/")
    assert "The coordinator answered for you" in di.text


def test_the_coordinator_accepts_and_declines_for_a_visitor(
    scheme: Scheme, make: Workshop, session: Session
) -> None:
    duty = make.duty(make.visit(week=IN_FOUR_WEEKS), scheme.cy, state=DutyState.OFFERED)
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{duty.id}").send(button="Accept for them")
    assert "The coordinator answered for Cy Young" in office.text
    office.follow("They can’t make it").send({"reason": "Rang: ill"}, button="Give up this visit for them")
    assert "Rang: ill" in office.text
    kept = session.get_one(Duty, duty.id, populate_existing=True)
    assert (kept.state, kept.was_answered_for) == (DutyState.DECLINED, True)
    cy = scheme.as_(scheme.cy).get(f"/duties/{duty.id}")
    assert "The coordinator answered for you" in cy.text


def test_the_coordinator_withdraws_for_a_visitor(scheme: Scheme) -> None:
    scheme.asked()
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{scheme.duty.id}")
    office.send(button="Withdraw this request")
    assert "The visit stays Ann Hart’s" in office.text
    office.follow("Ask others to take it")


def test_a_decline_reaches_the_coordinator_with_its_reason_and_the_partner_without(scheme: Scheme) -> None:
    scheme.browse_as(Role.COORDINATOR)
    page = scheme.as_(scheme.ann).get(f"/duties/{scheme.duty.id}/decline")
    assert "Would you rather ask others to take it?" in page.text
    page.send({"reason": "Broken leg"}, button="Give up this visit")
    bodies = scheme.make.session.scalars(sa.select(Letter.body).order_by(Letter.id)).all()
    assert [("Broken leg" in body, f"/rota/duties/{scheme.duty.id}" in body) for body in bodies] == [
        (False, False),
        (True, True),
    ]


@pytest.mark.parametrize("path", ["/rota/duties/999", "/rota/duties/999/cover", "/rota/duties/999/decline"])
def test_a_duty_that_never_was_is_not_found(browse_as: BrowseAs, path: str) -> None:
    browse_as(Role.COORDINATOR).get(path, status=404)


def test_the_coordinator_gives_the_visit_to_somebody_who_was_not_asked(scheme: Scheme) -> None:
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}")
    page.send({"people": [str(scheme.cy.id)]}, button="Ask those ticked")
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{scheme.duty.id}")
    assert "Somebody else says yes" in office.text
    assert "Ed Away" not in office.text
    office.send({"person": str(scheme.di.id)}, button="They take it")
    assert "you answered" in office.text
    assert scheme.holders() == {"Di Moss", "Bo Sample"}


def test_the_coordinator_proposes_a_swap_and_records_that_the_other_agreed(scheme: Scheme) -> None:
    other = scheme.make.visit(
        scheme.make.suite("Keyham Lane"), scheme.cy, scheme.di, week=IN_FOUR_WEEKS + WEEK
    )
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{scheme.duty.id}")
    office.follow("Propose a swap for them")
    office.send({}, button="Swap these visits", status=422)
    assert "Choose the visit they would make" in office.text
    theirs = scheme.make.session.scalars(
        sa.select(Duty).where(Duty.visit_id == other.id, Duty.place == 1)
    ).one()
    office.send({"offered": str(theirs.id), "is_agreed": "y"}, button="Swap these visits")
    assert "Both are told" in office.text
    assert scheme.holders() == {"Cy Young", "Bo Sample"}
    mine = scheme.as_(scheme.ann).get("/duties/")
    assert "The coordinator answered for you" in mine.text


def test_a_swap_proposed_by_the_coordinator_still_waits_for_the_other(scheme: Scheme) -> None:
    other = scheme.make.visit(
        scheme.make.suite("Keyham Lane"), scheme.cy, scheme.di, week=IN_FOUR_WEEKS + WEEK
    )
    theirs = scheme.make.session.scalars(
        sa.select(Duty).where(Duty.visit_id == other.id, Duty.place == 1)
    ).one()
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{scheme.duty.id}/swap")
    office.send({"offered": str(theirs.id)}, button="Swap these visits")
    assert "Nothing changes unless the other visitor agrees" in office.text
    assert scheme.holders() == {"Ann Hart", "Bo Sample"}
    assert "Would you swap a visit?" in scheme.told(scheme.cy)
