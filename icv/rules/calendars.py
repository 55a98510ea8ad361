"""A duty as a calendar shows it, and for how long it stays there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icv.rules.visits import DutyState

PAST_KEPT = timedelta(days=366)
CANCELLED_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class CalendarDuty:
    """A duty's week, or where its pair agreed one and its own calendar asks, its time.

    `suite` is empty where the scheme keeps it off other people's screens.
    """

    uid: str
    sequence: int
    state: DutyState
    changed_at: datetime
    week_starts_on: date
    week_ends_on: date
    suite: str
    starts_at: datetime | None = None
