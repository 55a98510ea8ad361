"""Small schemes to plan for: sensible people and suites until told otherwise."""

from datetime import date, timedelta

from icv.planner.problem import Planned, Problem, Rules, SuiteNeeds, Visitor

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
