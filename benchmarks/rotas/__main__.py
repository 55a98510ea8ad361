"""`python -m benchmarks.rotas [--only S,M] [--fast]`: rotas of four sizes, drawn and compared."""

import argparse
from collections.abc import Callable, Iterable
from statistics import fmean, median

from benchmarks.rotas.measuring import PROCESSES, Seeded, Way, drawn
from benchmarks.rotas.plain import SECONDS
from benchmarks.rotas.schemes import SIZES, Size
from benchmarks.tables import machine
from icv.planner.rota import Aim

OURS = Way("ours, to proof", "by_highs:to_proof", {"S": 100, "M": 20, "L": 3, "XL": 1})
SIMPLE = Way("least loaded first", "without_solver:least_loaded_first", OURS.seeds)
WAYS = (
    OURS,
    Way("ours, without a solver", "without_solver:ours", {"S": 10, "M": 4, "L": 1}),
    SIMPLE,
    Way("round robin", "without_solver:round_robin", OURS.seeds),
    Way(f"plain MIP, {SECONDS:g} s", "by_highs:plain_mip", {"S": 3, "M": 1}),
    Way(f"plain CP-SAT, {SECONDS:g} s", "by_cp_sat:plain_cp_sat", {"S": 3, "M": 1}, needs="ortools"),
)
REBUILDS = {"S": 20, "M": 10, "L": 3}
GOALS = {
    (SIMPLE.title, "S"): 0.02,
    (SIMPLE.title, "M"): 0.04,
    (SIMPLE.title, "L"): 0.1,
    (SIMPLE.title, "XL"): 1.0,
    (OURS.title, "S"): 0.5,
    (OURS.title, "M"): 10.0,
    (OURS.title, "L"): 30.0,
    (OURS.title, "XL"): 45.0,
}
"""Seconds: for a size of many schemes all of them, else the slowest seed."""
SUGGESTION = 0.05
MEGABYTES = {"S": 40, "M": 130, "L": 450}
FAST = {"S": 10, "M": 3, "L": 1, "XL": 1}
HEAD = (
    f"  {'':<24}{'seeds':>6}{'median s':>9}{'slowest':>8}{'cpu':>7}{'slowest':>8}{'empty':>6}{'load':>9}"
    f"{'spread':>7}{'faults':>7}{'repeats':>8}{'same':>8}{'proven':>8}{'MB':>5}  goal"
)
NOTE = """
Seconds of the clock and of the processor; a busy machine adds to the first, and some to the second. Goals are
held against the slowest seed. Means over the seeds: visits left empty; load above that of ours, in the
hundred; most less fewest visits of a visitor; faults of the timeslots (a weekday or band repeated, a slot
lacking that was not gained, a quota missed); visits of a pair that went together before; of somebody at the
same suite twice running; proven down to the pairs. MB is the most its process held, Python and solver too."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.rotas", description=__doc__)
    asked.add_argument("--only", type=_sizes, default=list(SIZES), metavar="S,M", help="these sizes alone")
    asked.add_argument("--fast", action="store_true", help="fewer seeds, and not the plain formulations")
    given = asked.parse_args()
    print(machine())
    for size in (SIZES[name] for name in given.only):
        compare(size, is_fast=given.fast)
    print(NOTE)


def _sizes(text: str) -> list[str]:
    names = text.split(",")
    if not set(names) <= set(SIZES):
        raise argparse.ArgumentTypeError(f"sizes are {', '.join(SIZES)}")
    return names


def compare(size: Size, *, is_fast: bool) -> None:
    what = f"{size.visitors} visitors, {size.suites} suites, {size.weeks} weeks"
    print(f"\n{size.name}: {what}{f', in {size.schemes} schemes and two processes' * (size.schemes > 1)}")
    print(HEAD, flush=True)
    found: dict[str, list[Seeded]] = {}
    for way in WAYS:
        count = min(way.seeds.get(size.name, 0), FAST[size.name] if is_fast else 10**6)
        if not way.is_installed:
            print(f"  {way.title:<24}  {way.needs} is not installed")
        elif count and not (is_fast and "plain" in way.title):
            found[way.title] = drawn(size, range(count), way.where)
            print(_line(size, way.title, found[way.title], found[OURS.title]), flush=True)
    ours, simple = found[OURS.title], found[SIMPLE.title]
    beaten = sum(one.is_beaten_by(other) for one, other in zip(ours, simple, strict=True))
    print(f"  worse than least loaded first: {beaten} of {len(ours)} seeds")
    if size.name in REBUILDS:
        _compare_rebuilds(size, min(REBUILDS[size.name], FAST[size.name] if is_fast else 10**6))


def _line(size: Size, title: str, found: list[Seeded], ours: list[Seeded]) -> str:
    seconds, processor = [one.seconds for one in found], [one.processor for one in found]
    loads = [(one.value(Aim.LOAD), best.value(Aim.LOAD)) for one, best in zip(found, ours, strict=False)]
    megabytes = max(one.megabytes for one in found)
    return "".join(
        [
            f"  {title:<24}{len(found):>6}{median(seconds):>9.3f}{max(seconds):>8.3f}",
            f"{median(processor):>7.2f}{max(processor):>8.2f}{_mean(found, Aim.UNFILLED):>6.1f}",
            f"{fmean(100 * (load / best - 1) for load, best in loads):>+8.2f}%",
            f"{fmean(one.spread for one in found):>7.1f}{_mean(found, Aim.TIMESLOTS):>7.1f}",
            f"{_mean(found, Aim.REPEATED_PAIRS):>8.1f}{_mean(found, Aim.SAME_SUITE):>8.1f}",
            f"{100 * fmean(one.proven for one in found):>7.0f}%{megabytes:>5.0f}",
            _against_goals(size, title, found),
        ]
    )


def _mean(found: Iterable[Seeded], aim: Aim) -> float:
    return fmean(one.value(aim) for one in found)


def _against_goals(size: Size, title: str, found: list[Seeded]) -> str:
    goal = GOALS.get((title, size.name))
    if goal is None:
        return ""
    share = PROCESSES if size.schemes > 1 else 1
    said = _judged(goal, [one.seconds for one in found], [one.processor / share for one in found])
    most = MEGABYTES.get(size.name)
    if title == OURS.title and most is not None:
        megabytes = max(one.megabytes for one in found)
        said += f", ≤ {most} MB {'met' if megabytes <= most else 'NOT MET'}"
    return "  " + said


def _judged(goal: float, seconds: list[float], processor: list[float]) -> str:
    """`processor` is what one process had to do."""
    late = sum(one > goal for one in seconds)
    busy = sum(one > goal for one in processor)
    if not late:
        return f"≤ {goal:g} s met"
    return f"≤ {goal:g} s by the clock in {len(seconds) - late}, of the processor in {len(seconds) - busy}"


def _compare_rebuilds(size: Size, seeds: int) -> None:
    runs = [run.found for one in drawn(size, range(seeds), "dropping_out:rebuild") for run in one.runs]
    fewest = sum(one.suggested.changes == one.confirmed.least for one in runs)
    proven = sum(one.confirmed.is_proven for one in runs)
    timed: Callable[[str], str] = lambda which: " ".join(  # noqa: E731
        f"{pick(getattr(one, which) for one in runs):.3f}" for pick in (median, max)
    )
    print(
        f"  one drops out, {seeds} seeds: suggested in {timed('seconds')} s ({timed('processor')} s cpu),"
        f" {_judged(SUGGESTION, [o.seconds for o in runs], [o.processor for o in runs])};"
        f"\n    the fewest changes in {fewest}; confirmed in {timed('confirming')} s"
        f" ({timed('confirming_processor')} s cpu), proven in {proven}"
    )


if __name__ == "__main__":
    main()
