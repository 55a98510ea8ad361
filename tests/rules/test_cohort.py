"""The cohort: counted day by day, the year ahead, and how many are needed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.catalogue import Catalogue
from icv.rules.clearance import Standing, Step, Validity, clearance
from icv.rules.cohort import Count, Member, cohort_on, falls_short, needed, needed_in_words, timeline, turns
from icv.rules.days import ONE_DAY
from icv.rules.scheme import Choices
from icv.rules.stages import Stage

TODAY = date(2026, 3, 4)
MONDAY = date(2026, 3, 9)
CHOICES = Choices()
LONG_AGO = date(2020, 1, 1)
DAYS = st.integers(-40, 420).map(lambda days: TODAY + timedelta(days=days))
ENDS = st.none() | DAYS


def visitor(
    number: int = 1,
    name: str = "Asha",
    team: str | None = None,
    *,
    vetted_until: date | None = None,
    left_on: date | None = None,
    steps: tuple[Step, ...] = (Step(Stage.ACTIVE, LONG_AGO),),
    appointed_on: date = LONG_AGO,
    **more: object,
) -> Member:
    standing = Standing(
        steps=steps,
        left_on=left_on,
        vettings=(Validity(LONG_AGO, vetted_until, "SC"),),
        trainings=(Validity(LONG_AGO, None, "Terrorism visits"),),
        terms=(Validity(LONG_AGO),),
        **more,  # type: ignore[arg-type]
    )
    return Member(number, name, team, appointed_on, left_on, standing)


@st.composite
def cohorts(draw: st.DrawFn) -> list[Member]:
    people = []
    for number in range(draw(st.integers(0, 6))):
        steps = [Step(Stage.ACTIVE, LONG_AGO)]
        if leaves_on := draw(ENDS):
            steps.append(Step(Stage.ON_LEAVE, leaves_on))
            if (returns_on := draw(ENDS)) and returns_on > leaves_on:
                steps.append(Step(Stage.PROBATION, returns_on))
        until, left_on = draw(ENDS), draw(ENDS)
        people.append(visitor(number, f"P{number}", vetted_until=until, left_on=left_on, steps=tuple(steps)))
    return people


@given(cohorts())
def test_every_week_of_the_year_counts_those_cleared_on_its_day(people: list[Member]) -> None:
    weeks = timeline(people, TODAY, CHOICES)
    assert len(weeks) == 53
    assert [week.on for week in weeks[:3]] == [TODAY, MONDAY, MONDAY + timedelta(weeks=1)]
    for week in weeks:
        assert week.cleared == sum(clearance(one.standing, week.on, CHOICES).may_visit for one in people)


@given(cohorts())
def test_who_falls_out_and_comes_in_accounts_for_every_change(people: list[Member]) -> None:
    weeks = timeline(people, TODAY, CHOICES)
    for before, after in pairwise(weeks):
        assert before.cleared - len(after.out) + len(after.into) == after.cleared
        assert all(turn.why for turn in (*after.out, *after.into))
    assert not weeks[0].out
    assert not weeks[0].into


def test_whoever_may_visit_between_two_mondays_only_turns_on_neither() -> None:
    steps = (
        Step(Stage.ON_LEAVE, LONG_AGO),
        Step(Stage.ACTIVE, MONDAY + ONE_DAY),
        Step(Stage.ON_LEAVE, MONDAY + 3 * ONE_DAY),
    )
    weeks = timeline([visitor(steps=steps)], TODAY, CHOICES)
    assert [week for week in weeks if week.cleared or week.out or week.into] == []


@given(cohorts(), DAYS)
def test_a_day_compared_with_today_names_everybody_who_differs(people: list[Member], day: date) -> None:
    differing = {turn.member.id: turn.is_cleared for turn in turns(people, TODAY, day, CHOICES)}
    for one in people:
        then, now = (clearance(one.standing, on, CHOICES).may_visit for on in (day, TODAY))
        assert differing.get(one.id) == (then if then is not now else None)


@given(cohorts(), DAYS)
def test_the_parts_of_a_day_sum_to_the_whole(people: list[Member], day: date) -> None:
    asked = cohort_on(people, day, CHOICES)
    assert asked.whole.in_office == asked.whole.cleared + len(asked.barred)
    assert asked.whole.in_office == sum(count.in_office for _, count in asked.teams)
    assert all(bar.reasons for bar in asked.barred)
    for bar in asked.barred:
        if bar.until:
            assert clearance(bar.member.standing, bar.until, CHOICES).may_visit
            assert not clearance(bar.member.standing, bar.until - ONE_DAY, CHOICES).may_visit


def test_teams_stand_by_name_and_those_without_one_last() -> None:
    courses = Catalogue(terrorism=("Terrorism visits",), known=frozenset({"Terrorism visits"}))
    probation = (Step(Stage.PROBATION, LONG_AGO),)
    people = [
        visitor(1, "Asha", "South", catalogue=courses),
        visitor(2, "Ben", None, catalogue=courses),
        visitor(3, "Cal", "North", steps=probation, catalogue=courses),
        visitor(4, "Dee", "North", vetted_until=TODAY - ONE_DAY, catalogue=courses),
        visitor(5, "Eli", "North", appointed_on=TODAY + ONE_DAY),
        visitor(6, "Fay", "North", left_on=TODAY),
    ]
    asked = cohort_on(people, TODAY, CHOICES)
    assert asked.teams == (
        ("North", Count(in_office=2, cleared=1, probation=1, terrorism=0)),
        ("South", Count(in_office=1, cleared=1, probation=0, terrorism=1)),
        (None, Count(in_office=1, cleared=1, probation=0, terrorism=1)),
    )
    assert asked.whole == Count(in_office=4, cleared=3, probation=1, terrorism=2)
    assert [(bar.member.name, bar.reasons) for bar in asked.barred] == [
        ("Dee", ("vetting expired on 3 March 2026",))
    ]


def test_the_year_says_who_falls_out_and_who_comes_back() -> None:
    away = (Step(Stage.ACTIVE, LONG_AGO), Step(Stage.ON_LEAVE, MONDAY), Step(Stage.ACTIVE, MONDAY + ONE_DAY))
    weeks = timeline([visitor(steps=away), visitor(2, vetted_until=MONDAY)], TODAY, CHOICES)
    assert [week.cleared for week in weeks[:4]] == [2, 1, 1, 1]
    assert [turn.why for turn in weeks[1].out] == ["on leave since 9 March 2026 until 9 March 2026"]
    assert [turn.why for turn in weeks[2].out] == ["vetting expired on 9 March 2026"]
    assert [turn.why for turn in weeks[2].into] == ["on leave since 9 March 2026 until 9 March 2026"]


@pytest.mark.parametrize(
    ("a_week", "a_year", "number"),
    [(3, 12, 26), (3.01, 12, 27), (0.1 + 0.2, 1, 32), (0, 12, 0), (1, 0, None), (0.25 * 12, 12, 26)],
)
def test_the_number_needed_is_rounded_up_and_never_by_a_hair(
    a_week: float, a_year: int, number: int | None
) -> None:
    assert needed(a_week, Choices(expected_visits_a_year=a_year)) == number


def test_the_first_week_with_too_few_is_found() -> None:
    weeks = timeline([visitor(vetted_until=MONDAY), visitor(2)], TODAY, CHOICES)
    short = falls_short(weeks, 2)
    assert short
    assert (short.on, short.cleared) == (MONDAY + timedelta(weeks=1), 1)
    assert falls_short(weeks, 3) == weeks[0]
    assert falls_short(weeks, 1) is None
    assert falls_short(weeks, None) is None


def test_the_number_needed_shows_its_arithmetic() -> None:
    assert needed_in_words(7.5, 8, CHOICES) == (
        "8 suites open, with 7.5 visits a week between them, make 390 visits a year; with two visitors to"
        " each, that is 780 places. At 12 visits a year from each visitor, 65 visitors are needed."
    )
    assert "no number needed" in needed_in_words(1, 1, Choices(expected_visits_a_year=0))
