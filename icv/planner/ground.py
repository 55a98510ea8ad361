"""The problem laid out for drawing: who could go on which visit and when, before anybody is drawn."""

from collections import Counter
from datetime import date
from functools import cached_property

from icv.planner import grid, pairing
from icv.planner.pairing import Bar, Week
from icv.planner.problem import Planned, Problem, Visitor, check

SMALLEST_SHARE = 0.02


class Ground:
    """Visitors and visits by their place in the problem's lists.

    `given_up` are visits and visitors, by their keys, who may not make just that one. Raises BadProblem where
    the problem's parts do not fit together.
    """

    def __init__(self, problem: Problem, given_up: frozenset[tuple[int, int]] = frozenset()) -> None:
        check(problem)
        self.problem, self.given_up = problem, given_up
        self.visitors, self.visits, self.rules = problem.visitors, problem.visits, problem.rules
        bands = self.rules.bands
        self.at = {one.key: at for at, one in enumerate(self.visitors)}
        self.week = [grid.week_number(one.week_starts) for one in self.visits]
        self.month = [grid.month_of(one.week_starts) for one in self.visits]
        self.suite = [one.suite for one in self.visits]
        open_at = {one.suite: grid.bits_of(one.slots, bands) for one in problem.suites}
        self.open = [open_at[one.suite] for one in self.visits]
        self._allowed: dict[int, list[int]] = {}
        self._barred: dict[int, list[Bar | None]] = {}
        self.weeks = [self._weeks(one) for one in self.visitors]
        self.probation = [self._probation(one) for one in self.visitors]
        self.past_pairs = Counter({_pair(a, b): times for a, b, times in problem.past_pairs})
        self.price, self.carried = self._prices(), [round(100 * one.carried_visits) for one in self.visitors]
        self.capped = {
            at
            for at, one in enumerate(self.visitors)
            if one.most_a_month is not None or one.most_in_period is not None
        }
        self.held = [tuple(self.at[key] for key in visit.locked if key is not None) for visit in self.visits]
        self.who_could = [self._who_could(at, visit) for at, visit in enumerate(self.visits)]
        self.able = [frozenset(could) for could in self.who_could]

    @cached_property
    def mondays(self) -> dict[int, date]:
        return {grid.week_number(one.week_starts): one.week_starts for one in self.visits}

    @cached_property
    def month_of_week(self) -> dict[int, tuple[int, int]]:
        return {number: grid.month_of(monday) for number, monday in self.mondays.items()}

    @cached_property
    def locked_in(self) -> list[Counter[int]]:
        """How often each visitor is locked to a visit, by week."""
        locked: list[Counter[int]] = [Counter() for _ in self.visitors]
        for week, held in zip(self.week, self.held, strict=True):
            for who in held:
                locked[who][week] += 1
        return locked

    @cached_property
    def _in_week(self) -> set[tuple[int, int]]:
        return {(who, self.week[at]) for at, able in enumerate(self.who_could) for who in able}

    def could_in_week(self, who: int, week: int) -> bool:
        """Whether there is a visit that week on which the visitor could go."""
        return (who, week) in self._in_week

    def _weeks(self, visitor: Visitor) -> dict[int, Week]:
        bands = self.rules.bands
        free = grid.bits_of(visitor.free, bands)
        return {number: Week(visitor, monday, free, bands) for number, monday in self.mondays.items()}

    def _probation(self, visitor: Visitor) -> frozenset[int]:
        if not visitor.probation:
            return frozenset()
        return frozenset(n for n, monday in self.mondays.items() if pairing.is_probationer(visitor, monday))

    def _prices(self) -> list[int]:
        """What a visit costs each: the smaller the share, the dearer.

        A share is what the visitor wants a month, over the weeks of the period in which they are cleared.
        """
        said = [one.wanted_a_month for one in self.visitors if one.wanted_a_month is not None]
        usual = (sum(said) / len(said) if said else 1.0) or 1.0
        prices = []
        for visitor, weeks in zip(self.visitors, self.weeks, strict=True):
            wanted = usual if visitor.wanted_a_month is None else visitor.wanted_a_month
            cleared = sum(1 for week in weeks.values() if week.bar is not Bar.NOT_CLEARED)
            share = wanted / usual * cleared / max(1, len(weeks))
            prices.append(round(100 / max(share, SMALLEST_SHARE)))
        return prices

    def _who_could(self, at: int, visit: Planned) -> list[int]:
        bits, open_bits = self._bits[self.week[at]], self.open[at]
        could = [who for who in self._may_enter(visit.suite) if bits[who] & open_bits]
        if self.given_up:
            could = [who for who in could if (visit.key, self.visitors[who].key) not in self.given_up]
        return could

    @cached_property
    def _bits(self) -> dict[int, list[int]]:
        """When each visitor could go, by week."""
        return {number: [weeks[number].bits for weeks in self.weeks] for number in self.mondays}

    def _may_enter(self, suite: int) -> list[int]:
        if suite not in self._allowed:
            self._allowed[suite] = [
                who
                for who, visitor in enumerate(self.visitors)
                if pairing.bar_at_suite(visitor, suite) is None
            ]
        return self._allowed[suite]

    def bars_alone(self, who: int, at: int) -> tuple[Bar, ...]:
        return pairing.bars_alone(
            self.visitors[who], self.visits[at], self.weeks[who][self.week[at]], self.open[at]
        )

    def first_bar_alone(self, who: int, at: int) -> Bar | None:
        """The first of them, without asking for the others."""
        week = self.weeks[who][self.week[at]]
        if week.bar is Bar.NOT_CLEARED:
            return Bar.NOT_CLEARED
        if self.suite[at] not in self._barred:
            self._barred[self.suite[at]] = [
                pairing.bar_at_suite(one, self.suite[at]) for one in self.visitors
            ]
        at_suite = self._barred[self.suite[at]][who]
        return at_suite or week.bar or (None if week.bits & self.open[at] else Bar.NOT_FREE)

    def times(self, who: int, at: int) -> int:
        """The timeslots in which one visitor could go on one visit. Somebody locked to it against the rules
        is taken as free throughout: the coordinator has settled it with them."""
        bits = self._bits[self.week[at]][who] & self.open[at]
        return bits or (self.open[at] if who in self.held[at] else 0)

    def common(self, one: int, other: int, at: int) -> int:
        return self.times(one, at) & self.times(other, at)

    def bar_together(self, one: int, other: int, at: int) -> Bar | None:
        week = self.week[at]
        return pairing.bar_together(
            self.visitors[one],
            self.visitors[other],
            (week in self.probation[one]) + (week in self.probation[other]),
            self.rules.most_probationers,
            self.common(one, other, at),
        )

    def past(self, one: int, other: int) -> int:
        return self.past_pairs[_pair(self.visitors[one].key, self.visitors[other].key)]

    def load(self, who: int, visits: int) -> int:
        """The convex price of so many visits, on top of what was carried over, in whole numbers."""
        return self.price[who] * visits * (100 * visits + 2 * self.carried[who])

    def step(self, who: int, visits: int) -> int:
        """What one more visit adds to that price."""
        return self.price[who] * (100 * (2 * visits + 1) + 2 * self.carried[who])


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
