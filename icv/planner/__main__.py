"""The planner as a process of its own: a problem as JSON in, JSON lines of progress and the rota out.

Exit 0 with a last line `{"rota": …}`; exit 2 with one line on standard error for a problem that cannot be
planned. On SIGTERM, as when the time limit is reached, it stops repairing and gives what it has.
"""

import argparse
import json
import signal
import sys
import threading
import time

from icv.planner import greedy, wire
from icv.planner.problem import Problem
from icv.planner.rota import Aim
from icv.planner.wire import BadProblem


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m icv.planner", description=__doc__)
    parser.add_argument("--time-limit", type=float, metavar="SECONDS", help="stop repairing after so long")
    limit = parser.parse_args(arguments).time_limit
    ends_at = None if limit is None else time.monotonic() + limit
    asked_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: asked_to_stop.set())
    try:
        problem = Problem.from_json(sys.stdin.buffer.read().decode())
        rota = greedy.draw(
            problem,
            stop=lambda: asked_to_stop.is_set() or (ends_at is not None and time.monotonic() >= ends_at),
            tell=lambda phase, unfilled: _line({"phase": phase, "best": unfilled, "bound": None}),
        )
    except (BadProblem, UnicodeDecodeError) as wrong:
        sys.stderr.write(f"This cannot be planned: {wrong}\n")
        return 2
    unfilled = next(goal for goal in rota.certificate if goal.aim is Aim.UNFILLED)
    _line({"phase": "judged", "best": unfilled.value, "bound": unfilled.bound})
    _line({"rota": wire.plain(rota)})
    return 0


def _line(said: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
