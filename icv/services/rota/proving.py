"""Drawing to proof while somebody waits: the planner in its own process, unwatched."""

import json
import logging
import math
import subprocess
import sys
import time

from icv.planner.rebuilding import Rebuilding, Rebuilt, suggest
from icv.rules.days import Period
from icv.services.rota.apart import GRACE_SECONDS, PROJECT, PlannerBroke, plan_apart
from icv.services.rota.asking import Asked
from icv.services.rota.drawing import Built, plan_for

log = logging.getLogger("icv.rota")


def plan_to_proof(asked: Asked, period: Period, *, time_limit: float | None = None) -> Built:
    """Draws the rota; the best so far when `time_limit`, in seconds, is reached.

    It asks nothing of a database: hold no transaction meanwhile.
    """
    began = time.perf_counter()
    try:
        plan = plan_apart(
            asked.problem,
            seconds=math.inf if time_limit is None else time_limit,
            watching=lambda told: False,
        )
    except PlannerBroke as trouble:
        log.warning("The planner broke, and the rota is drawn without it. %s", trouble)
        return plan_for(asked, period, time_limit=time_limit)
    return Built(period, asked, plan, time.perf_counter() - began)


def rebuild_to_proof(asked: Rebuilding, *, time_limit: float) -> Rebuilt:
    """The fewest changes, or what `suggest` gives where the planner breaks or time, in seconds, runs out.

    It asks nothing of a database: hold no transaction meanwhile. Raises BadProblem as `suggest` does.
    """
    suggestion = suggest(asked)
    try:
        done = subprocess.run(  # noqa: S603  our own module, no shell
            [sys.executable, "-m", "icv.planner", "--rebuild", "--time-limit", str(time_limit)],
            input=asked.to_json(),
            capture_output=True,
            text=True,
            check=True,
            cwd=PROJECT,
            timeout=time_limit + GRACE_SECONDS,
        )
        return Rebuilt.from_json(json.dumps(json.loads(done.stdout.splitlines()[-1])["rebuilt"]))
    except (subprocess.SubprocessError, OSError) as trouble:
        log.warning("The planner broke, and the suggestion stands. %s", trouble)
        return suggestion
