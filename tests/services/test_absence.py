"""Leave with its return, suspension and coming back: where somebody stands on every day."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.appraisal import EndReason
from icv.rules.days import monday_of
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState
from icv.services import people as desk
from icv.store.people import Absence, Person, Wanted, absence, people_listed, standings, timeline
from icv.store.trail import TrailEntry
from icv.store.visits import Duty
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
D1, D2, D3 = (TODAY + timedelta(days=days) for days in (10, 40, 60))


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def stages(session: Session, person: Person, *days: date) -> list[Stage | None]:
    """As clearance sees it, and the list of people with it."""
    standing = standings(session, [person.id])[person.id]
    for day in days:
        listed = people_listed(session, Wanted(), day, CHOICES)
        stage = standing.stage_on(day)
        theirs = [line.stage for line in listed.lines if line.id == person.id]
        assert theirs == ([] if stage is Stage.LEFT else [stage])
    return [standing.stage_on(day) for day in days]


def away(session: Session, person: Person, day: date = TODAY) -> Absence | None:
    return absence(timeline(session, person.id), day)


def leave(session: Session, person: Person, by: Actor, first: date = D1, back: date | None = D2) -> None:
    desk.go_on_leave(session, person.id, desk.Leave(first, back, "Family"), CHOICES, by=by, at=NOW)


@pytest.mark.parametrize("stage", [Stage.ACTIVE, Stage.PROBATION])
def test_leave_and_the_return_are_one_act(session: Session, make: Workshop, by: Actor, stage: Stage) -> None:
    person = make.person(stage)
    leave(session, person, by)
    before = D1 - timedelta(days=1)
    assert stages(session, person, before, D1, D2 - timedelta(days=1), D2) == [
        stage,
        Stage.ON_LEAVE,
        Stage.ON_LEAVE,
        stage,
    ]
    known = away(session, person)
    assert known
    assert (known.since, known.returns_on, known.back_to) == (D1, D2, stage)
    assert not known.has_begun(TODAY)
    assert away(session, person, D2) is None


def test_leave_without_a_known_return_goes_on(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave(session, person, by, TODAY, None)
    assert stages(session, person, D3) == [Stage.ON_LEAVE]
    desk.change_return(session, person.id, D3, CHOICES, by=by, at=NOW)
    assert stages(session, person, D2, D3) == [Stage.ON_LEAVE, Stage.ACTIVE]


def test_another_day_of_return_takes_the_first_one_back(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave(session, person, by)
    desk.change_return(session, person.id, D3, CHOICES, by=by, at=NOW)
    assert stages(session, person, D1, D2, D3) == [Stage.ON_LEAVE, Stage.ON_LEAVE, Stage.ACTIVE]
    desk.change_return(session, person.id, D2 - timedelta(days=5), CHOICES, by=by, at=NOW)
    assert stages(session, person, D1, D2, D3) == [Stage.ON_LEAVE, Stage.ACTIVE, Stage.ACTIVE]
    desk.change_return(session, person.id, None, CHOICES, by=by, at=NOW)
    assert stages(session, person, D1, D2, D3) == [Stage.ON_LEAVE] * 3
    steps = timeline(session, person.id)
    assert sum(step.is_undone for step in steps) == sum(step.corrects for step in steps) == 3


def test_the_same_day_of_return_changes_nothing(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave(session, person, by)
    before = session.scalar(sa.select(sa.func.count()).select_from(TrailEntry))
    desk.change_return(session, person.id, D2, CHOICES, by=by, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(TrailEntry)) == before


def test_somebody_comes_back_early(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person(Stage.PROBATION)
    leave(session, person, by, TODAY - timedelta(days=5), D2)
    desk.change_return(session, person.id, TODAY, CHOICES, by=by, at=NOW)
    assert stages(session, person, TODAY - timedelta(days=1), TODAY, D2) == [
        Stage.ON_LEAVE,
        Stage.PROBATION,
        Stage.PROBATION,
    ]
    assert away(session, person) is None


def test_after_an_early_return_the_next_leave_lasts(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave(session, person, by, TODAY - timedelta(days=5), D2)
    desk.change_return(session, person.id, TODAY, CHOICES, by=by, at=NOW)
    leave(session, person, by, D1, D3)
    assert stages(session, person, TODAY, D2, D3) == [Stage.ACTIVE, Stage.ON_LEAVE, Stage.ACTIVE]


def test_leave_that_has_not_begun_is_called_off_whole(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave(session, person, by)
    desk.call_off_leave(session, person.id, "Plans changed", by=by, at=NOW)
    assert stages(session, person, TODAY, D1, D2) == [Stage.ACTIVE] * 3
    with pytest.raises(desk.PeopleError, match="Nobody is away"):
        desk.call_off_leave(session, person.id, "Again", by=by, at=NOW)


def test_leave_that_has_begun_is_ended_not_called_off(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave(session, person, by, TODAY - timedelta(days=1))
    with pytest.raises(desk.PeopleError, match="has begun"):
        desk.call_off_leave(session, person.id, "Plans changed", by=by, at=NOW)


def test_a_return_comes_after_the_leave_begins(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    with pytest.raises(desk.PeopleError, match="after the first day away") as refused:
        leave(session, person, by, D1, D1)
    assert refused.value.field == "returns_on"


def test_a_suspension_takes_back_what_was_planned_and_is_lifted_on_its_day(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(Stage.PROBATION)
    leave(session, person, by)
    desk.suspend(session, person.id, TODAY, "Complaint", CHOICES, by=by, at=NOW)
    assert stages(session, person, TODAY, D1, D2) == [Stage.SUSPENDED] * 3
    with pytest.raises(desk.PeopleError, match="when it is lifted"):
        desk.change_return(session, person.id, D1, CHOICES, by=by, at=NOW)
    later = NOW + timedelta(days=10)
    desk.change_return(session, person.id, D1, CHOICES, by=by, at=later)
    assert stages(session, person, D1, D2) == [Stage.PROBATION] * 2


def test_a_suspension_during_leave_goes_back_to_where_the_leave_came_from(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(Stage.PROBATION)
    leave(session, person, by, TODAY - timedelta(days=9))
    desk.suspend(session, person.id, TODAY, "Complaint", CHOICES, by=by, at=NOW)
    known = away(session, person)
    assert known
    assert (known.stage, known.back_to, known.returns_on) == (Stage.SUSPENDED, Stage.PROBATION, None)


def end(session: Session, person: Person, by: Actor, on: date = D3) -> None:
    ending = desk.Ending(on, EndReason.RESIGNED, "moves away")
    desk.end_appointment(session, person.id, ending, CHOICES, by=by, at=NOW)


def test_somebody_whose_end_is_planned_is_suspended_and_the_end_stays_planned(
    session: Session, make: Workshop, by: Actor
) -> None:
    person, partner = make.person(Stage.PROBATION), make.person()
    week = monday_of(TODAY) + timedelta(days=7)
    before_end = make.visit(None, person, partner, week=week)
    leave(session, person, by)
    end(session, person, by)
    desk.suspend(session, person.id, TODAY, "Complaint", CHOICES, by=by, at=NOW)
    days = (TODAY - timedelta(days=1), TODAY, D1, D2, D3)
    assert stages(session, person, *days) == [Stage.PROBATION, *[Stage.SUSPENDED] * 3, Stage.LEFT]
    session.refresh(person)
    assert (person.left_on, person.left_reason) == (D3, "Resigned: moves away")
    held = session.scalars(sa.select(Duty.state).where(Duty.visit_id == before_end.id)).all()
    assert set(held) == {DutyState.ACCEPTED}
    acts = session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()[-5:]
    assert acts == ["correct step"] * 3 + ["move stage"] * 2
    # And it is lifted again, with the end still to come.
    later = NOW + timedelta(days=10)
    desk.change_return(session, person.id, D1, CHOICES, by=by, at=later)
    assert stages(session, person, TODAY, D1, D3) == [Stage.SUSPENDED, Stage.PROBATION, Stage.LEFT]


def test_whoever_has_left_is_not_suspended(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    end(session, person, by, TODAY)
    with pytest.raises(desk.PeopleError, match="That is an end"):
        desk.suspend(session, person.id, TODAY, "Complaint", CHOICES, by=by, at=NOW)


def test_leave_is_gone_on_and_changed_before_a_planned_end(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person()
    end(session, person, by)
    leave(session, person, by)
    assert stages(session, person, TODAY, D1, D2, D3) == [
        Stage.ACTIVE,
        Stage.ON_LEAVE,
        Stage.ACTIVE,
        Stage.LEFT,
    ]
    desk.change_return(session, person.id, D2 + timedelta(days=1), CHOICES, by=by, at=NOW)
    assert stages(session, person, D2, D2 + timedelta(days=1), D3) == [
        Stage.ON_LEAVE,
        Stage.ACTIVE,
        Stage.LEFT,
    ]
    assert person.left_on == D3


def test_leave_neither_begins_nor_ends_after_a_planned_end(
    session: Session, make: Workshop, by: Actor
) -> None:
    for first, back, field in ((D3, None, "first_on"), (D2, D3, "returns_on")):
        person = make.person()
        end(session, person, by)
        with pytest.raises(desk.PeopleError, match="ends before 3 May 2026") as refused:
            leave(session, person, by, first, back)
        assert refused.value.field == field


@pytest.mark.parametrize("back", [D2, None])
def test_leave_sent_twice_is_said_to_be_on_record(
    session: Session, make: Workshop, by: Actor, back: date | None
) -> None:
    person = make.person()
    leave(session, person, by, D1, back)
    with pytest.raises(desk.PeopleError, match="Leave from 14 March 2026 is on record already") as refused:
        leave(session, person, by, D1, back)
    assert refused.value.field == "first_on"
    assert len(timeline(session, person.id)) == (2 if back is None else 3)
