"""Who is stuck on the way to an appointment, or at the end of probation."""

from datetime import date

from icv.rules.clearance import Standing, faults
from icv.rules.scheme import Choices, Need
from icv.rules.stages import PIPELINE, Stage

BOARD = (*PIPELINE, Stage.PROBATION)
"""The stages a board of the pipeline shows, in order."""
STUCK = "Stuck"


def why_stuck(
    stage: Stage,
    since: date | None,
    standing: Standing | None,
    probation_ends_on: date | None,
    day: date,
    choices: Choices,
) -> str | None:
    """Vetting late; Stuck; Probation over; None where all is in time, or where nobody knows since when.

    `standing` is asked for of people in vetting alone.
    """
    if stage is Stage.PROBATION:
        return "Probation over" if probation_ends_on and probation_ends_on < day else None
    if stage is Stage.VETTING and standing and faults(standing, day, choices, frozenset({Need.VETTING})):
        asked_on = standing.vetting_requested_on or since
        return "Vetting late" if _is_older(asked_on, choices.vetting_overdue_days, day) else None
    return STUCK if stage in PIPELINE and _is_older(since, choices.stuck_days, day) else None


def _is_older(since: date | None, days: int, day: date) -> bool:
    return since is not None and (day - since).days > days
