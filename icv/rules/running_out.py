"""What counts for a time: how it stands on a day, and when somebody is written to about its end."""

from datetime import date, timedelta
from enum import StrEnum

DAYS_AHEAD = (60, 14, 0)
LATEST_DAYS = 7
"""So long after its day the last letter still goes, should nothing have gone out on the day itself."""


class Held(StrEnum):
    """How somebody stands with something they should have; who needs it comes first, most pressing first."""

    RUN_OUT = "run_out"
    NEVER = "never"
    RUNNING_OUT = "running_out"
    IN_DATE = "in_date"

    @property
    def counts(self) -> bool:
        """On the day, though it may run out soon."""
        return self in {Held.IN_DATE, Held.RUNNING_OUT}


def held_until(until: date | None, day: date, warning_days: int) -> Held:
    """Of what somebody has; `until` is the last day it counts, None for good."""
    if until is None:
        return Held.IN_DATE
    if until < day:
        return Held.RUN_OUT
    return Held.RUNNING_OUT if until <= day + timedelta(days=warning_days) else Held.IN_DATE


def notice_due(until: date, day: date) -> int | None:
    """Which of the letters is due on the day for what counts until then; None: too early, or long over.

    One at a time: what is recorded ten days before its end is told of once more on the day, not three times.
    """
    left = (until - day).days
    if left < -LATEST_DAYS:
        return None
    return min((ahead for ahead in DAYS_AHEAD if left <= ahead), default=None)
