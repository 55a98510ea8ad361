"""The plain formulation: people, times and pairs in one model, the goals in one weighted sum."""

from collections.abc import Callable
from time import perf_counter

from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.ground import Ground
from icv.planner.judge import judged
from icv.planner.problem import Problem
from icv.planner.rota import Rota
from icv.planner.solving.assigning import Assigning
from icv.planner.solving.groups import groups
from icv.planner.solving.model import Answer, Model
from icv.planner.solving.new_pairs import NewPairs
from icv.planner.solving.together import Together

SECONDS = 20.0
EMPTY, FAULT, REPEAT = 10**7, 10**3, 10**2
"""What each weighs beside a unit of load."""

Solve = Callable[[Model, float], Answer]
"""Told how many seconds are left."""


def drawn(problem: Problem, solve: Solve) -> Rota:
    """What the solver has found when its time is up."""
    ground = Ground(problem)
    limits, draft = Limits(ground), Draft(ground)
    ends = perf_counter() + SECONDS
    for visits in groups(ground):
        people = Assigning(limits.start, visits, limits.hopeless.intersection(visits), limits.most)
        together = Together(people, Draft(ground), limits.hopeless, len(people.filled))
        new_pairs = NewPairs(people)
        costs = {at: cost * FAULT for at, cost in enumerate(people.model.cost) if cost}
        costs |= people.empty_costs(EMPTY) | people.load_costs() | dict.fromkeys(new_pairs.repeats, REPEAT)
        people.seek(costs)
        answer = solve(people.model, ends - perf_counter())
        if answer.is_found:
            together.set_times(answer)
            for at, pair in people.pairs(answer).items():
                for who in pair:
                    draft.place(at, who)
    return judged(draft, limits, was_stopped=perf_counter() >= ends)
