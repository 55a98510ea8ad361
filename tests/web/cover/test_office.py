"""The coordinator sees what is open, and acts for visitors."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState
from icv.store.letters import Letter
from icv.store.visits import Duty
from tests.web.cover.conftest import IN_FOUR_WEEKS, Scheme
from tests.workshop import Workshop


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


def test_the_coordinator_gives_the_visit_to_somebody_who_was_not_asked(scheme: Scheme) -> None:
    page = scheme.as_(scheme.ann).get(f"/cover/duties/{scheme.duty.id}")
    page.send({"people": [str(scheme.cy.id)]}, button="Ask those ticked")
    office = scheme.browse_as(Role.COORDINATOR).get(f"/rota/duties/{scheme.duty.id}")
    assert "Somebody else says yes" in office.text
    assert "Ed Away" not in office.text
    office.send({"person": str(scheme.di.id)}, button="They take it")
    assert "you answered" in office.text
    assert scheme.holders() == {"Di Moss", "Bo Sample"}
