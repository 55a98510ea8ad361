"""Teams over a period, on both databases: the numbers of the panel's figures, and the names behind them."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import ONE_DAY, Period
from icv.rules.figures import Membership
from icv.rules.stages import Stage
from icv.store.figures.volunteers import volunteer_figures
from icv.store.membership import teams_over
from icv.store.people import StageStep
from tests.workshop import NOW, TODAY, Workshop

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def populate(make: Workshop) -> None:
    north, south = make.team("North"), make.team("South")
    make.team("Empty")
    make.person(name="Old", team_id=north.id, appointed_on=date(2020, 1, 1))
    make.person(name="First day", team_id=north.id, appointed_on=YEAR.first)
    make.person(name="Last day", team_id=south.id, appointed_on=YEAR.last)
    make.person(name="Later", team_id=south.id, appointed_on=YEAR.last + ONE_DAY)
    make.person(Stage.LEFT, name="Left first", team_id=north.id, left_on=YEAR.first)
    make.person(Stage.LEFT, name="Left last", team_id=north.id, left_on=YEAR.last)
    make.person(Stage.LEFT, name="Left before", team_id=south.id, left_on=YEAR.first - ONE_DAY)
    make.person(Stage.LEFT, name="Leaves later", team_id=south.id, left_on=YEAR.last + ONE_DAY)
    make.person(Stage.LEFT, name="Came and went", appointed_on=date(2025, 5, 1), left_on=date(2025, 6, 1))
    make.person(name="alone")
    make.person(Stage.TRAINING, name="Not yet", team_id=north.id)
    make.session.flush()


def test_the_numbers_are_those_of_the_panel_s_figures(session: Session, make: Workshop) -> None:
    populate(make)
    for period in (YEAR, Period(TODAY, TODAY), Period(date(2019, 1, 1), date(2030, 1, 1))):
        ours = {team.name: team.flow for team in teams_over(session, period)}
        theirs = {team.team: team.members for team in volunteer_figures(session, period, ()).by_team}
        assert {name: flow for name, flow in ours.items() if name != "Empty"} == theirs
        assert ours["Empty"] == Membership()


def test_the_names_behind_the_numbers(session: Session, make: Workshop) -> None:
    populate(make)
    found = teams_over(session, YEAR)
    assert [team.name for team in found] == ["Empty", "North", "South", None]
    for team in found:
        assert len(team.members) == team.flow.closing
        assert (len(team.joined), len(team.left)) == (team.flow.joined, team.flow.left)
    _, north, south, nobodys = found
    assert [one.name for one in north.members] == ["First day", "Old"]
    assert [one.name for one in north.left] == ["Left first", "Left last"]
    assert [one.name for one in south.members] == ["Last day", "Leaves later"]
    assert [one.name for one in nobodys.members] == ["alone"]
    assert [one.name for one in nobodys.joined] == ["Came and went"]


def test_members_stand_at_the_stage_of_the_period_s_last_day(session: Session, make: Workshop) -> None:
    person = make.person(Stage.PROBATION, name="Asha", appointed_on=date(2025, 5, 1))
    make.keep(StageStep(person_id=person.id, stage=Stage.ACTIVE, on=date(2025, 11, 1), made_at=NOW))
    for last, stage in ((date(2025, 10, 31), Stage.PROBATION), (date(2025, 11, 1), Stage.ACTIVE)):
        (team,) = teams_over(session, Period(YEAR.first, last))
        assert [(one.stage, one.appointed_on) for one in team.members] == [(stage, date(2025, 5, 1))]
