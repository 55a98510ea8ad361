"""The plain formulation given to CP-SAT, where ortools is installed. It cannot be loaded beside HiGHS."""

from math import ceil, floor, inf

from ortools.sat.python import cp_model  # type: ignore[import-not-found,unused-ignore]

from benchmarks.rotas import plain
from icv.planner.problem import Problem
from icv.planner.rota import Rota
from icv.planner.solving.model import Answer, Model

FREE = 10**6
"""Beyond any sum of a row."""


def plain_cp_sat(problem: Problem) -> Rota:
    return plain.drawn(problem, _within)


def _within(model: Model, seconds: float) -> Answer:
    """Every column whole: those that need not be are sums of whole ones."""
    asked = cp_model.CpModel()
    bounds = list(zip(model.least, model.most, strict=True))
    columns = [asked.new_int_var(ceil(least), floor(most), "") for least, most in bounds]
    for row, (least, most) in enumerate(zip(model.row_least, model.row_most, strict=True)):
        places = range(model.starts[row], model.starts[row + 1])
        total = sum(int(model.factors[at]) * columns[model.columns[at]] for at in places)
        asked.add_linear_constraint(
            total, -FREE if least == -inf else ceil(least), FREE if most == inf else floor(most)
        )
    asked.minimize(sum(int(cost) * column for cost, column in zip(model.cost, columns, strict=True) if cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.1)
    solver.parameters.num_workers = 1
    found = solver.solve(asked)
    if found not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer([], 0.0, -inf)
    values = [float(solver.value(column)) for column in columns]
    return Answer(values, solver.objective_value, solver.best_objective_bound)
