"""Several at once for one visit: one has it and the others are told so, on both databases."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.cover import CoverState
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState
from icv.services import cover as desk
from icv.services import duties
from icv.services import rota as rotas
from icv.services.people.releasing import release_duties
from icv.store.cover import CoverRequest, duty_in_hand
from icv.store.engine import reading, writing
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.visits import Duty, Visit
from tests.services.at_once import Act, at_once
from tests.thorough import TIMES
from tests.workshop import NOW, TODAY, Workshop

ROUNDS = 3 * TIMES
MONDAY = monday_of(TODAY) + timedelta(weeks=2)


@dataclass
class Round:
    """A published visit in a week of its own, whose holder has asked two others.

    In the same week somebody else (`other`) has a place on a visit that is on no rota.
    """

    rota_id: int
    visit_id: int
    duty_id: int
    request_id: int
    week: Period
    holder: Actor
    first: Actor
    second: Actor
    other: Actor
    other_duty_id: int


def rounds(engine: sa.Engine, count: int = ROUNDS) -> list[Round]:
    """Each with people of its own: what is left of one round cannot help the next."""
    with writing(engine) as session:
        make = Workshop(session)
        made = [_round(session, make, MONDAY + timedelta(weeks=number)) for number in range(count)]
        session.commit()
        return made


def _round(session: Session, make: Workshop, monday: date) -> Round:
    suite = make.suite()
    week = Period(monday, monday + timedelta(days=6))
    rota = make.keep(
        Rota(
            first_on=week.first,
            last_on=week.last,
            seed=1,
            certificate={},
            made_at=NOW,
            state=RotaState.PUBLISHED,
            published_at=NOW,
        )
    )
    holder, partner, first, second, other = (make.person() for _ in range(5))
    visit = make.visit(suite, holder, partner, week=week.first, rota_id=rota.id)
    duty = session.scalars(sa.select(Duty).where(Duty.person_id == holder.id)).one()
    other_duty = make.duty(make.visit(None, week=week.first), other)
    actors = [make.actor(Role.VOLUNTEER, person=one) for one in (holder, first, second, other)]
    request = ask(session, duty.id, [first.id, second.id], actors[0])
    return Round(rota.id, visit.id, duty.id, request, week, *actors, other_duty.id)


def ask(session: Session, duty_id: int, people: list[int], by: Actor) -> int:
    known = duty_in_hand(session, duty_id)
    assert known
    may = desk.who_may_take(session, known, Choices())
    return desk.ask_cover(
        session, duty_id, people, may, "", choices=Choices(), by=by, at=NOW, page=lambda path: path
    )


def take(request_id: int, by: Actor) -> Act:
    person_id = by.person_id or 0
    return lambda session: desk.take(
        session, request_id, person_id, choices=Choices(), by=by, at=NOW, page=lambda path: path
    )


def holder_of(engine: sa.Engine, one: Round) -> int | None:
    with reading(engine) as session:
        return session.scalar(
            sa.select(Duty.person_id).where(
                Duty.visit_id == one.visit_id, Duty.place == 1, Duty.state.in_(HELD)
            )
        )


def state_of(engine: sa.Engine, one: Round) -> CoverState:
    with reading(engine) as session:
        return session.get_one(CoverRequest, one.request_id).state


def subjects(engine: sa.Engine, subject: str) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).where(Letter.subject == subject)) or 0


def test_of_two_who_take_a_visit_at_one_moment_one_has_it_and_the_other_is_told(
    apart: sa.Engine,
) -> None:
    for one in rounds(apart):
        told = at_once(apart, take(one.request_id, one.first), take(one.request_id, one.second))
        assert sorted(bool(refusal) for refusal in told) == [False, True], told
        assert "before you" in max(told)
        winner = (one.first, one.second)[told.index("")]
        assert holder_of(apart, one) == winner.person_id
        with reading(apart) as session:
            assert session.get_one(CoverRequest, one.request_id).taken_by_id == winner.person_id
            assert session.get_one(Duty, one.duty_id).state is DutyState.RELEASED
    assert subjects(apart, "A visit is now yours") == ROUNDS
    assert subjects(apart, "Your visit is covered") == ROUNDS


def test_pressing_the_button_twice_at_once_takes_it_once(apart: sa.Engine) -> None:
    for one in rounds(apart):
        assert at_once(apart, *[take(one.request_id, one.first)] * 3) == [""] * 3
        with reading(apart) as session:
            held = sa.select(sa.func.count()).where(Duty.person_id == one.first.person_id)
            assert session.scalar(held) == 1
    assert subjects(apart, "A visit is now yours") == ROUNDS


def test_of_taking_and_withdrawing_at_once_one_holds(apart: sa.Engine) -> None:
    for one in rounds(apart):
        told = at_once(
            apart,
            take(one.request_id, one.first),
            lambda session, one=one: desk.withdraw(session, one.request_id, by=one.holder, at=NOW),
        )
        assert sorted(bool(refusal) for refusal in told) == [False, True], told
        is_taken = not told[0]
        assert state_of(apart, one) is (CoverState.TAKEN if is_taken else CoverState.WITHDRAWN)
        assert holder_of(apart, one) == (one.first if is_taken else one.holder).person_id


def test_of_taking_and_a_change_of_the_rota_at_once_the_place_has_one_visitor(apart: sa.Engine) -> None:
    for one in rounds(apart):

        def put(session: Session, one: Round = one) -> None:
            rota, spare = session.get_one(Rota, one.rota_id), one.second.person_id
            rotas.put(session, rota, one.visit_id, 1, spare, choices=Choices(), by=None, at=NOW)

        taken, changed = at_once(apart, take(one.request_id, one.first), put)
        assert not changed
        assert not taken or "settled otherwise" in taken
        assert holder_of(apart, one) == one.second.person_id


def test_of_taking_and_declining_at_once_nobody_loses_a_visit_unsaid(apart: sa.Engine) -> None:
    for one in rounds(apart):
        taken, declined = at_once(
            apart,
            take(one.request_id, one.first),
            lambda session, one=one: duties.decline(session, one.duty_id, "", by=one.holder, at=NOW),
        )
        assert not declined
        assert holder_of(apart, one) == (None if taken else one.first.person_id)
        with reading(apart) as session:
            state = session.get_one(Duty, one.duty_id).state
        assert state is (DutyState.DECLINED if taken else DutyState.RELEASED)


def test_of_taking_and_giving_back_at_once_nobody_has_the_place_twice(apart: sa.Engine) -> None:
    for one in rounds(apart):

        def give_back(session: Session, one: Round = one) -> None:
            person_id = one.holder.person_id or 0
            release_duties(session, person_id, [one.duty_id], "away", by=one.holder, at=NOW)

        taken, given = at_once(apart, take(one.request_id, one.first), give_back)
        assert bool(taken) != bool(given), (taken, given)
        assert holder_of(apart, one) == (None if taken else one.first.person_id)


def test_nobody_takes_two_visits_of_one_week_at_once(apart: sa.Engine) -> None:
    """Of two holders, and only one of them on a rota: what decides is that the visitor is one."""
    for one in rounds(apart):
        with writing(apart) as session:
            request = ask(session, one.other_duty_id, [one.first.person_id or 0], one.other)
            session.commit()
        told = at_once(apart, take(one.request_id, one.first), take(request, one.first))
        assert sorted(bool(refusal) for refusal in told) == [False, True], told
        assert "already on another visit" in max(told)
        with reading(apart) as session:
            held = sa.select(sa.func.count()).where(
                Duty.person_id == one.first.person_id, Duty.state.in_(HELD)
            )
            assert session.scalar(held) == 1


def test_of_two_requests_for_one_visit_at_once_one_is_made(apart: sa.Engine) -> None:
    for one in rounds(apart):
        with writing(apart) as session:
            desk.withdraw(session, one.request_id, by=one.holder, at=NOW)
            session.commit()
        asks: list[Act] = [
            lambda session, one=one: ask(session, one.duty_id, [one.first.person_id or 0], one.holder)
        ] * 2
        told = at_once(apart, *asks)
        assert sorted(bool(refusal) for refusal in told) == [False, True], told


def test_of_a_swap_and_a_cover_of_one_visit_at_once_one_is_made(apart: sa.Engine) -> None:
    """The holder agrees to the second's swap while the first takes the same visit for nothing."""
    for one in rounds(apart):
        with writing(apart) as session:
            second = session.get_one(Person, one.second.person_id)
            visit = session.get_one(Visit, session.get_one(Duty, one.other_duty_id).visit_id)
            theirs = Workshop(session).duty(visit, second, place=2)
            known = duty_in_hand(session, theirs.id)
            assert known
            swap = desk.ask_swap(
                session,
                theirs.id,
                one.duty_id,
                desk.swaps_for(session, known, Choices(), on=TODAY),
                "",
                choices=Choices(),
                by=one.second,
                at=NOW,
                page=lambda path: path,
            )
            session.commit()
        told = at_once(apart, take(one.request_id, one.first), take(swap, one.holder))
        assert sorted(bool(refusal) for refusal in told) == [False, True], told
        assert holder_of(apart, one) == (one.second if told[0] else one.first).person_id
