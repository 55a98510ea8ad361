"""The planner as a process of its own: a problem as JSON in, JSON lines of progress and the rota out.

A line of progress says what is being done (`phase`), how many visits the best rota so far leaves empty
(`best`) and how many any rota must (`bound`, null while not known). Exit 0 with a last line `{"rota": …}`;
exit 2 with one line on standard error for a problem that cannot be planned. On SIGTERM, as when time is up,
the best so far is given. Without HiGHS it draws all the same and proves what counting can.

With `--rebuild` a `Rebuilding` comes in, and the last line is `{"rebuilt": …}`.
"""

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Callable

from icv.planner import greedy, solving, wire
from icv.planner.problem import Problem
from icv.planner.rebuilding import Rebuilding, suggest
from icv.planner.rota import Aim, Rota, Status
from icv.planner.solving.confirming import confirm
from icv.planner.wire import BadProblem

try:
    from icv.planner.solving.highs import Highs
except ImportError:
    Highs = None  # type: ignore[assignment,misc]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m icv.planner", description=__doc__)
    parser.add_argument(
        "--time-limit", type=float, metavar="SECONDS", help="give the best there is after so long"
    )
    parser.add_argument("--rebuild", action="store_true", help="mend a published rota")
    given = parser.parse_args(arguments)
    limit: float | None = given.time_limit
    ends_at = None if limit is None else time.monotonic() + limit
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: asked_to_stop.set())

    def stop() -> bool:
        return asked_to_stop.is_set() or (ends_at is not None and time.monotonic() >= ends_at)

    try:
        (_rebuild if given.rebuild else _draw)(sys.stdin.buffer.read().decode(), stop)
    except (BadProblem, UnicodeDecodeError) as wrong:
        sys.stderr.write(f"This cannot be planned: {wrong}\n")
        return 2
    return 0


def _draw(text: str, stop: Callable[[], bool]) -> None:
    rota = _drawn(Problem.from_json(text), stop)
    unfilled = next(goal for goal in rota.certificate if goal.aim is Aim.UNFILLED)
    _line({"phase": "judged", "best": unfilled.value, "bound": unfilled.bound})
    _line({"rota": wire.plain(rota)})


def _rebuild(text: str, stop: Callable[[], bool]) -> None:
    asked = Rebuilding.from_json(text)
    suggestion = suggest(asked)
    _tell("a suggestion", len(suggestion.unfilled))
    rebuilt = suggestion if Highs is None else confirm(asked, Highs(stop))
    _line({"rebuilt": wire.plain(rebuilt)})


def _drawn(problem: Problem, stop: Callable[[], bool]) -> Rota:
    """With a solver at hand a quick try without it is enough to begin with: it is only the floor."""
    if Highs is None:
        return greedy.draw(problem, stop, _tell)
    floor = greedy.draw(problem, stop, _tell, tries=1, rounds=0)
    if floor.was_stopped or not problem.visits:
        return floor
    rota = solving.draw(problem, floor, Highs(stop), stop, _tell)
    if rota.status is not Status.FEASIBLE or rota.was_stopped:
        return rota
    return solving.better(rota, greedy.draw(problem, stop))


def _tell(phase: str, unfilled: int, bound: int | None = None) -> None:
    _line({"phase": phase, "best": unfilled, "bound": bound})


def _line(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
