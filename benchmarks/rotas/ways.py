"""The ways of drawing a rota that are compared, the simple ones judged by the same goals as ours."""

from collections.abc import Callable
from itertools import combinations
from time import perf_counter

from icv.planner import greedy, solving
from icv.planner.assigning import Assigning
from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.greedy import least_loaded
from icv.planner.ground import Ground
from icv.planner.groups import groups
from icv.planner.judge import judged
from icv.planner.new_pairs import NewPairs
from icv.planner.problem import Problem
from icv.planner.rota import Rota
from icv.planner.solver import Highs
from icv.planner.together import Together

PLAIN_SECONDS = 20.0
EMPTY, FAULT, REPEAT = 1e7, 1e3, 1e2
"""What the plain formulation takes each to weigh beside a unit of load: one sum instead of an order."""


def never() -> bool:
    return False


def round_robin(problem: Problem) -> Rota:
    """As usual tools fill: down the list of people, each visit the next two who may go."""
    draft = Draft(Ground(problem))
    people, turn = list(range(len(draft.ground.visitors))), 0
    for at in range(len(draft.ground.visits)):
        legal = set(draft.legal_pairs(at))
        line = people[turn:] + people[:turn]
        pair = next((p for p in combinations(line, 2) if p in legal or p[::-1] in legal), None)
        for who in pair or ():
            draft.place(at, who)
            turn = (who + 1) % len(people)
    return judged(draft, Limits(draft.ground), was_stopped=False)


def least_loaded_first(problem: Problem) -> Rota:
    """As better tools fill: visits in their order, each to the two with the lightest loads. Ours begins with
    it too: it is the first that could be published."""
    ground = Ground(problem)
    return judged(least_loaded(ground), Limits(ground), was_stopped=False)


def without_solver(problem: Problem) -> Rota:
    return greedy.draw(problem)


def to_proof(problem: Problem) -> Rota:
    floor = greedy.draw(problem, tries=1, rounds=0)
    return solving.draw(problem, floor, Highs(never), never)


def plain_model(problem: Problem) -> Rota:
    """Everything in one model, people, times and pairs, the goals in one weighted sum."""
    ground = Ground(problem)
    limits = Limits(ground)
    draft = Draft(ground)
    ends = perf_counter() + PLAIN_SECONDS
    solver = Highs(lambda: perf_counter() >= ends)
    for visits in groups(ground):
        people = Assigning(limits.start, visits, limits.hopeless.intersection(visits), limits.most)
        together = Together(people, Draft(ground), limits.hopeless, len(people.filled))
        new_pairs = NewPairs(people)
        costs = {at: cost * FAULT for at, cost in enumerate(people.model.cost) if cost}
        costs |= people.empty_costs(EMPTY) | people.load_costs() | dict.fromkeys(new_pairs.repeats, REPEAT)
        people.seek(costs)
        answer = solver.whole(people.model, most_nodes=10**9)
        if answer.is_found:
            together.set_times(answer)
            for at, pair in people.pairs(answer).items():
                for who in pair:
                    draft.place(at, who)
    return judged(draft, limits, was_stopped=perf_counter() >= ends)


WAYS: dict[str, Callable[[Problem], Rota]] = {
    "round robin": round_robin,
    "least loaded first": least_loaded_first,
    "one plain model, 20 s": plain_model,
    "ours, without a solver": without_solver,
    "ours, to proof": to_proof,
}
TOO_SLOW = {
    "M": {"one plain model, 20 s"},
    "L": {"one plain model, 20 s"},
    "XL": {"one plain model, 20 s", "ours, without a solver"},
}
"""What is not tried at a size: the model does not fit, or nothing new would be learned."""
