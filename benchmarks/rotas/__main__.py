"""`python -m benchmarks.rotas [--only SIZE] [--seeds N]`: rotas of four sizes, drawn and compared."""

import argparse
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time

from benchmarks.rotas.schemes import SIZES, Size, problems
from benchmarks.rotas.ways import TOO_SLOW, WAYS
from benchmarks.tables import machine
from icv.planner.problem import Problem
from icv.planner.rota import Aim, Rota, Status

SEEDS = {"S": 100, "M": 20, "L": 3, "XL": 1}
PROCESSES = 2
GOALS = {
    ("S", "least loaded first"): 0.02,
    ("M", "least loaded first"): 0.04,
    ("L", "least loaded first"): 0.1,
    ("XL", "least loaded first"): 1.0,
    ("S", "ours, to proof"): 0.5,
    ("M", "ours, to proof"): 10.0,
    ("L", "ours, to proof"): 30.0,
    ("XL", "ours, to proof"): 45.0,
}
"""Seconds: for a size of many schemes all of them, else the slowest seed."""


@dataclass(frozen=True, slots=True)
class Run:
    rota: Rota
    seconds: float
    processor: float


@dataclass(frozen=True, slots=True)
class Seeded:
    """All schemes of one seed, drawn in one way."""

    runs: list[Run]
    seconds: float

    def value(self, aim: Aim) -> int:
        return sum(goal.value for run in self.runs for goal in run.rota.certificate if goal.aim is aim)

    def bound(self, aim: Aim) -> int:
        return sum(goal.bound or 0 for run in self.runs for goal in run.rota.certificate if goal.aim is aim)

    @property
    def spread(self) -> int:
        each = [run.rota.quality for run in self.runs]
        return max(one.visits_per_visitor_max - one.visits_per_visitor_min for one in each)

    @property
    def proven(self) -> float:
        return sum(run.rota.status is Status.OPTIMAL for run in self.runs) / len(self.runs)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.rotas", description=__doc__)
    asked.add_argument("--only", choices=SIZES, help="one size; all four unless given")
    asked.add_argument("--seeds", type=int, help="so many of each size, instead of as many as usual")
    given = asked.parse_args()
    print(machine())
    for size in [SIZES[given.only]] if given.only else SIZES.values():
        compare(size, given.seeds or SEEDS[size.name])
    print(f"\nPeak memory of a process that draws: {getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def compare(size: Size, seeds: int) -> None:
    what = f"{size.visitors} visitors, {size.suites} suites, {size.weeks} weeks"
    print(f"\n{size.name}: {what}{f', in {size.schemes} schemes' if size.schemes > 1 else ''}; {seeds} seeds")
    print(
        f"  {'':<24}{'median s':>9}{'slowest':>9}{'cpu':>7}{'empty':>7}{'load':>8}{'spread':>7}{'faults':>8}"
        f"{'repeated':>9}{'same':>6}{'proven':>8}  goal"
    )
    best: list[int] = []
    for way in reversed(WAYS):
        if way not in TOO_SLOW.get(size.name, ()):
            found = [drawn(size, seed, way) for seed in range(seeds)]
            best = best or [one.value(Aim.LOAD) for one in found]
            print(line(size, way, found, best), flush=True)


def line(size: Size, way: str, found: list[Seeded], best: list[int]) -> str:
    """Means over the seeds; the load as what it is above that of the best way, in the hundred."""
    seconds = [one.seconds for one in found]
    above = [100 * (one.value(Aim.LOAD) / least - 1) for one, least in zip(found, best, strict=True) if least]
    cells = [
        f"  {way:<24}{median(seconds):>9.3f}{max(seconds):>9.3f}",
        f"{median(sum(run.processor for run in one.runs) for one in found):>7.2f}",
        f"{_mean(one.value(Aim.UNFILLED) for one in found):>7.1f}{_mean(above):>+7.2f}%",
        f"{_mean(one.spread for one in found):>7.1f}",
        *(f"{_mean(one.value(aim) for one in found):>8.1f}" for aim in (Aim.TIMESLOTS,)),
        f"{_mean(one.value(Aim.REPEATED_PAIRS) for one in found):>9.1f}",
        f"{_mean(one.value(Aim.SAME_SUITE) for one in found):>6.1f}",
        f"{_mean(100 * one.proven for one in found):>7.0f}%",
    ]
    goal = GOALS.get((size.name, way))
    if goal is not None:
        cells.append(f"  ≤ {goal:g} s {'met' if max(seconds) <= goal else 'NOT MET'}")
    return "".join(cells)


def _mean(values: Iterator[float] | list[float]) -> float:
    every = list(values)
    return sum(every) / max(1, len(every))


def drawn(size: Size, seed: int, way: str) -> Seeded:
    """Each scheme in one of two processes; seconds are from the first to the last."""
    each = problems(size, seed)
    began = perf_counter()
    if len(each) == 1:
        with ProcessPoolExecutor(1) as pool:
            run = pool.submit(_run, each[0], way).result()
        return Seeded([run], run.seconds)
    with ProcessPoolExecutor(PROCESSES) as pool:
        runs = list(pool.map(_run, each, [way] * len(each)))
    return Seeded(runs, perf_counter() - began)


def _run(problem: Problem, way: str) -> Run:
    began, at = perf_counter(), process_time()
    rota = WAYS[way](problem)
    return Run(rota, perf_counter() - began, process_time() - at)


if __name__ == "__main__":
    main()
