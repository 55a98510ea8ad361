"""A published rota after somebody dropped out: the smallest change, shown and made; on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState
from icv.services import duties
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.services.rota.moving import hold_for_moves, make_moves
from icv.services.rota.rebuilding import Answer, DropOut, Move, Question, question_of, suggested
from icv.services.rota.rebuilt import shown
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Conflict, Person, Vetting
from icv.store.rota import Rota
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
TWO_WEEKS = Period(MONDAY, MONDAY + timedelta(days=13))


def published(session: Session, period: Period = A_WEEK) -> Rota:
    rota = desk.draw(session, period, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    session.execute(sa.delete(Letter))
    return rota


def asked(session: Session, rota: Rota, dropped: DropOut | None = None) -> Question:
    return question_of(session, rota, Choices(), dropped, today=TODAY)


def make_change(session: Session, rota: Rota, question: Question, answer: Answer) -> int:
    hold_for_moves(session, rota, answer.moves)
    now = asked(session, rota)
    values = {"seal": question.seal, "link": "https://x.example/duties/", "by": None, "at": NOW}
    return make_moves(session, rota, now, answer.moves, **values)  # type: ignore[arg-type]


def held(session: Session) -> set[tuple[int, int]]:
    """Visit and visitor."""
    found = session.execute(sa.select(Duty.visit_id, Duty.person_id).where(Duty.state.in_(HELD)))
    return {(visit_id, person_id) for visit_id, person_id in found}


def one_on(session: Session, place: int = 1) -> Duty:
    return (
        session.scalars(sa.select(Duty).where(Duty.place == place).order_by(Duty.visit_id)).first() or Duty()
    )


@pytest.fixture
def people(make: Workshop) -> list[Person]:
    make.suite("Euston Street")
    return [make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di")]


def test_a_rota_in_order_has_nothing_to_put_right(session: Session, people: list[Person]) -> None:
    question = asked(session, published(session))
    assert question.holes == ()
    assert suggested(question) == Answer((), (), True)


def test_a_declined_place_is_filled_and_whoever_takes_it_and_their_partner_are_told(
    session: Session, people: list[Person], make: Workshop
) -> None:
    rota = published(session)
    duty = one_on(session)
    holder = session.get_one(Person, duty.person_id)
    actor = make.actor(Role.VOLUNTEER, person=holder)
    duties.decline(session, duty.id, "On holiday", by=actor, at=NOW)
    session.execute(sa.delete(Letter))
    question = asked(session, rota)
    (hole,) = question.holes
    assert hole.why == f"{holder.name} declined: On holiday."
    answer = suggested(question)
    assert len(answer.moves) == 1
    assert answer.is_fewest
    before = held(session)
    assert make_change(session, rota, question, answer) == 2
    (taker,) = {who for _, who in held(session) - before}
    assert before <= held(session)
    assert taker != holder.id
    letters = {letter.to_email: letter.body for letter in session.scalars(sa.select(Letter))}
    new, partner = session.get_one(Person, taker), session.get_one(Person, one_on(session, 2).person_id)
    assert set(letters) == {new.email, partner.email}
    assert "Asked of you now" in letters[new.email]
    assert "A time agreed before no longer stands" in letters[partner.email]
    assert f", with {new.name}" in letters[partner.email]
    assert not any("No longer yours" in body for body in letters.values())
    assert asked(session, rota).holes == ()


def test_somebody_whose_vetting_lapsed_gives_up_the_place_and_all_three_are_told_once(
    session: Session, people: list[Person]
) -> None:
    rota = published(session)
    leaving = one_on(session)
    session.execute(sa.update(Vetting).where(Vetting.person_id == leaving.person_id).values(expires_on=TODAY))
    question = asked(session, rota)
    (hole,) = question.holes
    assert (hole.person_id, hole.why[:11]) == (leaving.person_id, "Not cleared")
    answer = suggested(question)
    assert make_change(session, rota, question, answer) == 3
    letters = session.scalars(sa.select(Letter)).all()
    assert len({letter.to_email for letter in letters}) == len(letters) == 3
    session.refresh(leaving)
    assert (leaving.state, leaving.sequence) == (DutyState.RELEASED, 1)
    assert leaving.reason == "given to somebody else"


def test_somebody_named_by_hand_is_offered_nothing_in_those_days(
    session: Session, people: list[Person]
) -> None:
    rota = published(session, TWO_WEEKS)
    who = one_on(session).person_id
    question = asked(session, rota, DropOut(who, TWO_WEEKS))
    assert {hole.person_id for hole in question.holes} == {who}
    moves = suggested(question).moves
    assert moves
    assert all(move.before == who and move.after not in (who, None) for move in moves)
    assert asked(session, rota).holes == ()


def test_days_that_touch_one_week_leave_the_other_alone(session: Session, people: list[Person]) -> None:
    rota = published(session, TWO_WEEKS)
    both = [duty.person_id for duty in session.scalars(sa.select(Duty).order_by(Duty.visit_id))]
    question = asked(session, rota, DropOut(both[0], Period(TODAY, MONDAY)))
    assert {question.board.seats_of(hole.visit_id).week_starts_on for hole in question.holes} == {MONDAY}


def barred(session: Session, person: Person, suite: Suite) -> None:
    session.add(Conflict(person_id=person.id, suite_id=suite.id, declared_on=TODAY))
    session.flush()


def a_chain(session: Session, make: Workshop) -> tuple[Rota, dict[str, Person]]:
    """Ann and Bo go to the north, Cy and Di to the south; Eve may go to the south only, so that whoever of
    Cy and Di takes Ann's place is followed by Eve."""
    north, south = make.suite("North"), make.suite("South")
    people = {name: make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di")}
    rota = published(session)
    visits = {one.suite_id: one.id for one in session.scalars(sa.select(Visit))}
    session.execute(sa.delete(Duty))
    for suite, names in ((north, ("Ann", "Bo")), (south, ("Cy", "Di"))):
        for place, name in enumerate(names, 1):
            visit = session.get_one(Visit, visits[suite.id])
            make.duty(visit, people[name], place=place, state=DutyState.OFFERED)
    people["Eve"] = make.person(name="Eve")
    barred(session, people["Eve"], north)
    return rota, people


def test_where_nobody_may_simply_take_it_as_few_as_can_be_move(session: Session, make: Workshop) -> None:
    rota, people = a_chain(session, make)
    question = asked(session, rota, DropOut(people["Ann"].id, A_WEEK))
    answer = suggested(question)
    assert len(answer.moves) == 2
    assert answer.empty == ()
    assert not answer.is_fewest
    lines = shown(question, answer).moves
    assert next(line.before for line in lines if line.before != "Ann") in ("Cy", "Di")
    assert {line.after for line in lines} >= {"Eve"}
    assert any("is needed at North" in line.why for line in lines)


def test_whoever_has_accepted_is_moved_last(session: Session, make: Workshop) -> None:
    rota, people = a_chain(session, make)
    for name, moved in (("Cy", "Di"), ("Di", "Cy")):
        session.execute(sa.update(Duty).values(state=DutyState.OFFERED))
        accepted = sa.update(Duty).where(Duty.person_id == people[name].id)
        session.execute(accepted.values(state=DutyState.ACCEPTED))
        session.expire_all()
        answer = suggested(asked(session, rota, DropOut(people["Ann"].id, A_WEEK)))
        assert {move.before for move in answer.moves} == {people["Ann"].id, people[moved].id}


def test_what_changed_meanwhile_is_refused_and_nothing_is_done(
    session: Session, people: list[Person]
) -> None:
    rota = published(session)
    leaving = one_on(session)
    session.execute(sa.update(Vetting).where(Vetting.person_id == leaving.person_id).values(expires_on=TODAY))
    question = asked(session, rota)
    answer = suggested(question)
    taker = answer.moves[0].after
    assert taker is not None
    session.add(DaysAway(person_id=taker, first_on=MONDAY, last_on=A_WEEK.last))
    session.flush()
    before = held(session)
    with pytest.raises(RotaError, match="Something has changed since you looked"):
        make_change(session, rota, question, answer)
    assert held(session) == before
    again = suggested(asked(session, rota))
    assert again.moves[0].after not in (taker, None)


def test_a_change_against_a_rule_is_refused_even_where_the_question_is_the_same(
    session: Session, people: list[Person]
) -> None:
    rota = published(session)
    duty, partner = one_on(session), one_on(session, 2)
    question = asked(session, rota)
    for after in (partner.person_id, 999999):
        moves = (Move(duty.visit_id, 1, duty.person_id, after),)
        with pytest.raises(RotaError, match="Something has changed"):
            make_change(session, rota, question, Answer(moves, (), True))
    wrong = (Move(duty.visit_id, 1, partner.person_id, None),)
    with pytest.raises(RotaError):
        make_change(session, rota, question, Answer(wrong, (), True))


def test_nobody_is_asked_again_for_what_they_declined(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    people = [make.person() for _ in range(3)]
    rota = published(session)
    for place in (1, 1):
        duty = session.scalars(
            sa.select(Duty).where(Duty.place == place, Duty.state.in_(HELD)).order_by(Duty.id)
        ).one()
        holder = next(one for one in people if one.id == duty.person_id)
        actor = make.actor(Role.VOLUNTEER, person=holder)
        duties.decline(session, duty.id, "", by=actor, at=NOW)
        question = asked(session, rota)
        answer = suggested(question)
        if answer.moves:
            make_change(session, rota, question, answer)
    assert answer.moves == ()
    assert answer.empty


def test_weeks_that_are_over_are_not_touched(session: Session, people: list[Person]) -> None:
    rota = published(session, TWO_WEEKS)
    who = one_on(session).person_id
    later = TODAY + timedelta(weeks=2)
    question = question_of(session, rota, Choices(), DropOut(who, TWO_WEEKS), today=later)
    assert {seats.week_starts_on for seats in question.board.seats} == {MONDAY + timedelta(weeks=1)}


def test_a_place_nobody_can_take_stays_empty_and_is_said_to(session: Session, make: Workshop) -> None:
    make.suite("Euston Street"), make.person(), make.person()
    rota = published(session)
    who = one_on(session).person_id
    question = asked(session, rota, DropOut(who, A_WEEK))
    answer = suggested(question)
    assert answer.empty == (question.board.seats[0].visit_id,)
    assert not answer.is_fewest
    assert shown(question, answer).holes[0].stays
