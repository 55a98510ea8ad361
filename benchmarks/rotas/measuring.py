"""Rotas drawn in processes of their own, and what they took."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any

from benchmarks.rotas.schemes import Size, problems
from icv.planner.bounds import Limits
from icv.planner.draft import Draft
from icv.planner.judge import judged
from icv.planner.problem import Problem
from icv.planner.rota import Aim, Rota, Status

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Way:
    title: str
    where: str
    """Module of this package and its function: loaded only in the process that draws."""
    seeds: dict[str, int]
    """How many of each size; a size left out would not end, or fit, or teach anything."""
    needs: str = "icv"
    why_not: str = ""

    @property
    def is_installed(self) -> bool:
        return find_spec(self.needs) is not None


@dataclass(frozen=True, slots=True)
class Run:
    found: Any
    seconds: float
    processor: float
    megabytes: float
    """The most that its process has held so far."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """All schemes of one seed, drawn in one way. `seconds` are from the first to the last."""

    runs: list[Run]
    seconds: float

    @property
    def rotas(self) -> list[Rota]:
        return [run.found for run in self.runs]

    @property
    def processor(self) -> float:
        return sum(run.processor for run in self.runs)

    @property
    def megabytes(self) -> float:
        return max(run.megabytes for run in self.runs)

    def value(self, aim: Aim) -> int:
        return sum(goal.value for rota in self.rotas for goal in rota.certificate if goal.aim is aim)

    @property
    def spread(self) -> int:
        each = [rota.quality for rota in self.rotas]
        return max(one.visits_per_visitor_max - one.visits_per_visitor_min for one in each)

    @property
    def proven(self) -> float:
        return sum(rota.status is Status.OPTIMAL for rota in self.rotas) / len(self.runs)

    def is_beaten_by(self, other: "Seeded") -> bool:
        pairs = zip(self.rotas, other.rotas, strict=True)
        return any(rota.worth() > simple.worth() for rota, simple in pairs)


def drawn(size: Size, seeds: Iterable[int], where: str) -> list[Seeded]:
    """One process for all seeds; where there are many schemes, two share them."""
    processes = PROCESSES if size.schemes > 1 else 1
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        list(pool.map(_load, [where] * processes))
        return [_seeded(pool, problems(size, seed), where) for seed in seeds]


def _seeded(pool: ProcessPoolExecutor, each: list[Problem], where: str) -> Seeded:
    began = perf_counter()
    runs = list(pool.map(_run, each, [where] * len(each)))
    return Seeded(runs, perf_counter() - began if len(each) > 1 else runs[0].seconds)


def _load(where: str) -> Any:
    module, function = where.split(":")
    return getattr(import_module(f"benchmarks.rotas.{module}"), function)


def _run(problem: Problem, where: str) -> Run:
    """A draft is judged by the same goals as ours once the clock has stopped: simple ways do not judge."""
    way = _load(where)
    began, at = perf_counter(), process_time()
    found = way(problem)
    seconds, processor = perf_counter() - began, process_time() - at
    if isinstance(found, Draft):
        found = judged(found, Limits(found.ground), was_stopped=False)
    return Run(found, seconds, processor, getrusage(RUSAGE_SELF).ru_maxrss / 1024)
