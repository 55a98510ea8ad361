"""Questions about rounds, their funnels and the board, on both databases."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.funnel import Cohort, Loss, funnel
from icv.rules.rounds import RoundState
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.store.people import Person, Round, StageStep
from icv.store.recruitment import (
    Application,
    Column,
    applicants_of,
    cohort_on,
    online_applications,
    pipeline_board,
    round_before,
    rounds_closing,
    rounds_listed,
    welcome_of,
)
from tests.workshop import NOW, TODAY, Workshop

DAY = timedelta(days=1)
CHOICES = Choices(stuck_days=42, vetting_overdue_days=30)


def a_round(make: Workshop, name: str, opened_on: date | None = None, **more: object) -> Round:
    made: Round = make.keep(Round(name=name, opened_on=opened_on, **more))
    return made


def step(
    session: Session, person: Person, stage: Stage, on: date, reason: str = "", **more: int
) -> StageStep:
    made = StageStep(person_id=person.id, stage=stage, on=on, reason=reason, made_at=NOW, **more)
    session.add(made)
    session.flush()
    return made


def test_rounds_stand_latest_first_by_the_day_they_began(session: Session, make: Workshop) -> None:
    imported = a_round(make, "Winter")
    make.person(Stage.APPLIED, round_id=imported.id, applied_on=date(2025, 11, 3))
    make.person(Stage.PROBATION, round_id=imported.id, applied_on=date(2025, 11, 1))
    a_round(make, "Autumn", date(2025, 9, 1), closed_on=date(2025, 10, 1), places=8)
    a_round(make, "Spring", TODAY + DAY, is_public=True)
    a_round(make, "Nobody’s")
    lines = rounds_listed(session, TODAY)
    assert [(line.name, line.state) for line in lines] == [
        ("Spring", RoundState.TO_COME),
        ("Winter", RoundState.UNDATED),
        ("Autumn", RoundState.CLOSED),
        ("Nobody’s", RoundState.UNDATED),
    ]
    assert [(line.applications, line.appointed) for line in lines] == [(0, 0), (2, 1), (0, 0), (0, 0)]
    assert lines[1].began_on == date(2025, 11, 1)
    assert (lines[2].places, lines[2].last_on) == (8, date(2025, 9, 30))
    before = round_before(lines, imported.id)
    assert before is not None
    assert before.name == "Autumn"
    assert round_before(lines, lines[-1].id) is None
    assert round_before(lines, 0) is None


def test_a_public_round_takes_applications_while_it_is_open(session: Session, make: Workshop) -> None:
    a_round(make, "Spring", TODAY, closed_on=TODAY + DAY, is_public=True, welcome="Come and see.")
    assert rounds_listed(session, TODAY)[0].is_taking_applications
    assert not rounds_listed(session, TODAY + DAY)[0].is_taking_applications
    assert welcome_of(session, rounds_listed(session, TODAY)[0].id) == "Come and see."
    assert welcome_of(session, 0) == ""


def test_applications_begun_and_to_be_decided_are_told_apart(session: Session, make: Workshop) -> None:
    spring, other = a_round(make, "Spring"), a_round(make, "Other")
    person = make.person(Stage.APPLIED, round_id=spring.id)
    kinds = [
        {},
        {"sent_at": NOW},
        {"sent_at": NOW, "settled_at": NOW},
        {"sent_at": NOW, "person_id": person.id},
        {"round_id": other.id},
    ]
    for number, kind in enumerate(kinds):
        application = {"round_id": spring.id, "token_digest": str(number), "answers": {}, "began_at": NOW}
        make.keep(Application(**{**application, "changed_at": NOW, "expires_at": NOW, **kind}))
    found = online_applications(session, spring.id)
    assert (found.begun, found.to_decide) == (1, 1)


def test_ways_leave_out_what_was_corrected_and_what_is_planned_ahead(
    session: Session, make: Workshop
) -> None:
    spring = a_round(make, "Spring")
    one = make.person(Stage.APPLIED, round_id=spring.id, applied_on=date(2026, 1, 5), name="Asha")
    wrong = step(session, one, Stage.SHORTLISTED, date(2026, 1, 9))
    step(session, one, Stage.APPLIED, date(2026, 1, 9), corrects_id=wrong.id)
    step(session, one, Stage.SHORTLISTED, date(2026, 1, 19))
    leaving = make.person(Stage.ACTIVE, round_id=spring.id, name="Ben")
    step(session, leaving, Stage.LEFT, TODAY + DAY, "Moves away")
    make.person(Stage.APPLIED, name="Somebody else")
    found = applicants_of(session, [spring.id], TODAY)[spring.id]
    assert [(person.name, [step.stage for step in person.way.steps]) for person in found] == [
        ("Asha", [Stage.APPLIED, Stage.SHORTLISTED]),
        ("Ben", [Stage.ACTIVE]),
    ]
    lines = funnel([person.way for person in found]).lines
    assert lines[0].median_days == 14
    assert (lines[-1].now, lines[-1].lost) == (1, 0)
    gone = applicants_of(session, [spring.id], TODAY + DAY)[spring.id]
    assert funnel([person.way for person in gone]).lines[-1].losses == (Loss(Stage.LEFT, "Moves away", 1),)


def test_people_without_any_step_were_received_all_the_same(session: Session, make: Workshop) -> None:
    spring = a_round(make, "Spring")
    one = make.person(Stage.APPLIED, round_id=spring.id)
    session.execute(sa.delete(StageStep).where(StageStep.person_id == one.id))
    assert funnel([it.way for it in applicants_of(session, [spring.id], TODAY)[spring.id]]).received == 1
    assert cohort_on(session, spring.id, TODAY) == Cohort(0, 1, 0)


def test_the_cohort_is_members_and_everybody_on_the_way(session: Session, make: Workshop) -> None:
    spring = a_round(make, "Spring")
    make.person(Stage.ACTIVE)
    make.person(Stage.PROBATION, round_id=spring.id)
    make.person(Stage.LEFT, left_on=TODAY)
    make.person(Stage.ACTIVE, left_on=TODAY + DAY)
    make.person(Stage.VETTING, round_id=spring.id)
    make.person(Stage.APPLIED, round_id=spring.id)
    make.person(Stage.TRAINING)
    make.person(Stage.REJECTED, round_id=spring.id)
    cohort = cohort_on(session, spring.id, TODAY)
    assert cohort == Cohort(members=3, of_round=2, of_others=1)
    assert cohort.projected == 6


def by_stage(board: list[Column]) -> dict[Stage, list[str]]:
    return {column.stage: [person.name for person in column.people] for column in board if column.people}


def test_the_board_has_the_stuck_first_and_then_those_there_longest(session: Session, make: Workshop) -> None:
    for name, days in (("Asha", 3), ("Ben", 50), ("Cara", 20), ("Dev", 50)):
        make.person(Stage.SHORTLISTED, name=name, on=TODAY - days * DAY)
    undated = make.person(Stage.SHORTLISTED, name="Ella")
    undated.steps[0].on = None
    late = make.person(Stage.VETTING, name="Finn", on=TODAY - 31 * DAY)
    make.person(Stage.VETTING, name="Gwen", on=TODAY - 30 * DAY)
    over = make.person(Stage.PROBATION, name="Hari", probation_ends_on=TODAY - DAY)
    make.person(Stage.ACTIVE, name="Ina")
    make.person(Stage.REJECTED, name="Jon")
    board = pipeline_board(session, TODAY, CHOICES)
    assert [column.stage for column in board][-1] is Stage.PROBATION
    assert len(board) == 6
    assert by_stage(board) == {
        Stage.SHORTLISTED: ["Ben", "Dev", "Cara", "Asha", "Ella"],
        Stage.VETTING: ["Finn", "Gwen"],
        Stage.PROBATION: ["Hari"],
    }
    shortlisted = board[1]
    assert (shortlisted.stuck, shortlisted.median_days) == (2, 35)
    assert (shortlisted.people[0].stuck, shortlisted.people[0].days) == ("Stuck", 50)
    assert (shortlisted.people[-1].since, shortlisted.people[-1].days) == (None, None)
    assert [person.stuck for person in board[3].people] == ["Vetting late", None]
    assert board[5].people[0].stuck == "Probation over"
    assert {late.id, over.id} == {board[3].people[0].id, board[5].people[0].id}


def test_the_board_counts_from_the_step_that_stands(session: Session, make: Workshop) -> None:
    one = make.person(Stage.SHORTLISTED, on=TODAY - 50 * DAY)
    wrong = step(session, one, Stage.INTERVIEWED, TODAY - DAY)
    step(session, one, Stage.SHORTLISTED, TODAY - DAY, corrects_id=wrong.id)
    (waiting,) = pipeline_board(session, TODAY, CHOICES)[1].people
    assert (waiting.days, waiting.stuck) == (50, "Stuck")


def test_the_board_says_for_each_what_is_next(session: Session, make: Workshop) -> None:
    make.person(Stage.APPLIED)
    (waiting,) = pipeline_board(session, TODAY, CHOICES)[0].people
    assert waiting.needed == "Decide: shortlisted, or an end to the application."


def test_the_board_of_one_round_leaves_out_everybody_else(session: Session, make: Workshop) -> None:
    spring = a_round(make, "Spring")
    make.person(Stage.VETTING, name="Asha", round_id=spring.id)
    make.person(Stage.VETTING, name="Ben")
    assert by_stage(pipeline_board(session, TODAY, CHOICES, round_id=spring.id)) == {Stage.VETTING: ["Asha"]}
    assert by_stage(pipeline_board(session, TODAY, CHOICES, round_id=0)) == {}


def test_today_learns_which_rounds_close_soon(session: Session, make: Workshop) -> None:
    for name, days in (("Far", 9), ("Near", 8), ("Nearest", 1), ("Closed", 0)):
        a_round(make, name, TODAY - 9 * DAY, closed_on=TODAY + days * DAY)
    a_round(make, "By hand", TODAY)
    assert [line.name for line in rounds_closing(session, TODAY)] == ["Nearest", "Near"]
