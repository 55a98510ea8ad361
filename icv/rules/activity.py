"""Expected activity: the visits somebody made in twelve months, against what the scheme hopes for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import floor

from icv.rules.days import ONE_DAY, Period, add_months
from icv.rules.scheme import Choices
from icv.rules.stages import VISITING
from icv.rules.standing import Standing
from icv.rules.timeslots import Grid
from icv.rules.words import plural


class Met(StrEnum):
    """How the visits made compare with those hoped for; the first are to be talked with first."""

    BELOW_LEAST = "below_least"
    FEWER = "fewer"
    AS_HOPED = "as_hoped"

    @property
    def words(self) -> str:
        return _MET_WORDS[self]


_MET_WORDS = {
    Met.BELOW_LEAST: "below the least",
    Met.FEWER: "fewer than hoped for",
    Met.AS_HOPED: "as many as hoped for",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """Visits `made` in the year, `nights` of them at night, and what is hoped for of its days.

    `share` is the part of the year in which they were in office and neither on leave nor suspended.
    """

    made: int
    nights: int
    share: float
    choices: Choices

    @property
    def expected(self) -> int:
        """Half a visit counts as one."""
        return floor(self.choices.expected_visits_a_year * self.share + 0.5)

    @property
    def least(self) -> int:
        """Rounded down, as what is asked of a part of a year is in anybody's favour."""
        return floor(self.choices.least_visits_a_year * self.share)

    @property
    def expected_nights(self) -> int:
        return floor(self.choices.expected_night_visits_a_year * self.share)

    @property
    def lacks_nights(self) -> bool:
        return self.nights < self.expected_nights

    @property
    def weeks(self) -> int:
        """Whole weeks of the year in which they could visit."""
        return floor(self.share * 52)

    @property
    def is_whole_year(self) -> bool:
        return self.share == 1

    @property
    def met(self) -> Met:
        if self.made < self.least:
            return Met.BELOW_LEAST
        return Met.FEWER if self.made < self.expected else Met.AS_HOPED


def year_to(day: date) -> Period:
    """The twelve months that end on the day."""
    return Period(add_months(day, -12) + ONE_DAY, day)


def share_active(standing: Standing, appointed_on: date, left_on: date | None, year: Period) -> float:
    """The part of the year's days on which somebody was in office and at a stage that makes visits."""
    first = max(appointed_on, year.first)
    last = min(left_on - ONE_DAY, year.last) if left_on else year.last
    if last < first:
        return 0.0
    steps = {step.on for step in standing.steps if step.on and first < step.on <= last}
    starts = [first, *sorted(steps)]
    ends = [*(start - ONE_DAY for start in starts[1:]), last]
    active = sum(
        Period(start, end).days
        for start, end in zip(starts, ends, strict=True)
        if standing.stage_on(start) in VISITING
    )
    return active / year.days


def is_at_night(grid: Grid, arrived_at: datetime) -> bool:
    """Whether an aware arrival falls into the band that runs past midnight, by London time."""
    return grid.slot_of(arrived_at)[1] == len(grid.starts) - 1


def activity_in_words(own: Activity) -> str:
    """For the visitor: what they made, then what is hoped for, and nothing of who is above or below."""
    at_night = f", {own.nights:,} of them at night" if own.nights else ""
    made = f"You made {plural(own.made, 'visit')} in the last twelve months{at_night}."
    hoped, nights = own.choices.expected_visits_a_year, own.choices.expected_night_visits_a_year
    if not hoped:
        return made
    of_night = f", {nights:,} of them at night" if nights else ""
    part = ""
    if not own.is_whole_year:
        part = f"; for the {plural(own.weeks, 'week')} in which you could visit, that is {own.expected:,}"
    return f"{made} The scheme hopes for {hoped:,} a year from each visitor{of_night}{part}."
