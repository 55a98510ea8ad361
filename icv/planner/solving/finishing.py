"""The finer goals of one group, once its loads and times are as good as can be."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.refine import Refining
from icv.planner.solving.assigning import Assigning
from icv.planner.solving.fault_floors import rounded_up
from icv.planner.solving.model import Answer, Solver
from icv.planner.solving.new_pairs import MOST_PAIRS, NewPairs, pairs
from icv.planner.solving.proving import MOST_TOGETHER, NEARLY, WITHIN, Proof
from icv.planner.solving.together import Together

MOST_NODES, TRIES = 100, 2


def finish(limits: Limits, proof: Proof, solver: Solver, chance: Random, stop: Callable[[], bool]) -> None:
    """Puts the pairs that it finds in place of those of the proof."""
    repeats = _refine(limits, proof, chance, stop)
    if not repeats or not proof.is_best or proof.was_stopped:
        return
    if len(Assigning(limits.start, proof.visits, limits.hopeless, limits.most).column) > MOST_TOGETHER:
        return
    for _ in range(TRIES):
        other = replace(proof)
        if Finishing(limits, other, solver).look_elsewhere(chance.getrandbits(30)):
            fewer = _refine(limits, other, chance, stop)
            if fewer < repeats:
                repeats, proof.pairs, proof.aims = fewer, other.pairs, other.aims
        if not repeats:
            return
    Finishing(limits, proof, solver).find_new_pairs(repeats)
    _refine(limits, proof, chance, stop)


def _refine(limits: Limits, proof: Proof, chance: Random, stop: Callable[[], bool]) -> int:
    """Answers how many visits have a pair that goes on an earlier one of them."""
    draft = Draft(limits.start.ground)
    place(draft, proof)
    proof.was_stopped = Refining(draft, proof.visits, chance).run(stop) or proof.was_stopped
    for at in proof.pairs:
        proof.pairs[at] = [who for who in draft.pairs[at] if who not in draft.ground.held[at]]
    couples = Counter(draft.couple(at) for at in proof.visits if draft.is_filled(at))
    return sum(times - 1 for times in couples.values())


def place(draft: Draft, proof: Proof) -> None:
    for at, pair in proof.pairs.items():
        for who in pair:
            draft.place(at, who)
    for at, slot in proof.aims.items():
        if draft.is_filled(at):
            draft.target[at] = 1 << slot


class Finishing:
    """The model of people, times and pairs of a small group, the first three goals held."""

    def __init__(self, limits: Limits, proof: Proof, solver: Solver) -> None:
        self.proof, self.solver = proof, solver
        hopeless = limits.hopeless.intersection(proof.visits)
        self.people = people = Assigning(limits.start, proof.visits, hopeless, limits.most)
        could_be_filled = (proof.least_empty or 0) - len(hopeless)
        people.fill_all_but(could_be_filled)
        people.seek(people.load_costs())
        load = solver.relaxed(people.model)
        self.together = Together(people, Draft(people.ground), hopeless, could_be_filled)
        if load.is_found:
            people.hold_load(load, (proof.least_load or 0) // people.unit)
        if sum(proof.floors.values()) == proof.least_faults:
            self.together.hold_floors(proof.floors)
        else:
            self.together.hold_faults(proof.least_faults or 0)
        people.seek({})

    def look_elsewhere(self, seed: int) -> bool:
        """Others on the visits, at other times, as good so far: perhaps their pairs are new ones."""
        answer = self.solver.at_a_glance(self.people.model, seed)
        if answer.is_found:
            self._take(answer)
        return answer.is_found

    def find_new_pairs(self, repeats: int) -> None:
        people, proof = self.people, self.proof
        if sum(1 for at in people.filled for _ in pairs(people, at)) > MOST_PAIRS:
            return
        new_pairs = NewPairs(people)
        people.seek(dict.fromkeys(new_pairs.repeats, 1.0))
        answer = self.solver.whole(people.model, most_nodes=MOST_NODES, gap=WITHIN)
        proof.was_stopped = proof.was_stopped or answer.was_stopped
        proof.least_repeats = rounded_up(new_pairs.least(answer.bound))
        if answer.is_found and new_pairs.least(answer.value) < repeats - NEARLY:
            self._take(answer)

    def _take(self, answer: Answer) -> None:
        self.together.set_times(answer)
        self.proof.pairs, self.proof.aims = self.people.pairs(answer), self.together.aims()
