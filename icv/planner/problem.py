"""What a rota is asked for: people, suites, visits and rules as plain data."""

from dataclasses import dataclass
from datetime import date

from icv.planner import wire
from icv.planner.wire import BadProblem

Slot = tuple[int, int]
"""A timeslot of the weekly grid: weekday (Monday is 0) and band (the first of the day is 0)."""

Span = tuple[date | None, date | None]
"""First and last day, both included; None is open."""

MOST_WEEKS = 53
MOST_VISITS = 1000


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person who might go. Only what planning needs: no name, no reason behind a date."""

    key: int
    cleared: tuple[Span, ...]
    probation: tuple[Span, ...] = ()
    free: frozenset[Slot] | None = None
    """None: nothing was given, so taken as free; an empty set: free at no time."""
    away: tuple[Span, ...] = ()
    wanted_a_month: float | None = None
    """What the visitor's share is measured by; None counts as the average of those who said."""
    most_a_month: int | None = None
    """A visit belongs to the month in which its week ends."""
    most_in_period: int | None = None
    suites: frozenset[int] | None = None
    """The suites of the visitor's team; None is any."""
    barred_suites: frozenset[int] = frozenset()
    barred_people: frozenset[int] = frozenset()
    """One of the two declaring it is enough."""
    carried_visits: float = 0.0
    """Visits done above (or, negative, below) the fair share before this period."""
    last_suite: int | None = None


@dataclass(frozen=True, slots=True)
class SuiteNeeds:
    suite: int
    name: str
    covered: tuple[tuple[Slot, int], ...] = ()
    """Visits per timeslot over the rolling year before this period; a slot left out has had none."""
    slots: frozenset[Slot] | None = None
    """The timeslots in which the suite may be visited; None is the whole grid."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit to fill. `locked` places stay as they are, whatever the rules say."""

    key: int
    suite: int
    week_starts: date
    locked: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Duty:
    """A place already taken on a visit that is not part of this problem."""

    visitor: int
    suite: int
    week_starts: date


@dataclass(frozen=True, slots=True)
class Rules:
    bands: int = 5
    night_band: int | None = 4
    visits_a_week: int = 1
    gap_weeks: int = 0
    """Whole weeks that must lie between two of a visitor's visits."""
    most_probationers: int = 1
    """On one visit."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a rota is drawn from: the same problem always gives the same rota."""

    seed: int
    visitors: tuple[Visitor, ...]
    suites: tuple[SuiteNeeds, ...]
    visits: tuple[Planned, ...]
    rules: Rules = Rules()
    duties: tuple[Duty, ...] = ()
    past_pairs: tuple[tuple[int, int, int], ...] = ()
    """Two visitors and how often they went together before this period."""

    def to_json(self) -> str:
        return wire.written(self)

    @classmethod
    def from_json(cls, text: str) -> "Problem":
        """Raises BadProblem with a sentence that names the field at fault."""
        return wire.read(cls, text)


def check(problem: Problem) -> None:
    """Raises BadProblem where the parts do not fit together."""
    visitors = _once("visitor", [one.key for one in problem.visitors])
    suites = _once("suite", [one.suite for one in problem.suites])
    _once("visit", [one.key for one in problem.visits])
    for visit in problem.visits:
        _check_visit(visit, visitors, suites)
    for visitor in problem.visitors:
        _check_visitor(visitor)
    weeks = sorted({one.week_starts for one in problem.visits})
    if weeks and (weeks[-1] - weeks[0]).days >= 7 * MOST_WEEKS:
        raise BadProblem(f"A rota can cover at most {MOST_WEEKS} weeks: ask for a shorter period.")
    _check_slots(problem)


def _once(what: str, keys: list[int]) -> set[int]:
    twice = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
    if twice:
        raise BadProblem(f"{what.capitalize()} {twice[0]} is given twice.")
    return set(keys)


def _check_visit(visit: Planned, visitors: set[int], suites: set[int]) -> None:
    if visit.suite not in suites:
        raise BadProblem(f"Visit {visit.key} is to suite {visit.suite}, which is not among the suites.")
    if visit.week_starts.weekday():
        raise BadProblem(f"Visit {visit.key}: the week must start on a Monday, not {visit.week_starts}.")
    held = [one for one in visit.locked if one is not None]
    if len(held) != len(set(held)):
        raise BadProblem(f"Visit {visit.key} has the same visitor in both places.")
    unknown = [one for one in held if one not in visitors]
    if unknown:
        raise BadProblem(
            f"Visit {visit.key} is locked to visitor {unknown[0]}, who is not among the visitors."
        )


def _check_visitor(visitor: Visitor) -> None:
    amounts = (visitor.wanted_a_month, visitor.most_a_month, visitor.most_in_period)
    if any(amount is not None and not 0 <= amount <= MOST_VISITS for amount in amounts):
        raise BadProblem(f"Visitor {visitor.key}: visits wanted and most visits are from 0 to {MOST_VISITS}.")
    if not abs(visitor.carried_visits) <= MOST_VISITS:
        raise BadProblem(f"Visitor {visitor.key}: at most {MOST_VISITS} visits can be carried over.")


def _check_slots(problem: Problem) -> None:
    if problem.rules.bands < 1:
        raise BadProblem("A day needs at least one band.")
    given = [one.free for one in problem.visitors] + [one.slots for one in problem.suites]
    for weekday, band in frozenset().union(*(slots for slots in given if slots)):
        if not (0 <= weekday < 7 and 0 <= band < problem.rules.bands):
            raise BadProblem(
                f"Timeslot ({weekday}, {band}) is not on the grid of 7 days by {problem.rules.bands} bands."
            )
