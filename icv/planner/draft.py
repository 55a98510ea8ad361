"""The rota while it is being drawn: places taken and given back, and what each change costs."""

from collections import Counter
from collections.abc import Iterator, Mapping

from icv.planner.grid import month_of, week_number
from icv.planner.ground import Ground
from icv.planner.pairing import Bar
from icv.planner.wire import BadProblem

MISSED, REPEATED, AGAIN = 10**9, 10**6, 10**3
"""What the goals below load weigh in one number: each outweighs all that follow it."""

Pairs = Mapping[int, tuple[int | None, int | None]]
"""Who holds the two places of each visit, all by their keys."""


class Draft:
    """Who holds which place.

    `target` is the timeslot each visit aims at, as a bit; `dear` is what one more visit of each adds.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        size = len(ground.visitors)
        self.pairs: list[list[int]] = [[] for _ in ground.visits]
        self.target = [0 for _ in ground.visits]
        self.count = [0] * size
        self.dear = [ground.step(who, 0) for who in range(size)]
        self.in_week: list[Counter[int]] = [Counter() for _ in range(size)]
        self.in_month: list[Counter[tuple[int, int]]] = [Counter() for _ in range(size)]
        self.suites: list[dict[int, int]] = [{} for _ in range(size)]
        self.together: Counter[tuple[int, int]] = Counter()
        for duty in ground.problem.duties:
            who = ground.at.get(duty.visitor)
            if who is not None:
                self._book(who, week_number(duty.week_starts), month_of(duty.week_starts), duty.suite, 1)
        for at, held in enumerate(ground.held):
            for who in held:
                self.place(at, who)

    @classmethod
    def of(cls, ground: Ground, pairs: Pairs) -> "Draft":
        """The draft with these pairs on the visits of these keys, beside whoever is locked.

        Raises BadProblem where a visit is locked to others than its pair.
        """
        draft = cls(ground)
        for at, visit in enumerate(ground.visits):
            for key in pairs.get(visit.key, ()):
                if key is not None and ground.at[key] not in draft.pairs[at]:
                    draft.place(at, ground.at[key])
            if len(draft.pairs[at]) > 2:
                raise BadProblem(f"Visit {visit.key} is locked to others than its pair.")
        return draft

    def place(self, at: int, who: int) -> None:
        self.pairs[at].append(who)
        self._count(at, who, 1)

    def release(self, at: int, who: int) -> None:
        self._count(at, who, -1)
        self.pairs[at].remove(who)

    def _count(self, at: int, who: int, by: int) -> None:
        ground = self.ground
        self.count[who] += by
        self.dear[who] = ground.step(who, self.count[who])
        self._book(who, ground.week[at], ground.month[at], ground.suite[at], by)
        if len(self.pairs[at]) == 2:
            self.together[self.couple(at)] += by

    def _book(self, who: int, week: int, month: tuple[int, int], suite: int, by: int) -> None:
        self.in_week[who][week] += by
        self.in_month[who][month] += by
        if by > 0:
            self.suites[who][week] = suite
        elif not self.in_week[who][week]:
            del self.suites[who][week]

    def couple(self, at: int) -> tuple[int, int]:
        """The pair of a filled visit, the lower first."""
        one, other = self.pairs[at]
        return (one, other) if one < other else (other, one)

    def is_filled(self, at: int) -> bool:
        return len(self.pairs[at]) == 2

    def unfilled(self) -> int:
        return sum(1 for pair in self.pairs if len(pair) < 2)

    def load(self) -> int:
        return sum(self.ground.load(who, visits) for who, visits in enumerate(self.count))

    def bar_now(self, who: int, at: int) -> Bar | None:
        """The first reason against one more visit for somebody, from the visits they already have."""
        ground, taken = self.ground, self.in_week[who]
        week = ground.week[at]
        if who not in ground.capped and not ground.rules.gap_weeks:
            return Bar.WEEK_TAKEN if taken.get(week, 0) >= ground.rules.visits_a_week else None
        visitor = ground.visitors[who]
        if visitor.most_in_period is not None and self.count[who] >= visitor.most_in_period:
            return Bar.PERIOD_FULL
        most = visitor.most_a_month
        if most is not None and self.in_month[who].get(ground.month[at], 0) >= most:
            return Bar.MONTH_FULL
        if taken.get(week, 0) >= ground.rules.visits_a_week:
            return Bar.WEEK_TAKEN
        for apart in range(1, ground.rules.gap_weeks + 1):
            if taken.get(week - apart) or taken.get(week + apart):
                return Bar.TOO_SOON
        return None

    def legal_pairs(self, at: int) -> Iterator[tuple[int, int]]:
        """Every pair that may go on a visit beside all else that is drawn, whoever is on it staying."""
        ground, held = self.ground, self.pairs[at]
        able = [who for who in ground.who_could[at] if who not in held and self.bar_now(who, at) is None]
        for first, one in enumerate(held or able):
            for other in able if held else able[first + 1 :]:
                if ground.bar_together(one, other, at) is None:
                    yield one, other

    def finer(self, one: int, other: int, at: int) -> int:
        """What a pair costs on the goals below load, going on the visit beside all else that is drawn."""
        ground = self.ground
        pair = (one, other) if one < other else (other, one)
        elsewhere = self.together[pair] - (self.is_filled(at) and self.couple(at) == pair)
        missed = 0 if not self.target[at] or ground.common(one, other, at) & self.target[at] else MISSED
        again = self._again(one, at) + self._again(other, at)
        return missed + REPEATED * (elsewhere > 0) + AGAIN * again + ground.past(one, other)

    def _again(self, who: int, at: int) -> int:
        """How many of the visits just before and after would be to the same suite."""
        week, suite, been = self.ground.week[at], self.ground.suite[at], self.suites[who]
        before = max((one for one in been if one < week), default=None)
        after = min((one for one in been if one > week), default=None)
        last = self.ground.visitors[who].last_suite if before is None else been[before]
        return (last == suite) + (after is not None and been[after] == suite)
