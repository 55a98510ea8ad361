"""The cohort: who of the visitors in office may visit on a day, how that changes, and how many are needed."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

from icv.rules.clearance import (
    Cleared,
    Standing,
    clearance,
    cleared_as,
    cleared_spans,
    may_change,
    reasons_against,
)
from icv.rules.days import Period, monday_of
from icv.rules.needs import terrorism_faults
from icv.rules.scheme import Choices
from icv.rules.words import are, plural

WEEKS = 52


@dataclass(frozen=True, slots=True)
class Member:
    """A visitor from `appointed_on` until the day before `left_on`."""

    id: int
    name: str
    team: str | None
    appointed_on: date
    left_on: date | None
    standing: Standing

    def is_in_office(self, day: date) -> bool:
        return self.appointed_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True, slots=True)
class Count:
    """Of so many in office on a day, how many may visit; `probation` and `terrorism` are parts of them."""

    in_office: int = 0
    cleared: int = 0
    probation: int = 0
    terrorism: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """Somebody in office who may not visit, with every reason, and the first day they may again."""

    member: Member
    reasons: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody whose answer differs between two days. `why`: what bars them later, or barred them before."""

    member: Member
    is_cleared: bool
    why: str


@dataclass(frozen=True, slots=True)
class CohortOn:
    """The answer for everybody on one day; teams by name, those without one last; people by name."""

    day: date
    whole: Count
    teams: tuple[tuple[str | None, Count], ...]
    barred: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """How many may visit on a day, and whose answer is another than on the day before it in the list."""

    on: date
    cleared: int
    out: tuple[Turn, ...] = ()
    into: tuple[Turn, ...] = ()


def cohort_on(members: Sequence[Member], day: date, choices: Choices) -> CohortOn:
    present = [member for member in members if member.is_in_office(day)]
    parts: Counter[tuple[str | None, str]] = Counter()
    barred = []
    for member in present:
        cleared = cleared_as(member.standing, day, choices)
        is_full = cleared is Cleared.FULL
        parts[member.team, "in_office"] += 1
        parts[member.team, "cleared"] += cleared is not None
        parts[member.team, "probation"] += cleared is Cleared.PROBATION
        parts[member.team, "terrorism"] += is_full and not terrorism_faults(member.standing, day, choices)
        if cleared is None:
            answer = clearance(member.standing, day, choices)
            barred.append(Bar(member, answer.reasons, answer.changes_on))
    names = sorted({team for team, _ in parts}, key=lambda team: (team is None, team or ""))
    teams = tuple((team, _count(parts, [team])) for team in names)
    return CohortOn(day, _count(parts, names), teams, tuple(barred))


def turns(members: Sequence[Member], before: date, after: date, choices: Choices) -> list[Turn]:
    """Who may visit on one of the two days and not on the other, by name."""
    if before == after:
        return []
    span = Period(*sorted((before, after)))
    touched = [member for member in members if may_change(member.standing, span)]
    was = {member.id: cleared_as(member.standing, before, choices) is not None for member in touched}
    now = {member.id: cleared_as(member.standing, after, choices) is not None for member in touched}
    return [
        _turn(member, now[member.id], before, after, choices)
        for member in touched
        if was[member.id] is not now[member.id]
    ]


def timeline(members: Sequence[Member], today: date, choices: Choices) -> list[Week]:
    """Today, then the Mondays of the year that follows, as it will be if nothing is done."""
    days = [today]
    days += [monday_of(today) + timedelta(weeks=ahead) for ahead in range(1, WEEKS + 1)]
    year = Period(today, days[-1])
    steps = [0] * (len(days) + 1)
    turned: list[list[Turn]] = [[] for _ in days]
    for member in members:
        for first, after in _stretches(member, days, year, choices):
            steps[first] += 1
            steps[after] -= 1
            if first > 0:
                turned[first].append(_turn(member, True, days[first - 1], days[first], choices))
            if after < len(days):
                turned[after].append(_turn(member, False, days[after - 1], days[after], choices))
    cleared = list(accumulate(steps))
    return [
        Week(
            day,
            cleared[number],
            tuple(turn for turn in turned[number] if not turn.is_cleared),
            tuple(turn for turn in turned[number] if turn.is_cleared),
        )
        for number, day in enumerate(days)
    ]


def needed(visits_a_week: float, choices: Choices) -> int | None:
    """How many visitors a year's visits want, two to a visit; None where the scheme expects no number."""
    if not choices.expected_visits_a_year:
        return None
    # The sum of frequencies such as 0.25 is exact, of 0.2308 nearly so: a hair above a whole is that whole.
    return ceil(round(visits_a_week * WEEKS * 2 / choices.expected_visits_a_year, 6))


def falls_short(weeks: Sequence[Week], number_needed: int | None) -> Week | None:
    """The first of the weeks with fewer visitors than are needed; None: there are enough all year."""
    return next((week for week in weeks if week.cleared < (number_needed or 0)), None)


def needed_in_words(visits_a_week: float, suites: int, choices: Choices) -> str:
    """The arithmetic behind the number needed."""
    number = needed(visits_a_week, choices)
    if number is None:
        return "The scheme hopes for no number of visits from each visitor, so no number needed can be said."
    year = round(visits_a_week * WEEKS)
    return (
        f"{plural(suites, 'suite')} open, with {visits_a_week:g} visits a week between them, make"
        f" {plural(year, 'visit')} a year; with two visitors to each, that is {plural(2 * year, 'place')}."
        f" At {plural(choices.expected_visits_a_year, 'visit')} a year from each visitor,"
        f" {plural(number, 'visitor')} {are(number)} needed."
    )


def _count(parts: Counter[tuple[str | None, str]], teams: Sequence[str | None]) -> Count:
    return Count(
        *(
            sum(parts[team, part] for team in teams)
            for part in ("in_office", "cleared", "probation", "terrorism")
        )
    )


def _stretches(member: Member, days: Sequence[date], year: Period, choices: Choices) -> list[tuple[int, int]]:
    """Where among the days the member may visit: from the first to before the second, never touching."""
    found: list[tuple[int, int]] = []
    for span, _ in cleared_spans(member.standing, year, choices):
        first, after = bisect_left(days, span.first), bisect_right(days, span.last)
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], after)
        elif first < after:
            found.append((first, after))
    return found


def _turn(member: Member, is_cleared: bool, before: date, after: date, choices: Choices) -> Turn:
    asked = before if is_cleared else after
    return Turn(member, is_cleared, "; ".join(reasons_against(member.standing, asked, choices)))
