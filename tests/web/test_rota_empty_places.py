"""An empty place says why it is empty, and is filled by the change that it proposes."""

from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState
from icv.store.availability import DaysAway
from icv.store.people import Conflict, Person
from icv.store.rota import draft_visits
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.web.rotas import (
    A_WEEK,
    a_scheme,
    draft,
    first_visit,
    place_of,
    published,
)
from tests.workshop import TODAY, Workshop


def test_an_empty_place_says_why_and_is_filled_by_the_change_it_proposes(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make, people=4)
    rota = draft(session, A_WEEK)
    lines = draft_visits(session, rota.id)
    out = lines[0].visitors[0]
    session.add(DaysAway(person_id=out or 0, first_on=A_WEEK.first, last_on=A_WEEK.last))
    make.person(name="Visitor E")
    coordinator = browse_as(Role.COORDINATOR).get(place_of(rota, lines[0].id))
    coordinator.send(button="Leave this place empty")
    barred = session.scalars(sa.select(Person.id).where(Person.name == "Visitor E")).one()
    session.add(Conflict(person_id=barred, suite_id=lines[0].suite_id, declared_on=TODAY))
    session.commit()
    coordinator.get(f"/rota/{rota.id}")
    assert "2 on another visit that week, 1 barred from this suite" in coordinator.text
    assert "1. As few visits as can be without a pair" in coordinator.text
    coordinator.get(place_of(rota, lines[0].id))
    assert "4 visitors: 1 barred from this suite, 1 away, 2 on another visit that week" in coordinator.text
    assert "It is empty because other visits need the same people." in coordinator.text
    assert "2 visits need 4 places; your visitors can give at most 4." in coordinator.text
    assert "Visitor E goes instead of" in coordinator.text
    coordinator.send(button="Make these 2 changes")
    assert "Done: the visit has its pair." in coordinator.text
    assert all(None not in line.visitors for line in draft_visits(session, rota.id))


def test_changes_that_no_longer_fit_are_all_left_undone(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make)
    rota = published(session, A_WEEK)
    first = first_visit(session, rota)
    duties_of = {
        (duty.visit_id, duty.place): duty.person_id for duty in session.scalars(sa.select(Duty)).all()
    }
    taken = duties_of[first + 1, 1]
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    steps = {"steps": f"{first + 1}-2-0 {first}-1-{taken}"}
    coordinator.post(f"/rota/{rota.id}/visits/{first}/swap", steps)
    assert "Something has changed meanwhile, and nothing is done." in coordinator.text
    session.expire_all()
    assert {duty.state for duty in session.scalars(sa.select(Duty))} == {DutyState.OFFERED}
    for wrong in ("", "1-3-1", "a-1-1"):
        coordinator.post(f"/rota/{rota.id}/visits/{first}/swap", {"steps": wrong}, status=404)


def test_an_empty_place_of_a_published_rota_says_why_as_things_stand(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    a_scheme(make, people=4)
    rota = published(session, A_WEEK)
    duty = session.scalars(sa.select(Duty).order_by(Duty.id)).first()
    assert duty is not None
    duty.state = DutyState.DECLINED
    session.add(DaysAway(person_id=duty.person_id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.commit()
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/{rota.id}")
    assert "2 on another visit that week, 1 away" in coordinator.text
