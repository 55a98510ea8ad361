"""Small schemes to plan for: sensible people and suites until told otherwise."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from icv.planner.problem import Duty, Planned, Problem, Rules, SuiteNeeds, Visitor
from icv.planner.weeks import visits_in_week

MONDAY = date(2024, 1, 1)
ALWAYS = ((None, None),)


def visitor(key: int, **given: object) -> Visitor:
    return Visitor(**{"key": key, "cleared": ALWAYS} | given)  # type: ignore[arg-type]


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def scheme(
    visitors: list[Visitor] | int,
    suites: int = 1,
    weeks: int = 1,
    rules: Rules | None = None,
    **given: object,
) -> Problem:
    people = [visitor(key) for key in range(1, visitors + 1)] if isinstance(visitors, int) else visitors
    planned = [
        Planned(at * suites + suite, suite, week(at)) for at in range(weeks) for suite in range(1, suites + 1)
    ]
    parts: dict[str, object] = {
        "seed": 1,
        "visitors": tuple(people),
        "suites": tuple(SuiteNeeds(suite, f"Suite {suite}") for suite in range(1, suites + 1)),
        "visits": tuple(planned),
        "rules": rules or Rules(),
    }
    return Problem(**parts | given)  # type: ignore[arg-type]


SLOTS = [(0, 1), (1, 2), (2, 4), (5, 0), (6, 3)]
"""Few timeslots, so that generated visitors meet often and miss each other often."""

days = st.integers(-10, 45).map(lambda after: MONDAY + timedelta(days=after))
spans = st.tuples(st.none() | days, st.none() | days)
sometimes = st.lists(st.tuples(days, st.integers(0, 20)), max_size=2).map(
    lambda found: tuple((first, first + timedelta(days=length)) for first, length in found)
)


def visitors(key: int, people: int, suites: int) -> st.SearchStrategy[Visitor]:
    others = st.frozensets(st.integers(1, people).filter(lambda other: other != key), max_size=1)
    places = st.frozensets(st.integers(1, suites), max_size=1)
    return st.builds(
        Visitor,
        key=st.just(key),
        cleared=st.sampled_from([ALWAYS, ALWAYS, ALWAYS, ()]) | spans.map(lambda span: (span,)),
        probation=st.just(()) | sometimes,
        free=st.none() | st.frozensets(st.sampled_from(SLOTS)),
        away=st.just(()) | sometimes,
        wanted_a_month=st.none() | st.sampled_from([0.0, 0.5, 1.0, 2.0]),
        most_a_month=st.none() | st.integers(0, 3),
        most_in_period=st.none() | st.integers(0, 4),
        suites=st.none() | st.frozensets(st.integers(1, suites)),
        barred_suites=places,
        barred_people=others if people > 1 else st.just(frozenset()),
        carried_visits=st.sampled_from([0.0, 0.0, 1.5, -1.0]),
        last_suite=st.none() | st.integers(1, suites),
    )


def needs(suite: int) -> st.SearchStrategy[SuiteNeeds]:
    """Some have a year behind them, some may not be visited at all hours."""
    covered = st.dictionaries(st.sampled_from(SLOTS), st.integers(1, 3), max_size=4)
    return st.builds(
        SuiteNeeds,
        suite=st.just(suite),
        name=st.just(f"Suite {suite}"),
        covered=st.just(()) | covered.map(lambda found: tuple(sorted(found.items()))),
        slots=st.none() | st.none() | st.frozensets(st.sampled_from(SLOTS), min_size=1),
    )


@st.composite
def calendars(draw: st.DrawFn, plain: Problem) -> tuple[Planned, ...]:
    """Suites visited less than weekly, weekly or several times a week, and no more visits than before."""
    often = {one.suite: draw(st.sampled_from([0.25, 0.5, 1, 1, 2])) for one in plain.suites}
    found = [
        (suite, visit.week_starts)
        for visit in plain.visits
        for suite in [visit.suite] * visits_in_week(visit.suite, visit.week_starts, often[visit.suite])
    ]
    return tuple(
        Planned(key, suite, monday) for key, (suite, monday) in enumerate(found[: len(plain.visits)], 1)
    )


@st.composite
def schemes(draw: st.DrawFn, most_people: int = 7, most_suites: int = 3, most_weeks: int = 5) -> Problem:
    """Small schemes with every rule in play, some visits locked and some duties outside the period."""
    people = draw(st.integers(0, most_people))
    suites, weeks = draw(st.integers(1, most_suites)), draw(st.integers(1, most_weeks))
    keys = range(1, people + 1)
    crew = [draw(visitors(key, people, suites)) for key in keys]
    rules = draw(
        st.builds(
            Rules,
            visits_a_week=st.integers(1, 2),
            gap_weeks=st.integers(0, 2),
            most_probationers=st.integers(0, 2),
        )
        | st.just(Rules())
    )
    plain = scheme(crew, suites, weeks, rules, seed=draw(st.integers(0, 99)))
    plain = replace(plain, suites=tuple(draw(needs(one.suite)) for one in plain.suites))
    plain = replace(plain, visits=draw(calendars(plain) | st.just(plain.visits)))
    if not people or not plain.visits:
        return plain
    held = draw(st.dictionaries(st.sampled_from(plain.visits), locks(people), max_size=2))
    duties = st.builds(
        Duty,
        visitor=st.integers(1, people),
        suite=st.integers(1, suites),
        week_starts=st.integers(-2, 6).map(week),
    )
    return replace(
        plain,
        visits=tuple(replace(one, locked=held.get(one, one.locked)) for one in plain.visits),
        duties=tuple(draw(st.lists(duties, max_size=2))),
        past_pairs=((1, 2, 1),) if people > 1 else (),
    )


def locks(people: int) -> st.SearchStrategy[tuple[int | None, int | None]]:
    one = st.none() | st.integers(1, people)
    return st.tuples(one, one).filter(lambda pair: pair[0] is None or pair[0] != pair[1])
