"""Diversity of visitors: an anonymous count of one day beside the county, and which counts may be shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

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
InOffice: TypeAlias = tuple[date, date | None]
"""Of a visitor the day of appointment, and the first day on which they no longer belonged, if it is known."""


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


def may_be_shown(entered: Iterable[date], visitors: Sequence[InOffice], threshold: int) -> set[date]:
    """Of the days of counts, in the order in which they were entered, those that may be shown.

    Two counts with few people in one of them alone would tell about these by what changed. So one is shown
    only when from each that is shown already more people than twice the threshold part it: of few more than
    the threshold, one answer would still stand out. Who came after the one and went before the other is in
    neither.
    """
    shown: set[date] = set()
    for day in entered:
        if all(_in_one_alone(visitors, day, other) > 2 * threshold for other in shown):
            shown.add(day)
    return shown


def _in_one_alone(visitors: Sequence[InOffice], one: date, other: date) -> int:
    return sum(_was_there(visitor, one) != _was_there(visitor, other) for visitor in visitors)


def _was_there(visitor: InOffice, day: date) -> bool:
    joined, left = visitor
    return joined <= day and (left is None or left > day)


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
