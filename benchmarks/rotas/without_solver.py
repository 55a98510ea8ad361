"""The ways of drawing that ask no solver."""

from itertools import combinations

from icv.planner import greedy
from icv.planner.draft import Draft
from icv.planner.greedy import least_loaded
from icv.planner.ground import Ground
from icv.planner.problem import Problem
from icv.planner.rota import Rota


def round_robin(problem: Problem) -> Draft:
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
    return draft


def least_loaded_first(problem: Problem) -> Draft:
    """As better tools fill: visits in their order, each to the two with the lightest loads. Ours begins with
    it too: it is the first that could be published."""
    return least_loaded(Ground(problem))


def ours(problem: Problem) -> Rota:
    return greedy.draw(problem)
