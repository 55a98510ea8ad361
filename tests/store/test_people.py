"""Questions about people, on both databases: the list, standings, the timeline, visits made."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.clearance import Validity
from icv.rules.due import Due
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.store.people import (
    NO_TEAM,
    Card,
    StageStep,
    Vetting,
    Wanted,
    people_chosen,
    people_listed,
    standings,
    timeline,
)
from icv.store.scheme import Team
from icv.store.visiting import visits_of
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
DAY = timedelta(days=1)


def names(session: Session, **wanted: object) -> list[str]:
    listed = people_listed(session, Wanted(**wanted), TODAY, CHOICES)  # type: ignore[arg-type]
    return [line.name for line in listed.lines]


def test_people_stand_by_name_at_the_stage_of_the_day(session: Session, make: Workshop) -> None:
    leaving = make.person(name="asha", left_on=TODAY + DAY)
    session.add(StageStep(person_id=leaving.id, stage=Stage.LEFT, on=TODAY + DAY, made_at=NOW))
    make.person(Stage.REJECTED, name="Ben")
    make.person(Stage.APPLIED, name="Cara")
    session.flush()
    assert names(session) == ["asha", "Cara"]
    assert names(session, stage=Stage.REJECTED) == ["Ben"]
    listed = people_listed(session, Wanted(), TODAY, CHOICES)
    assert listed.by_stage == {Stage.ACTIVE: 1, Stage.REJECTED: 1, Stage.APPLIED: 1}
    assert people_chosen(session, [leaving.id])[0].stage is Stage.LEFT


def test_of_two_steps_on_a_day_the_later_made_counts(session: Session, make: Workshop) -> None:
    person = make.person(Stage.APPLIED, on=TODAY)
    session.add(StageStep(person_id=person.id, stage=Stage.SHORTLISTED, on=TODAY, made_at=NOW))
    session.flush()
    assert people_listed(session, Wanted(), TODAY, CHOICES).lines[0].stage is Stage.SHORTLISTED
    assert [step.stage for step in timeline(session, person.id)] == [Stage.SHORTLISTED, Stage.APPLIED]


def test_the_list_is_narrowed_by_team_words_and_clearance(session: Session, make: Workshop) -> None:
    team = Team(name="City")
    session.add(team)
    session.flush()
    make.person(name="Asha 100%", team_id=team.id)
    make.person(name="Ben_B")
    make.person(Stage.VETTING, name="Cara")
    assert names(session, team_id=team.id) == ["Asha 100%"]
    assert names(session, team_id=NO_TEAM) == ["Ben_B", "Cara"]
    assert names(session, words="0%") == ["Asha 100%"]
    assert names(session, words="n_b") == ["Ben_B"]
    assert names(session, words="person") == ["Asha 100%", "Ben_B", "Cara"]
    assert names(session, is_cleared=False) == ["Cara"]
    assert names(session, is_cleared=True, team_id=NO_TEAM) == ["Ben_B"]


def test_a_line_says_what_runs_out_next(session: Session, make: Workshop) -> None:
    make.person(Stage.PROBATION, probation_ends_on=date(2026, 6, 30))
    line = people_listed(session, Wanted(), TODAY, CHOICES).lines[0]
    assert line.due == Due("probation ends", date(2026, 6, 30))
    assert line.clearance.sentence == "cleared, on probation"


def test_standings_leave_nothing_out_and_ask_always_as_much(session: Session, make: Workshop) -> None:
    person = make.person()
    session.add(Card(person_id=person.id, number="1", issued_on=TODAY - DAY * 9, returned_on=TODAY))
    session.add(Vetting(person_id=person.id, requested_on=TODAY))
    make.person(Stage.APPLIED)
    session.flush()
    asked: list[str] = []
    sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given[2]))
    of_one = standings(session, [person.id])
    once = len(asked)
    assert of_one[person.id] == standings(session)[person.id]
    assert len(asked) == 2 * once
    assert of_one[person.id].cards == (Validity(TODAY - DAY * 9, TODAY - DAY, "came back"),)
    assert of_one[person.id].vetting_requested_on == TODAY
    assert standings(session, []) == {}


def test_visits_made_are_those_at_which_the_person_turned_up(session: Session, make: Workshop) -> None:
    person, partner = make.person(), make.person()
    arrived = datetime(2026, 1, 3, 23, 30, tzinfo=UTC)
    long_ago = TODAY - timedelta(days=380)
    make.visit(None, person, partner, outcome=Outcome.NO_ACCESS, week=long_ago)
    make.visit(
        None,
        person,
        partner,
        outcome=Outcome.COMPLETED,
        week=arrived.date(),
        arrived_at=arrived,
        left_at=arrived + timedelta(minutes=90),
    )
    make.visit(None, person, outcome=Outcome.MISSED)
    given_back = make.visit(None, outcome=Outcome.COMPLETED)
    make.duty(given_back, person, state=DutyState.RELEASED)
    visiting = visits_of(session, person.id, TODAY)
    assert [visit.outcome for visit in visiting.visits] == [Outcome.COMPLETED, Outcome.NO_ACCESS]
    assert (visiting.this_year, visiting.minutes, visiting.untimed) == (1, 90, 1)
    assert visiting.visits[0].on == date(2026, 1, 3)
