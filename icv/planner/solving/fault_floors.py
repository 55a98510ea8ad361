"""The fewest faults that the timeslots of one suite could have, whoever goes."""

from math import ceil, isfinite

from icv.planner.patterns import Liking
from icv.planner.solving.model import Model, Solver
from icv.planner.timeslots import SuiteTimes

NEARLY = 1e-6
MOST_NODES = 500


class FaultFloor:
    """A column for each visit and each timeslot in which a pair could be found for it.

    `may_be_empty` is how many of the visits that could be filled may stay empty all the same. A model given
    has the columns added to it.
    """

    def __init__(
        self,
        times: SuiteTimes,
        liking: Liking,
        hopeless: frozenset[int],
        may_be_empty: int,
        model: Model | None = None,
    ) -> None:
        self.times, self.model = times, model or Model()
        self.first = len(self.model.cost)
        self.columns: dict[int, dict[int, int]] = {}
        for at in times.visits:
            options = [] if at in hopeless else possible(times, liking, at)
            if options:
                self.columns[at] = {slot: self.model.column(is_whole=True) for slot in options}
        self.aims = max(0, len(self.columns) - may_be_empty)
        for at, columns in self.columns.items():
            terms = [(column, 1.0) for column in columns.values()]
            is_sure = not may_be_empty or len(times.draft.ground.held[at]) == 2
            self.model.row(1 if is_sure else 0, 1, terms)
        every = [(column, 1.0) for columns in self.columns.values() for column in columns.values()]
        self.model.at_least(self.aims, every)
        self.could_be_gained = min(self.aims, len(self.times.lacking))
        if len(self.columns) <= len(self.times.lacking):
            # Every visit made could be to a timeslot that is new: each that is not is a fault.
            self.could_be_gained = 0
            for column, _ in every:
                self.model.cost[column] = 1.0
        self._add_new()
        self._add_quotas()

    def _terms(self, slots: frozenset[int]) -> list[tuple[int, float]]:
        return [
            (column, 1.0)
            for columns in self.columns.values()
            for slot, column in columns.items()
            if slot in slots
        ]

    def _add_new(self) -> None:
        """A timeslot lacking is gained once, however often it is aimed at."""
        for slot in sorted(self.times.lacking):
            gained = self.model.column(-1.0)
            self.model.at_most(0, [(gained, 1.0), *((at, -1.0) for at, _ in self._terms(frozenset([slot])))])

    def _add_quotas(self) -> None:
        for quota, kind in self.times.quotas:
            short = self.model.column(1.0, most=max(quota, 1))
            self.model.at_least(quota, [(short, 1.0), *self._terms(kind)])

    def add_clashes(self) -> None:
        """A weekday, or a band, twice running."""
        bands = self.times.bands
        alike = [
            *(frozenset(range(day * bands, (day + 1) * bands)) for day in range(7)),
            *(frozenset(range(band, 7 * bands, bands)) for band in range(bands)),
        ]
        for one, other in self.times.neighbours():
            if one in self.columns and other in self.columns:
                for slots in alike:
                    self._add_clash(one, other, slots)

    def _add_clash(self, one: int, other: int, slots: frozenset[int]) -> None:
        both = [
            (column, 1.0) for at in (one, other) for slot, column in self.columns[at].items() if slot in slots
        ]
        self.model.at_most(1, [*both, (self.model.column(1.0), -1.0)])

    def costs(self) -> list[tuple[int, float]]:
        """What the faults of this suite cost: to be asked before anything else is sought, or added."""
        return [(at, cost) for at, cost in enumerate(self.model.cost) if at >= self.first and cost]

    def counted(self, solver: Solver) -> int:
        """Without the clashes: quick, and nearly always all there is."""
        return rounded_up(solver.relaxed(self.model).bound + self.could_be_gained)

    def searched(self, solver: Solver) -> int:
        """With the clashes; to be asked once."""
        self.add_clashes()
        answer = solver.whole(self.model, most_nodes=MOST_NODES, gap=1 - 2 * NEARLY)
        return rounded_up(answer.bound + self.could_be_gained)


def rounded_up(bound: float) -> int:
    """A count is whole, and never less than nothing; a bound that is not finite says nothing."""
    return max(0, ceil(bound - NEARLY)) if isfinite(bound) else 0


def possible(times: SuiteTimes, liking: Liking, at: int) -> list[int]:
    """The timeslots in which two could go, whoever is locked to the visit among them."""
    ground = times.draft.ground
    known = liking.of(at, times.open)
    return [
        slot
        for slot in times.open
        if known[slot][0] >= 2 and all(ground.times(who, at) >> slot & 1 for who in ground.held[at])
    ]
