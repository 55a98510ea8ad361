"""What was asked about a duty ends in the act that gives the duty on, however done; on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.cover import CoverState
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.services import cover
from icv.services import rota as desk
from icv.services.cover.last_days import end_requests
from icv.services.rota.moving import hold_for_moves, make_moves
from icv.services.rota.rebuilding import DropOut, question_of, suggested
from icv.store.cover import CoverRequest, duty_in_hand
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota
from icv.store.visits import Duty
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=4)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def page(path: str) -> str:
    return f"https://icv.example{path}"


def by_the_smallest_change(session: Session, rota: Rota, duty: Duty) -> None:
    question = question_of(session, rota, Choices(), DropOut(duty.person_id, A_WEEK), today=TODAY)
    moves = suggested(question).moves
    hold_for_moves(session, rota, moves)
    make_moves(session, rota, question, moves, seal=question.seal, link="", by=None, at=NOW)


def by_hand(session: Session, rota: Rota, duty: Duty) -> None:
    desk.put(session, rota, duty.visit_id, duty.place, None, choices=Choices(), by=None, at=NOW)


def by_calling_it_off(session: Session, rota: Rota, duty: Duty) -> None:
    desk.cancel(session, rota, duty.visit_id, TODAY, "Flood", by=None, at=NOW)


@pytest.mark.parametrize("give_on", [by_the_smallest_change, by_hand, by_calling_it_off])
def test_a_duty_that_is_given_on_is_asked_about_no_more_and_those_asked_are_told_once(
    session: Session, make: Workshop, give_on: Callable[[Session, Rota, Duty], None]
) -> None:
    make.suite("Euston Street")
    people = [make.person() for _ in range(4)]
    rota = desk.draw(session, A_WEEK, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    duty, other = session.scalars(sa.select(Duty).order_by(Duty.place))
    spare = [one for one in people if one.id not in (duty.person_id, other.person_id)]
    known = duty_in_hand(session, duty.id)
    assert known
    request = cover.ask_cover(
        session,
        duty.id,
        [one.id for one in spare],
        cover.who_may_take(session, known, Choices()),
        "",
        choices=Choices(),
        by=make.actor(Role.COORDINATOR),
        at=NOW,
        page=page,
    )
    give_on(session, rota, duty)
    assert session.get_one(CoverRequest, request).state is CoverState.ENDED
    end_requests(session, Choices(), page, NOW)
    for person in spare:
        assert len(told_otherwise(session, person)) == 1


def told_otherwise(session: Session, person: Person) -> list[str]:
    asked = sa.select(Letter.body).where(
        Letter.to_email == person.email, Letter.body.contains("settled otherwise")
    )
    return list(session.scalars(asked))
