"""What was measured, in plain lines beside its goal."""

import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.goals import Goal


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page as measured: `processor` is what it took of one, in ms; `trouble`, why nothing is told."""

    title: str
    milliseconds: float = 0
    processor: float = 0
    queries: int = 0
    kilobytes: float = 0
    goal: Goal | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    title: str
    value: float
    unit: str
    goal: Goal | None = None


def machine() -> str:
    """The processor, its cores, and how busy it is with other things: a busy machine measures slow."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{cpu}, {os.cpu_count()} cores, Python {python}, load {os.getloadavg()[0]:.1f} at the start"


def print_pages(lines: Iterable[PageLine]) -> list[PageLine]:
    """Each as it comes; they are given back."""
    print(f"  {'page':<26}{'median ms':>10}{'cpu ms':>8}{'queries':>9}{'kB gzip':>9}{'goal':>9}")
    printed = []
    for line in lines:
        printed.append(line)
        if line.trouble:
            print(f"  {line.title:<26}  {line.trouble}", flush=True)
            continue
        measured = f"{line.milliseconds:>10.1f}{line.processor:>8.1f}{line.queries:>9}{line.kilobytes:>9.1f}"
        print(f"  {line.title:<26}{measured}{_beside(line.goal, line.milliseconds)}", flush=True)
    return printed


def print_values(values: Iterable[Value]) -> list[Value]:
    printed = []
    for one in values:
        printed.append(one)
        print(f"  {one.title:<44}{one.value:>8.2f} {one.unit:<4}{_beside(one.goal, one.value)}", flush=True)
    return printed


def count_met(pages: list[PageLine], values: list[Value]) -> str:
    held = [(line.goal, line.milliseconds) for line in pages if not line.trouble]
    held += [(one.goal, one.value) for one in values]
    met = [goal.is_met_by(value) for goal, value in held if goal]
    return f"{sum(met)} of {len(met)} goals met"


def _beside(goal: Goal | None, value: float) -> str:
    if goal is None:
        return f"{'–':>9}"
    return f"{goal!s:>9}  {'met' if goal.is_met_by(value) else 'NOT MET'}"
