"""The ways of drawing that ask HiGHS."""

from time import perf_counter

from benchmarks.rotas import plain
from icv.planner import greedy, solving
from icv.planner.problem import Problem
from icv.planner.rota import Rota
from icv.planner.solving.highs import Highs
from icv.planner.solving.model import Answer, Model


def never() -> bool:
    return False


def to_proof(problem: Problem) -> Rota:
    floor = greedy.draw(problem, tries=1, rounds=0)
    return solving.draw(problem, floor, Highs(never), never)


def plain_mip(problem: Problem) -> Rota:
    return plain.drawn(problem, _within)


def _within(model: Model, seconds: float) -> Answer:
    ends = perf_counter() + seconds
    return Highs(lambda: perf_counter() >= ends).whole(model, most_nodes=10**9)
