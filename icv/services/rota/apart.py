"""The planner in a process of its own, watched: a solver never stands where pages are served."""

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from icv.planner.problem import Problem
from icv.planner.rota import Rota

PROJECT = Path(__file__).resolve().parents[3]
LOOK_SECONDS = 0.5
GRACE_SECONDS = 20.0
"""So long after its time, or after being asked to stop, the planner may take to give what it has."""


class PlannerBroke(Exception):
    """The process died, or gave nothing in its time: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far the planner is: visits left empty in the best rota so far, and the fewest any could leave."""

    phase: str
    best: int | None
    bound: int | None


Watching = Callable[[Told | None], bool]
"""Called with each line, and with None in between; answers whether to stop and take the best so far."""


def plan_apart(problem: Problem, *, seconds: float, watching: Watching) -> Rota:
    """The best rota found in so many seconds, or until `watching` says stop. Raises PlannerBroke."""
    with tempfile.TemporaryFile() as said, _planner(problem, seconds, said) as planner:
        stopped_at: float | None = None
        latest = time.monotonic() + seconds + GRACE_SECONDS
        for line in _lines(planner):
            if line is not None and "rota" in line:
                return Rota.from_json(json.dumps(line["rota"]))
            told = None if line is None else Told(str(line["phase"]), line.get("best"), line.get("bound"))
            if watching(told) and stopped_at is None:
                stopped_at = time.monotonic()
                latest = stopped_at + GRACE_SECONDS
                planner.terminate()
            if time.monotonic() > latest:
                break
        said.seek(0)
        trouble = said.read().decode(errors="replace")[-2000:]
    raise PlannerBroke(f"The planner ended with {planner.returncode}: {trouble}")


@contextmanager
def _planner(problem: Problem, seconds: float, said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process with the problem handed in; gone when the block ends."""
    planner = subprocess.Popen(  # noqa: S603  our own module, no shell
        [sys.executable, "-m", "icv.planner", "--time-limit", str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        cwd=PROJECT,
    )
    try:
        assert planner.stdin is not None  # noqa: S101  asked for above
        try:
            with planner.stdin:
                planner.stdin.write(problem.to_json().encode())
        except BrokenPipeError as trouble:
            raise PlannerBroke("The planner did not take the problem.") from trouble
        yield planner
    finally:
        planner.kill()
        planner.wait()
        if planner.stdout is not None:
            planner.stdout.close()


def _lines(planner: subprocess.Popen[bytes]) -> Iterator[dict[str, Any] | None]:
    """What it writes, line by line, None while it is silent, until it ends."""
    assert planner.stdout is not None  # noqa: S101  asked for
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(planner.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(LOOK_SECONDS):
                yield None
                continue
            read = os.read(planner.stdout.fileno(), 1 << 16)
            if not read:
                return
            *whole, waiting = (waiting + read).split(b"\n")
            yield from (json.loads(line) for line in whole)
