"""Shares, points, the period before, and a definition for every figure."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.figures import (
    Figures,
    Membership,
    SuiteFigures,
    TeamFigures,
    VolunteerFigures,
    change_in_points,
    definitions,
    percent,
    percent_in_words,
    points_in_words,
    previous,
)
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome

WHOLES = st.integers(1, 100_000)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (34, 35, 97.1),
        (1, 2000, 0.1),
        (1, 3, 33.3),
        (1, 800, 0.1),
        (3, 800, 0.4),
        (1, 100_000, 0.1),
        (99_999, 100_000, 99.9),
        (0, 7, 0.0),
        (7, 7, 100.0),
        (8, 7, 114.3),
        (100_001, 100_000, 100.0),
    ],
)
def test_a_share_to_one_decimal(part: int, whole: int, shown: float) -> None:
    assert percent(part, whole) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(1, 200, "1%"), (1, 1000, "1%"), (999, 1000, "99%"), (5, 8, "63%"), (4, 4, "100%")],
)
def test_a_share_in_a_sentence(part: int, whole: int, shown: str) -> None:
    assert percent_in_words(part, whole) == shown


def test_nothing_can_be_said_of_no_visits() -> None:
    assert percent(0, 0) is None
    assert percent_in_words(0, 0) is None


@given(WHOLES, st.data())
def test_all_and_nothing_are_said_only_when_true(whole: int, draw: st.DataObject) -> None:
    part = draw.draw(st.integers(0, whole))
    assert (percent(part, whole) == 100.0) == (part == whole)
    assert (percent(part, whole) == 0.0) == (part == 0)
    assert (percent_in_words(part, whole) == "100%") == (part == whole)
    assert (percent_in_words(part, whole) == "0%") == (part == 0)


@given(WHOLES, st.integers(0, 200_000))
def test_a_share_is_within_a_rounding_of_the_truth(whole: int, part: int) -> None:
    shown = percent(part, whole)
    assert shown is not None
    distance = abs(Fraction(round(shown * 10), 10) - Fraction(100 * part, whole))
    assert distance <= Fraction(1, 20) or (0 < part < whole and shown in {0.1, 99.9})


def month_ends() -> st.SearchStrategy[Period]:
    """Periods of whole months."""
    return st.builds(
        lambda first, months: Period(
            date(first // 12, first % 12 + 1, 1),
            date((first + months) // 12, (first + months) % 12 + 1, 1) - timedelta(days=1),
        ),
        st.integers(2000 * 12, 2060 * 12),
        st.integers(1, 30),
    )


@given(month_ends())
def test_the_period_before_whole_months_is_as_many_whole_months(period: Period) -> None:
    before = previous(period)
    months = [
        (span.after.year - span.first.year) * 12 + span.after.month - span.first.month
        for span in (period, before)
    ]
    assert before.after == period.first
    assert before.first.day == 1
    assert months[0] == months[1]


@given(st.dates(date(2000, 1, 2), date(2060, 1, 1)), st.integers(0, 500))
def test_the_period_before_other_days_is_as_many_days(first: date, more: int) -> None:
    period = Period(first, first + timedelta(days=more))
    before = previous(period)
    assert before.after == first
    assert before.days == period.days or (first.day == 1 and period.after.day == 1)


def test_the_worked_example_is_compared_with_october_and_november() -> None:
    assert previous(Period(date(2023, 12, 1), date(2024, 1, 31))) == Period(
        date(2023, 10, 1), date(2023, 11, 30)
    )


def test_shares_change_in_points() -> None:
    assert change_in_points(97.1, 100.0) == -2.9
    assert change_in_points(0.3, 0.1) == 0.2
    assert change_in_points(50.0, None) is None
    assert change_in_points(None, 50.0) is None


def test_a_change_is_said_in_words() -> None:
    assert points_in_words(2.5) == "up 2.5 points"
    assert points_in_words(-1.0) == "down 1.0 points"
    assert points_in_words(0.0) == "no change"
    assert points_in_words(None) == "cannot be compared"


def test_every_figure_has_its_definition() -> None:
    empty = Figures(Period(date(2024, 1, 1), date(2024, 1, 31)), suites=(SuiteFigures("A"),)).as_json()
    empty["suites"] = {name: value for name, value in empty["suites"][0].items() if name != "suite"}
    published = {f"{part}.{name}" for part, lines in empty.items() if part != "period" for name in lines}
    shared = {"suites.scheduled", "suites.completed", "suites.completion_percent"}
    assert definitions(Choices()).keys() >= published - shared


def test_the_definition_of_completed_names_the_outcomes_the_scheme_chose() -> None:
    chosen = Choices(completed_outcomes=frozenset({Outcome.NO_ACCESS, Outcome.COMPLETED}))
    assert definitions(chosen)["visits.completed"].endswith("with the outcome completed or no access.")


def test_teams_add_up_to_the_scheme() -> None:
    north, rest = TeamFigures("North", Membership(3, 2, 1)), TeamFigures(None, Membership(1, 0, 1))
    volunteers = VolunteerFigures((north, rest), applications=4, in_vetting=2, in_training=1)
    assert (volunteers.opening, volunteers.joined, volunteers.left, volunteers.closing) == (4, 2, 2, 4)
    assert volunteers.projected == 7
