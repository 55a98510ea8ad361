"""Which visits a period needs: whole weeks, open suites, frequencies spread evenly over the year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from icv.planner.problem import MOST_WEEKS
from icv.planner.wire import BadProblem

WEEK = timedelta(days=7)
WEEKS_A_YEAR = 52
FIRST_YEAR, LAST_YEAR = 1900, 2199
_FIRST_MONDAY = date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """A stretch in which a suite is open for visits; leave contingency periods out, they are not planned."""

    suite: int
    first_on: date
    last_on: date | None
    """The last day that counts; None is open-ended."""
    visits_a_week: float


def weeks_ending(first_on: date, last_on: date) -> tuple[date, ...]:
    """Mondays of the weeks whose Sunday lies in the period, as in the figures: a week belongs where it ends.

    Raises BadProblem for an end before its start, for more than 53 weeks, and for years nobody plans in.
    """
    if not FIRST_YEAR <= first_on.year <= last_on.year <= LAST_YEAR and first_on <= last_on:
        raise BadProblem(f"A rota is drawn for days from {FIRST_YEAR} to {LAST_YEAR}.")
    if last_on < first_on:
        raise BadProblem(f"The period ends on {last_on}, before it starts on {first_on}.")
    sunday = first_on + timedelta(days=6 - first_on.weekday())
    count = (last_on - sunday).days // 7 + 1
    if count > MOST_WEEKS:
        raise BadProblem(
            f"A rota can cover at most {MOST_WEEKS} weeks, and these are {count}: ask for a shorter period."
        )
    return tuple(sunday - timedelta(days=6) + at * WEEK for at in range(count))


def visits_needed(
    first_on: date, last_on: date, periods: Iterable[OpenPeriod]
) -> tuple[tuple[int, date], ...]:
    """Suite and Monday of every visit to plan, by week and suite, a suite twice where it needs two.

    A suite that opens or closes in the middle of a week is first planned in its first whole week and last in
    its last: the pair may choose any day, so every day must be open.
    """
    stretches = sorted(periods, key=lambda one: (one.suite, one.first_on))
    return tuple(
        (suite, monday)
        for monday in weeks_ending(first_on, last_on)
        for suite in sorted({one.suite for one in stretches})
        for _ in range(_visits(monday, suite, [one for one in stretches if one.suite == suite]))
    )


def _visits(monday: date, suite: int, periods: list[OpenPeriod]) -> int:
    days = [_open_on(monday + timedelta(days=at), periods) for at in range(7)]
    in_force = days[-1]
    if in_force is None or None in days:
        return 0
    return visits_in_week(suite, monday, in_force.visits_a_week)


def _open_on(day: date, periods: list[OpenPeriod]) -> OpenPeriod | None:
    open_then = [
        one for one in periods if one.first_on <= day and (one.last_on is None or day <= one.last_on)
    ]
    return open_then[-1] if open_then else None


def visits_in_week(suite: int, monday: date, visits_a_week: float) -> int:
    """The suite's visits in one week: any 52 weeks hold the frequency rounded to whole visits a year.

    It depends on the calendar alone, not on the period asked for, so that quarters add up to the year.
    Suites are set off against each other, so that monthly ones do not all fall in the same week.
    """
    a_year = max(1, round(visits_a_week * WEEKS_A_YEAR)) if visits_a_week > 0 else 0
    week = (monday - _FIRST_MONDAY).days // 7 + suite * 21
    return (week + 1) * a_year // WEEKS_A_YEAR - week * a_year // WEEKS_A_YEAR


def quarters(weeks: Iterable[date]) -> Iterator[tuple[date, ...]]:
    """The weeks in stretches of at most thirteen, as even as they come."""
    ordered = sorted(set(weeks))
    parts = -(-len(ordered) // 13)
    for part in range(parts):
        yield tuple(ordered[part * len(ordered) // parts : (part + 1) * len(ordered) // parts])
