"""Drawing to proof while somebody waits: the planner in its own process, unwatched."""

import logging
import math
import time

from icv.rules.days import Period
from icv.services.rota.apart import PlannerBroke, plan_apart
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
