"""Drawing one group of people and suites to proof: the first three goals by a solver, one after the other.

The people are first shared out without their times, which shows what no rota can beat. Then the times are
set, a pattern without fault for each suite, and the people shared out among those free then; if that reaches
less, the times are set anew in favour of whoever was left out.
"""

from dataclasses import dataclass, field
from math import ceil, isfinite
from random import Random

from icv.planner import patterns
from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.patterns import Liking, Settled
from icv.planner.solving.assigning import Assigning
from icv.planner.solving.fault_floors import FaultFloor, rounded_up
from icv.planner.solving.model import Answer, Model, Solver
from icv.planner.solving.together import Together
from icv.planner.timeslots import SuiteTimes

ROUNDS, MOST_ROUNDS, BRIEFLY = 3, 30, 2
"""Rounds in a row that bring nothing better before it is left at that; in all; and of a small group."""
PATIENCE = 1000
MOST_NODES, ROUND_NODES = 1000, 100
MOST_TOGETHER = 1500
"""Ways in which somebody could go on a visit: with more, times are not set together with the people."""
CUTS = 40
"""Times that the solver is asked anew because two who go together have no time in common."""
NEARLY = 0.01
"""A bound so little above a whole number is taken for it: the solver reckons in floating point."""
WITHIN = 1 - 2 * NEARLY
"""Costs are whole, so an answer within this of its bound is the best."""
SELDOM, HEAVIEST = 50.0, 200.0
"""When times are set, somebody who could go on `SELDOM` visits weighs one, and nobody above `HEAVIEST`."""

Worth = tuple[int, int, int]
"""Visits empty beyond the hopeless, the load in units, the faults of the timeslots; less is better."""


class Stopped(Exception):
    """Time ran out before the solver could answer."""


@dataclass(slots=True)
class Proof:
    """What was found for one group. `least` is what no rota beats, `None` where that is not known."""

    visits: list[int]
    least_empty: int | None = None
    least_load: int | None = None
    """Of the steps taken beyond what is locked."""
    least_faults: int | None = None
    floors: dict[int, int] = field(default_factory=dict)
    """The fewest faults of each suite, if it stood alone."""
    pairs: dict[int, list[int]] = field(default_factory=dict)
    """Whoever goes on each visit beside those locked to it."""
    aims: dict[int, int] = field(default_factory=dict)
    is_drawn: bool = False
    is_best: bool = False
    """Nothing beats it in empty visits, load and faults."""
    least_repeats: int = 0
    was_stopped: bool = False


def prove(limits: Limits, visits: list[int], empty: int, solver: Solver, chance: Random) -> Proof:
    """`empty` is how many of these visits a rota is known to leave empty."""
    proving = Proving(limits, visits, solver, chance)
    try:
        proving.find_least_empty(empty)
        proving.find_least_load()
        proving.find_least_faults()
        proving.share_out()
        proving.glance()
        proving.confirm()
        proving.share_out_with_times()
        proving.proof.is_best = proving.is_best
    except Stopped:
        proving.proof.was_stopped = True
    return proving.proof


class Proving:
    def __init__(self, limits: Limits, visits: list[int], solver: Solver, chance: Random) -> None:
        self.limits, self.ground = limits, limits.start.ground
        self.solver, self.chance = solver, chance
        self.hopeless = limits.hopeless.intersection(visits)
        self.model = Assigning(limits.start, visits, self.hopeless, limits.most)
        self.proof = Proof(visits)
        self.floors = self.proof.floors
        self.could_be_filled = self.least_faults = 0
        self.ideal: dict[int, float] = {}
        self.relaxed: Answer | None = None
        self.least_units = -(10**18)
        self.best: Worth | None = None
        self.scratch = Draft(self.ground)
        self.to_aim = [at for at in visits if at not in self.hopeless]
        weighed = {who: SELDOM / (1 + len(mine)) for who, mine in self.model.visits_of.items()}
        self.weight = {who: min(5.0, weight) for who, weight in weighed.items()}

    def find_least_empty(self, empty: int) -> None:
        if empty > len(self.hopeless):
            self.model.seek(self.model.empty_costs())
            answer, _ = self._with_times_in_common()
            self.could_be_filled = rounded_up(answer.bound + len(self.model.filled))
        self.proof.least_empty = len(self.hopeless) + self.could_be_filled
        self.model.fill_all_but(self.could_be_filled)

    def find_least_load(self) -> None:
        """Without fractions the load is nearly always as small: it is a flow but for a few rules."""
        self.model.seek(self.model.load_costs())
        answer = self._heard(self.solver.relaxed(self.model.model))
        if answer.is_found:
            self.relaxed = answer
            self.ideal = self.model.counts(answer)
            self._no_less_load(answer)

    def _no_less_load(self, answer: Answer) -> None:
        if isfinite(answer.bound):
            self.least_units = max(self.least_units, ceil(answer.bound - NEARLY))
            self.proof.least_load = self.least_units * self.model.unit

    def find_least_faults(self) -> None:
        liking = Liking(self.ground)
        for suite in self._suites():
            times = SuiteTimes(self.scratch, suite)
            floor = FaultFloor(times, liking, self.hopeless, self.could_be_filled)
            self.floors[suite] = floor.counted(self.solver)
            self._set_times([at for at in times.visits if at not in self.hopeless], liking)
            if SuiteTimes(self.scratch, suite).faults() > self.floors[suite]:
                self.floors[suite] = max(self.floors[suite], floor.searched(self.solver))
        self.least_faults = self.proof.least_faults = sum(self.floors.values())

    def _suites(self) -> list[int]:
        return sorted({self.ground.suite[at] for at in self.proof.visits})

    def _set_times(self, visits: list[int], liking: Liking) -> None:
        patterns.aim(self.scratch, visits, self.chance, liking, self.floors, PATIENCE)

    def share_out(self) -> None:
        """Round by round, until nothing can be better."""
        in_vain = 0
        for _ in range(BRIEFLY if self.is_small else MOST_ROUNDS):
            if in_vain == ROUNDS:
                return
            self._set_times(self.to_aim, Liking(self.ground, self.weight))
            answer = self._whole(self.model.only_those_free(self._aims()), ROUND_NODES)
            if not answer.is_found:
                return
            in_vain = 0 if self._keep(answer) else in_vain + 1
            if self.is_best:
                return
            self._favour(self.model.counts(answer))

    def _aims(self) -> dict[int, int]:
        target = self.scratch.target
        return {at: target[at].bit_length() - 1 for at in self.to_aim if target[at]}

    def glance(self) -> None:
        """Times and people at once, every goal held to the least there could be: a small group only."""
        if not self.is_small or self.relaxed is None or self.is_best:
            return
        people = Assigning(self.limits.start, self.proof.visits, self.hopeless, self.limits.most)
        people.fill_all_but(self.could_be_filled)
        together = Together(people, self.scratch, self.hopeless, self.could_be_filled)
        people.hold_load(self.relaxed, self.least_units)
        together.hold_floors(self.floors)
        people.seek({})
        answer = self._heard(self.solver.at_a_glance(people.model, self.chance.getrandbits(30)))
        if answer.is_found:
            together.set_times(answer)
            self._keep(answer)

    @property
    def is_small(self) -> bool:
        return len(self.model.column) <= MOST_TOGETHER

    def least(self) -> Worth:
        return self.could_be_filled, self.least_units, self.least_faults

    @property
    def is_best(self) -> bool:
        return self.best is not None and self.best <= self.least()

    def _keep(self, answer: Answer) -> bool:
        """Remembers the answer if it is the best; whether it is."""
        pairs, aims = self.model.pairs(answer), self._aims()
        empty = sum(1 for column in self.model.filled.values() if not answer.takes(column))
        load = sum(cost * answer.values[column] for column, cost in self.model.load_costs().items())
        faults = sum(SuiteTimes(self.scratch, suite).faults() for suite in self._suites())
        worth = (empty, round(load), faults)
        if self.best is not None and worth >= self.best:
            return False
        self.best = worth
        self.proof.pairs, self.proof.aims, self.proof.is_drawn = pairs, aims, True
        return True

    def _favour(self, counts: dict[int, float]) -> None:
        """More weight to whoever has fewer visits than they should."""
        for who, ideal in self.ideal.items():
            if counts[who] < ideal - 0.3:
                self.weight[who] = min(HEAVIEST, 3 * self.weight[who] + 3)

    def confirm(self) -> None:
        """Where the least load could not be reached among those free at the times set, it is sought without
        times and without fractions, and the times are set for the pairs that come of it."""
        if self.best is not None and self.best[:2] <= self.least()[:2]:
            return
        self.model.seek(self.model.load_costs())
        answer, is_sound = self._with_times_in_common()
        self._no_less_load(answer)
        if is_sound:
            draft = Draft(self.ground)
            for at, pair in self.model.pairs(answer).items():
                for who in pair:
                    draft.place(at, who)
            self.scratch = draft
            self._set_times(self.to_aim, Settled(draft))
            self._keep(answer)

    def share_out_with_times(self) -> None:
        """Both at once, where one after the other left faults: for a small group only, it is slow."""
        if self.relaxed is None or self.best is None or not self.is_small:
            return
        if self.best[:2] == self.least()[:2] and self.best > self.least():
            together = Together(self.model, self.scratch, self.hopeless, self.could_be_filled)
            self.model.hold_load(self.relaxed, self.least_units)
            answer = self._whole(self.model.model)
            self.least_faults = max(self.least_faults, together.least_faults(answer))
            self.proof.least_faults = self.least_faults
            if answer.is_found:
                together.set_times(answer)
                self._keep(answer)

    def _with_times_in_common(self) -> tuple[Answer, bool]:
        """Pairs without a time in common are forbidden as they turn up; whether none is left."""
        for _ in range(CUTS):
            answer = self._whole(self.model.model)
            if not answer.is_found or not self.model.part(answer):
                return answer, answer.is_found
        return answer, False

    def _whole(self, model: Model, most_nodes: int = MOST_NODES) -> Answer:
        return self._heard(self.solver.whole(model, most_nodes=most_nodes, gap=WITHIN))

    def _heard(self, answer: Answer) -> Answer:
        if answer.was_stopped:
            raise Stopped
        return answer
