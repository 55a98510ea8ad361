"""Whether fewer places could change hands after a drop-out than were suggested: asked of a solver."""

from math import isfinite
from typing import NamedTuple

from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.rebuilding import EMPTY, Rebuilding, Rebuilt, Table
from icv.planner.solving.assigning import Assigning
from icv.planner.solving.fault_floors import rounded_up
from icv.planner.solving.model import Answer, Solver

MOST_NODES = 1000
CUTS = 40
"""Times that the solver is asked anew because two who go together have no time in common."""
WITHIN = 0.9
"""Changes are whole, so an answer within this of its bound is the best."""


def confirm(asked: Rebuilding, solver: Solver) -> Rebuilt:
    """The fewest changes and, among those, the fairest loads; the suggestion if nothing beats it.

    `least` is what no answer beats, None where the solver was stopped before it could say.
    """
    return Confirming(asked, solver).found()


class Cost(NamedTuple):
    """What changes cost, as a model can count them, and what they cost when nobody moves."""

    of: dict[int, float]
    beside: int


class Confirming:
    def __init__(self, asked: Rebuilding, solver: Solver) -> None:
        self.table, self.solver = Table(asked), solver
        self.limits = Limits(self.table.ground)
        self.hopeless = self.limits.hopeless.intersection(self.table.movable)
        self.people = Assigning(self.limits.start, self.table.movable, self.hopeless, self.limits.most)
        self.cost = self._cost()

    def found(self) -> Rebuilt:
        draft = self.table.mended()
        least, best = None, draft
        self.people.seek(self.cost.of)
        answer = self._with_times_in_common()
        if isfinite(answer.bound):
            least = rounded_up(answer.bound + self.cost.beside)
        if answer.is_found:
            fairer = self._fairest(answer)
            best = min((draft, *map(self._seated, (answer, fairer))), key=self.table.worth)
        if least is not None and self.table.worth(best)[0] // EMPTY == least // EMPTY:
            return self.table.told(best, least % EMPTY)
        return self.table.told(best)

    def _cost(self) -> Cost:
        """One for each place that changes hands; whoever is left alone on a visit stays on it."""
        table, people = self.table, self.people
        costs: dict[int, float] = {}
        beside = 0
        draft = table.seated()
        for at in table.movable:
            staying = len(draft.pairs[at])
            if at not in people.filled:
                beside += (2 - staying) + (0 if draft.is_filled(at) else EMPTY)
                continue
            free = [who for who in draft.pairs[at] if who not in table.ground.held[at]]
            alone = min(1, len(free))
            beside += EMPTY + 2 - staying + len(free) - alone
            costs[people.filled[at]] = alone - EMPTY
            costs |= {people.column[who, at]: -1.0 for who in free}
        return Cost(costs, beside)

    def _with_times_in_common(self) -> Answer:
        for _ in range(CUTS):
            answer = self.solver.whole(self.people.model, most_nodes=MOST_NODES, gap=WITHIN)
            if not answer.is_found or not self.people.part(answer):
                return answer
        return Answer([], 0.0, answer.bound)

    def _fairest(self, answer: Answer) -> Answer:
        """The least load with no more changes than in the answer; that answer if none is found."""
        self.people.model.at_most(answer.value + 0.5, self.cost.of.items())
        self.people.seek(self.people.load_costs())
        fairer = self._with_times_in_common()
        return fairer if fairer.is_found else answer

    def _seated(self, answer: Answer) -> Draft:
        table, pairs = self.table, self.people.pairs(answer)
        draft = Draft(table.ground)
        for at, pair in pairs.items():
            for who in pair:
                draft.place(at, who)
        stays = table.seated()
        draft.target = stays.target
        for at in table.movable:
            for who in stays.pairs[at]:
                if not draft.is_filled(at) and who not in draft.pairs[at] and draft.bar_now(who, at) is None:
                    draft.place(at, who)
        return draft
