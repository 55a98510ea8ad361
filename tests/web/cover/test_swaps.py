"""Swaps are proposed and agreed, by the visitors or by the coordinator for them."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import HELD
from icv.store.visits import Duty
from tests.web.cover.conftest import IN_FOUR_WEEKS, WEEK, Scheme
from tests.workshop import Workshop


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
