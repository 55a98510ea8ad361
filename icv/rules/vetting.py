"""Vetting: where somebody’s stands on a day, how far it reaches, and when a letter about its end is due."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from icv.rules.clearance import Standing, Validity
from icv.rules.days import ONE_DAY
from icv.rules.records import VettingFacts
from icv.rules.stages import APPOINTED, Stage

ON_BOARD = APPOINTED | {Stage.VETTING, Stage.TRAINING}
"""The stages at which somebody's vetting is looked after."""

THRESHOLDS = (90, 60, 30, 7, 0)
"""So many days before the last day on which a vetting counts, people are written to."""


class VettingState(StrEnum):
    """Exactly one of them is true of anybody on any day."""

    NONE = "none"
    REQUESTED = "requested"
    IN_DATE = "in_date"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REFUSED = "refused"

    @property
    def heading(self) -> str:
        return _HEADINGS[self]


_HEADINGS = {
    VettingState.NONE: "None",
    VettingState.REQUESTED: "Requested",
    VettingState.IN_DATE: "In date",
    VettingState.EXPIRING: "Expiring",
    VettingState.EXPIRED: "Expired",
    VettingState.REFUSED: "Refused or withdrawn",
}


def vetting_state(standing: Standing, day: date, warning_days: int) -> VettingState:
    """Who is vetted is expiring from `warning_days` before the last day on; who is not, as clearance says."""
    until = covered_until(standing.vettings, day)
    if until is not None:
        return VettingState.EXPIRING if (until - day).days <= warning_days else VettingState.IN_DATE
    if standing.vetting_refused_on and standing.vetting_refused_on <= day:
        return VettingState.REFUSED
    if any(one.until and one.until < day for one in standing.vettings):
        return VettingState.EXPIRED
    if standing.vetting_requested_on and standing.vetting_requested_on <= day:
        return VettingState.REQUESTED
    return VettingState.NONE


def covered_until(vettings: Iterable[Validity], day: date) -> date | None:
    """The last of the days in a row, from this one on, on which one of them counts.

    None: none counts on the day itself. date.max: nothing on record ends it.
    """
    last, wanted = None, day
    for since, until in sorted((one.since, one.until or date.max) for one in vettings):
        if since <= wanted <= until:
            last = until
            if until == date.max:
                break
            wanted = until + ONE_DAY
    return last


def counted(facts: VettingFacts) -> Validity | None:
    """The days on which the record counts, None if there is none; a withdrawal ends it the day before."""
    if facts.cleared_on is None:
        return None
    until = facts.expires_on
    if facts.refused_on:
        until = min(until or date.max, facts.refused_on - ONE_DAY)
    if until and until < facts.cleared_on:
        return None
    return Validity(facts.cleared_on, until, facts.level)


def standing_of(records: Sequence[VettingFacts]) -> Standing:
    """What clearance looks at of somebody’s vetting alone; records in the order of their entry."""
    waiting = [one.requested_on for one in records if is_waiting(one) and one.requested_on]
    return Standing(
        vettings=tuple(span for one in records if (span := counted(one))),
        vetting_requested_on=max(waiting, default=None),
        vetting_refused_on=records[-1].refused_on if records else None,
    )


def is_waiting(facts: VettingFacts) -> bool:
    """Asked for, and no outcome yet."""
    return facts.requested_on is not None and not (facts.cleared_on or facts.refused_on)


def is_overdue(asked_on: date | None, day: date, overdue_days: int) -> bool:
    """Whether a request without an outcome has waited longer than the scheme bears."""
    return asked_on is not None and (day - asked_on).days > overdue_days


def threshold(last_day: date, day: date) -> int | None:
    """Which letter is due that day: the nearest one alone, however many were slept over; None: none."""
    left = (last_day - day).days
    return min((days for days in THRESHOLDS if days >= left), default=None) if left >= 0 else None
