"""Two at once: publishing and answering, each in a transaction of its own, on both databases."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState
from icv.services import duties
from icv.services import rota as desk
from icv.services.availability import DutiesTouched, add_days_away
from icv.services.rota.moving import hold_for_moves, make_moves
from icv.services.rota.rebuilding import DropOut, question_of, suggested
from icv.store.engine import reading, writing
from icv.store.rota import Rota
from icv.store.visits import Duty, Visit
from tests.services.at_once import told_at_once
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def publishing(engine: sa.Engine, rota_id: int) -> Callable[[], None]:
    def act() -> None:
        with writing(engine) as session:
            desk.publish(session, session.get_one(Rota, rota_id), by=None, at=NOW)
            session.commit()

    return act


@pytest.mark.parametrize("drafts", [1, 2])
def test_of_two_publishing_at_once_one_is_refused(apart: sa.Engine, drafts: int) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        make.suite(), make.person(), make.person()
        ids = [desk.draw(session, A_WEEK, seed, by=None, at=NOW).id for seed in range(drafts)]
        session.commit()
    told = told_at_once(publishing(apart, ids[0]), publishing(apart, ids[-1]))
    assert sorted(bool(refusal) for refusal in told) == [False, True], told
    with reading(apart) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 1
        assert session.scalar(sa.select(sa.func.count()).select_from(Duty)) == 2


def test_of_a_visitor_answering_and_a_coordinator_replacing_at_once_both_are_told(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        make.suite()
        people = [make.person() for _ in range(3)]
        rota = desk.draw(session, A_WEEK, 1, by=None, at=NOW)
        desk.publish(session, rota, by=None, at=NOW)
        duty = session.scalars(sa.select(Duty).where(Duty.place == 1)).one()
        spare = next(
            one.id for one in people if one.id not in set(session.scalars(sa.select(Duty.person_id)))
        )
        holder = next(one for one in people if one.id == duty.person_id)
        actor, rota_id, visit_id, duty_id = (
            make.actor(Role.VOLUNTEER, person=holder),
            rota.id,
            duty.visit_id,
            duty.id,
        )
        session.commit()

    def accept() -> None:
        with writing(apart) as session:
            duties.accept(session, duty_id, by=actor, at=NOW)
            session.commit()

    def replace() -> None:
        with writing(apart) as session:
            rota = session.get_one(Rota, rota_id)
            desk.put(session, rota, visit_id, 1, spare, choices=Choices(), by=None, at=NOW)
            session.commit()

    accepted, replaced = told_at_once(accept, replace)
    assert not replaced
    assert not accepted or "no longer yours" in accepted
    with reading(apart) as session:
        held = session.scalars(sa.select(Duty).where(Duty.place == 1, Duty.state.in_(HELD))).one()
        assert held.person_id == spare
        assert session.get_one(Duty, duty_id).state is DutyState.RELEASED


Within = Callable[[Session], None]


def one_inside_the_other(engine: sa.Engine, first: Within, second: Within) -> list[str]:
    """The second begins once the first has done all but commit; without a lock it would end before it."""
    begun, ended = Event(), Event()

    def leads() -> None:
        try:
            with writing(engine) as session:
                first(session)
                begun.set()
                ended.wait(0.3)
                session.commit()
        finally:
            begun.set()

    def follows() -> None:
        begun.wait()
        try:
            with writing(engine) as session:
                second(session)
                session.commit()
        finally:
            ended.set()

    return told_at_once(leads, follows)


@pytest.mark.parametrize("is_away_first", [True, False])
def test_days_away_given_at_the_moment_of_publication_are_seen_by_it_or_find_the_duty(
    apart: sa.Engine, is_away_first: bool
) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        make.suite(), make.person()
        ann = make.person(name="Ann")
        rota_id = desk.draw(session, A_WEEK, 1, by=None, at=NOW).id
        actor = make.actor(Role.VOLUNTEER, person=ann)
        session.commit()
    touched: list[DutiesTouched] = []

    def away(session: Session, giving_back: tuple[int, ...] = ()) -> None:
        found = add_days_away(session, MONDAY, A_WEEK.last, giving_back=giving_back, by=actor, at=NOW)
        touched.append(found)

    def publish(session: Session) -> None:
        desk.publish(session, session.get_one(Rota, rota_id), by=None, at=NOW)

    acts = (away, publish) if is_away_first else (publish, away)
    told = one_inside_the_other(apart, *acts)
    if is_away_first:
        assert touched[0].is_stored
        assert "A rule stands against Ann" in told[1]
        return
    assert told == ["", ""]
    assert not touched[0].is_stored
    (duty,) = touched[0].given_back
    with writing(apart) as session:
        away(session, (duty.id,))
        session.commit()
    with reading(apart) as session:
        assert session.get_one(Duty, duty.id).state is DutyState.RELEASED


def test_of_two_making_the_same_change_at_once_one_is_told_that_things_moved(apart: sa.Engine) -> None:
    with writing(apart) as session:
        make = Workshop(session)
        make.suite()
        make.person(), make.person(), make.person()
        rota = desk.draw(session, A_WEEK, 1, by=None, at=NOW)
        desk.publish(session, rota, by=None, at=NOW)
        held = session.scalars(sa.select(Duty.person_id).where(Duty.place == 1)).one()
        dropped, rota_id = DropOut(held, A_WEEK), rota.id
        question = question_of(session, rota, Choices(), dropped, today=TODAY)
        moves, seal = suggested(question).moves, question.seal
        session.commit()
    assert len(moves) == 1

    def change() -> None:
        with writing(apart) as session:
            rota = session.get_one(Rota, rota_id)
            hold_for_moves(session, rota, moves)
            now = question_of(session, rota, Choices(), dropped, today=TODAY)
            make_moves(session, rota, now, moves, seal=seal, link="", by=None, at=NOW)
            session.commit()

    told = told_at_once(change, change)
    assert sorted(one[:31] for one in told) == ["", "Something has changed since you"]
    with reading(apart) as session:
        assert len(session.scalars(sa.select(Duty).where(Duty.state.in_(HELD))).all()) == 2
        assert len(session.scalars(sa.select(Duty)).all()) == 3
