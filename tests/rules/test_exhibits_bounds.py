"""Where what an exhibit shows changes: the last number hidden, one team too many, shares that are equal."""

from datetime import date

import pytest

from icv.rules.days import Period
from icv.rules.exhibits import Cell, Hidden
from icv.rules.exhibits.hiding import number_shown
from icv.rules.exhibits.visitors import MOST_TEAMS
from icv.rules.figures import Figures, Membership, TeamFigures, VolunteerFigures
from icv.rules.figures.weeks import Step
from icv.rules.visits import Mode
from tests.rules.exhibits import MAY, headline, made, of_may, rows, suite

MONDAY_MORNING = (0, 0)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, 0), (1, Hidden.FEW), (5, Hidden.FEW), (6, 6)],
    ids=["none", "one", "last", "more"],
)
def test_a_number_is_hidden_up_to_the_threshold_and_none_never(number: int, shown: Cell) -> None:
    assert number_shown(number, 5) == shown


@pytest.mark.parametrize(("more", "drawn"), [(0, MOST_TEAMS), (1, 1)])
def test_of_many_teams_only_the_whole_is_drawn(more: int, drawn: int) -> None:
    teams = tuple(TeamFigures(f"Team {number}", Membership(2)) for number in range(MOST_TEAMS + more))
    visitors = made("visitors", of_may(now=Figures(MAY, volunteers=VolunteerFigures(teams))))
    assert len(visitors.drawings[0].points) == drawn
    assert len(rows(visitors, "visitors-flow")) == MOST_TEAMS + more + 1


def test_steps_with_one_share_have_no_highest_and_no_lowest() -> None:
    weeks = [Period(date(2026, 5, day), date(2026, 5, day + 6)) for day in (4, 11)]
    steps = tuple(Step(week, 4, 3) for week in weeks)
    assert not any(
        "highest" in said for said in made("trend", of_may(suite("North", 8, 6), steps=steps)).words
    )


def test_suites_visited_in_as_many_timeslots_are_told_together() -> None:
    suites = [suite(f"Suite {number}", arrivals={MONDAY_MORNING: 1}) for number in range(4)]
    assert any("Each suite was visited in 1 of" in said for said in made("spread", of_may(*suites)).words)


def test_a_strand_in_a_time_without_records_is_not_told_as_none() -> None:
    before = headline(Step(Period(date(2026, 4, 1), date(2026, 4, 30)), is_on_record=False))
    told = rows(made("strands", of_may(before=before)), "strands")
    assert told[f"Custody visits {Mode.IN_PERSON.value.replace('_', ' ')}"] == (0, None, "no records", 0)
