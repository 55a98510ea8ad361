"""A sitting of a course: when it may be, when two are at once, and how its time is said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from icv.rules.days import WEEKDAYS, day_in_words, london
from icv.rules.records import Faults

FURTHEST_AHEAD = timedelta(days=2 * 366)
MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """What is asked for of a session. `ends_at` None: not known; `places` None: as many as come."""

    course_id: int
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    places: int | None = None

    def faults(self, at: datetime) -> Faults:
        found: Faults = {}
        if self.starts_at > at + FURTHEST_AHEAD:
            found["starts_at"] = "The day must be within two years from now"
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            found["ends_at"] = "The end must be later than the start, on the same day"
        if self.places is not None and not 1 <= self.places <= MOST_PLACES:
            found["places"] = f"Places must be a number from 1 to {MOST_PLACES}, or empty for no limit"
        return found


def are_at_once(one: tuple[datetime, datetime | None], other: tuple[datetime, datetime | None]) -> bool:
    """Whether nobody can be at both; each is a start and an end, which may not be known."""
    (one_start, one_end), (other_start, other_end) = one, other
    if one_start == other_start:
        return True
    return one_start < (other_end or other_start) and other_start < (one_end or one_start)


def settled_meanwhile(
    seen: Mapping[int, bool | None], now: Mapping[int, bool | None], came: Collection[int]
) -> set[int]:
    """The people of whom somebody said whether they came after `seen` was read, and said otherwise than is
    asked with `came`. Of each it is known or None; who is missing has no place.
    """
    return {
        person_id
        for person_id, has_attended in now.items()
        if has_attended is not None
        and has_attended != seen.get(person_id)
        and has_attended != (person_id in came)
        and (person_id in seen or person_id in came)
    }


def given_back_meanwhile(seen: Collection[int], now: Collection[int], came: Collection[int]) -> set[int]:
    """The people ticked with `came` who had a place when it was `seen`, and have none now: the page ticks
    everybody with a place, and who has since said that they cannot come is not to be recorded as trained.
    """
    return (set(seen) & set(came)) - set(now)


def when_in_words(starts_at: datetime, ends_at: datetime | None) -> str:
    """Tuesday 3 March 2026, 18:00 to 20:30"""
    start = london(starts_at)
    until = f" to {london(ends_at):%H:%M}" if ends_at else ""
    return f"{WEEKDAYS[start.weekday()]} {day_in_words(start.date())}, {start:%H:%M}{until}"
