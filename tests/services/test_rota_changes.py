"""Changing a rota by hand, draft or published, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.store.availability import DaysAway
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota, draft_visits
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def put(session: Session, rota: Rota, person: Person | None, *, place: int = 1, reason: str = "") -> None:
    visit_id = only_visit(session, rota)
    desk.put(
        session,
        rota,
        visit_id,
        place,
        person.id if person else None,
        choices=Choices(),
        reason=reason,
        by=None,
        at=NOW + timedelta(hours=1),
    )


def only_visit(session: Session, rota: Rota) -> int:
    found = session.scalar(sa.select(Visit.id).where(Visit.rota_id == rota.id))
    return found or draft_visits(session, rota.id)[0].id


def draft(session: Session) -> Rota:
    return desk.draw(session, A_WEEK, 7, by=None, at=NOW)


def published(session: Session) -> Rota:
    rota = draft(session)
    desk.publish(session, rota, by=None, at=NOW)
    return rota


def away(session: Session, person: Person) -> None:
    session.add(DaysAway(person_id=person.id, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()


def held(session: Session) -> dict[int, int]:
    return {
        duty.place: duty.person_id
        for duty in session.scalars(sa.select(Duty).where(Duty.state == DutyState.OFFERED))
    }


def test_candidates_are_listed_with_what_stands_against_them(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(name="Ann"), make.person(name="Bo")
    busy, suspended = make.person(name="Cy"), make.person(Stage.SUSPENDED, name="Di")
    away(session, busy)
    rota = draft(session)
    visit_id = only_visit(session, rota)
    found = {one.name: one.reasons for one in desk.board_of(session, rota, Choices()).candidates(visit_id, 1)}
    assert list(found)[-1] == suspended.name
    assert any("Already has the other place" in reason for reason in (*found["Ann"], *found["Bo"]))
    assert "Away this week" in found["Cy"][0]
    assert "Not cleared" in found["Di"][0]


def test_an_empty_visit_says_why_on_the_rota(session: Session, make: Workshop) -> None:
    make.suite()
    make.person()
    rota = draft(session)
    why = {"short": "nobody to go with", "full": "1 visitor: 1 left, a visit needs 2."}
    assert list(rota.certificate["empty"].values()) == [why]
    desk.publish(session, rota, by=None, at=NOW)
    assert rota.certificate["empty"] == {str(only_visit(session, rota)): why}


def test_a_place_of_a_draft_is_given_and_locked(session: Session, make: Workshop) -> None:
    make.suite()
    people = [make.person() for _ in range(3)]
    rota = draft(session)
    before = draft_visits(session, rota.id)[0].visitors
    spare = next(person for person in people if person.id not in before)
    put(session, rota, spare)
    after = draft_visits(session, rota.id)[0]
    assert after.visitors == (spare.id, before[1])
    assert after.locked == (True, False)
    put(session, rota, None)
    assert draft_visits(session, rota.id)[0].visitors == (None, before[1])
    assert len(rota.certificate["empty"]) == 1


def test_a_rule_is_overridden_only_with_a_reason_which_goes_with_the_duty(
    session: Session, make: Workshop
) -> None:
    make.suite()
    make.person(), make.person()
    busy = make.person(name="Cy")
    away(session, busy)
    rota = draft(session)
    with pytest.raises(RotaError, match="A rule stands against Cy: Away this week"):
        put(session, rota, busy)
    put(session, rota, busy, reason="Back early, by phone")
    desk.publish(session, rota, by=None, at=NOW)
    duty = session.scalars(sa.select(Duty).where(Duty.person_id == busy.id)).one()
    assert duty.overridden == "Back early, by phone"


@pytest.mark.parametrize("is_published", [False, True])
def test_nobody_visits_alone_whatever_the_reason(
    session: Session, make: Workshop, is_published: bool
) -> None:
    make.suite()
    people = {person.id: person for person in (make.person(), make.person())}
    rota = published(session) if is_published else draft(session)
    board = desk.board_of(session, rota, Choices())
    first = board.seats[0].visitors[0]
    with pytest.raises(RotaError, match="nobody visits alone"):
        put(session, rota, people[first or 0], place=2, reason="please")


def test_whoever_leaves_before_the_week_ends_is_never_put(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    leaver = make.person(name="Cy", left_on=A_WEEK.last)
    gone = make.person(Stage.LEFT, left_on=TODAY)
    rota = draft(session)
    with pytest.raises(RotaError, match="Cy leaves on 15 March 2026"):
        put(session, rota, leaver, reason="please")
    with pytest.raises(RotaError, match="in office"):
        put(session, rota, gone, reason="please")


def test_a_published_place_changes_hands_and_the_partner_is_told_too(
    session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    people = {person.id: person for person in (make.person(), make.person(), make.person())}
    rota = published(session)
    before = held(session)
    spare = next(person for person in people.values() if person.id not in before.values())
    told = session.scalar(sa.select(sa.func.count()).select_from(Letter)) or 0
    put(session, rota, spare)
    assert held(session) == {1: spare.id, 2: before[2]}
    old = session.scalars(sa.select(Duty).where(Duty.person_id == before[1])).one()
    assert (old.state, old.sequence) == (DutyState.RELEASED, 1)
    letters = session.scalars(sa.select(Letter).order_by(Letter.id).offset(told)).all()
    stays = people[before[2]]
    assert [letter.to_email for letter in letters] == [people[before[1]].email, spare.email, stays.email]
    assert "Euston Street, week of" in letters[1].body
    assert f"{spare.name} is asked to make this visit with you" in letters[2].body
    assert rota.certificate["changed_on"] == TODAY.isoformat()


def test_putting_the_same_visitor_again_changes_nothing(session: Session, make: Workshop) -> None:
    make.suite()
    people = {person.id: person for person in (make.person(), make.person())}
    rota = published(session)
    put(session, rota, people[held(session)[1]])
    assert session.scalar(sa.select(sa.func.count()).select_from(Duty)) == 2


def test_a_published_place_left_empty_says_why(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    rota = published(session)
    put(session, rota, None)
    assert list(held(session)) == [2]
    assert "needs 1 more" in rota.certificate["empty"][str(only_visit(session, rota))]["full"]


def test_a_visit_that_has_its_outcome_is_not_changed(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    rota = published(session)
    session.get_one(Visit, only_visit(session, rota)).outcome = Outcome.COMPLETED
    session.flush()
    with pytest.raises(RotaError, match="outcome already"):
        put(session, rota, None)


def test_a_week_that_is_over_is_not_changed(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    rota = published(session)
    with pytest.raises(RotaError, match="over"):
        desk.put(
            session,
            rota,
            only_visit(session, rota),
            1,
            None,
            choices=Choices(),
            by=None,
            at=NOW + timedelta(days=14),
        )


def test_drawing_again_keeps_locked_places(session: Session, make: Workshop) -> None:
    make.suite(), make.suite()
    people = [make.person() for _ in range(8)]
    rota = draft(session)
    line = draft_visits(session, rota.id)[1]
    busy = next(person.id for person in people if person.id not in line.visitors)
    session.add(DaysAway(person_id=busy, first_on=A_WEEK.first, last_on=A_WEEK.last))
    session.flush()
    desk.put(session, rota, line.id, 2, busy, choices=Choices(), reason="asked", by=None, at=NOW)
    lines = desk.lines_of(session, [rota])
    asked = desk.problem_for(session, A_WEEK, seed=9, choices=Choices(), kept=lines)
    again = desk.save_built(session, desk.plan_for(asked, A_WEEK), kept=lines, by=None, at=NOW)
    kept = draft_visits(session, again.id)[1]
    assert (kept.visitors[1], kept.locked, kept.overridden) == (busy, (False, True), ("", "asked"))


def test_a_lock_is_taken_off(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    rota = draft(session)
    visit_id = only_visit(session, rota)
    for is_locked in (True, False):
        desk.lock(session, rota, visit_id, 1, is_locked, by=None, at=NOW)
        assert draft_visits(session, rota.id)[0].locked == (is_locked, False)


def test_a_cancelled_visit_keeps_its_day_and_reason_and_frees_its_pair(
    session: Session, make: Workshop
) -> None:
    make.suite()
    make.person(), make.person()
    rota = published(session)
    visit_id = only_visit(session, rota)
    desk.cancel(session, rota, visit_id, TODAY, " Flood ", by=None, at=NOW)
    visit = session.get_one(Visit, visit_id)
    assert (visit.outcome, visit.cancelled_on, visit.reason) == (Outcome.CANCELLED, TODAY, "Flood")
    duties = session.scalars(sa.select(Duty)).all()
    assert {(duty.state, duty.sequence) for duty in duties} == {(DutyState.RELEASED, 1)}
    with pytest.raises(RotaError, match="outcome already"):
        desk.cancel(session, rota, visit_id, TODAY, "Flood", by=None, at=NOW)


def test_a_visit_is_not_cancelled_without_reason_nor_in_the_future(session: Session, make: Workshop) -> None:
    make.suite()
    rota = published(session)
    visit_id = only_visit(session, rota)
    for on, reason, refusal in (
        (TODAY, " ", "Say why"),
        (TODAY + timedelta(days=1), "Flood", "future"),
    ):
        with pytest.raises(RotaError, match=refusal):
            desk.cancel(session, rota, visit_id, on, reason, by=None, at=NOW)
    with pytest.raises(RotaError, match="missed, not cancelled"):
        desk.cancel(
            session,
            rota,
            visit_id,
            A_WEEK.last + timedelta(days=1),
            "Flood",
            by=None,
            at=NOW + timedelta(days=30),
        )
