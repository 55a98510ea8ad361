"""Diversity of visitors: an anonymous count of one day beside the county, and which counts may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

WHOLE_COUNTY = 1000
"""In tenths of a per cent."""

HEADINGS = {
    "age": "Age",
    "sex": "Sex",
    "gender": "Gender the same as registered at birth",
    "ethnic_group": "Ethnic group",
    "disability": "Disability",
    "religion": "Religion or belief",
    "orientation": "Sexual orientation",
}
"""The questions as tables are headed: they are asked in words to a person."""


@dataclass(frozen=True, slots=True)
class Diversity:
    """A count of `counted_on`, when there were so many `members`. By question, then by answer.

    `visitors` who gave each answer, `county` in tenths of a per cent; a question not asked is not there.
    `held_back`: the day of a later count that may not be shown yet.
    """

    counted_on: date
    members: int
    county_source: str
    visitors: Mapping[str, Mapping[str, int]]
    county: Mapping[str, Mapping[str, int]]
    held_back: date | None = None


def may_be_shown(entered: Iterable[date], changes: Sequence[date], threshold: int) -> set[date]:
    """Of the days of counts, in the order in which they were entered, those that may be shown.

    Two counts with few people joining or leaving between them would tell about these by what changed. So one
    is shown only when from each that is shown already more people than the threshold parted it: `changes` are
    the days on which somebody joined, or no longer belonged.
    """
    shown: set[date] = set()
    for day in entered:
        if all(_between(changes, day, other) > threshold for other in shown):
            shown.add(day)
    return shown


def _between(changes: Sequence[date], one: date, other: date) -> int:
    first, last = sorted((one, other))
    return sum(first < change <= last for change in changes)


def faults(visitors: Mapping[str, int], county: Mapping[str, int], members: int, day: str) -> list[str]:
    """What cannot be, of one question, in words; empty when all can. `day` is that of the count, in words."""
    found = []
    counted, tenths = sum(visitors.values()), sum(county.values())
    if counted > members:
        found.append(
            f"{counted} visitors answered, but on {day} there were {members}: each may be counted once"
        )
    if tenths > WHOLE_COUNTY:
        found.append(f"The county’s shares add up to {tenths / 10:.1f}%: all together they are at most 100%")
    return found
