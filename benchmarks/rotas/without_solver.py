"""The ways of drawing that ask no solver, judged by the same goals as ours."""

from itertools import combinations

from icv.planner import greedy
from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.greedy import least_loaded
from icv.planner.ground import Ground
from icv.planner.judge import judged
from icv.planner.problem import Problem
from icv.planner.rota import Rota


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


def ours(problem: Problem) -> Rota:
    return greedy.draw(problem)
