"""Figures of the door: how long visitors waited there, suite by suite, and where they were not let in."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum


class Wait(StrEnum):
    """From arrival to admission, the upper bound included: entry is to be immediate."""

    AT_ONCE = "at once"
    OVER_5 = "over 5"
    OVER_10 = "over 10"
    OVER_30 = "over 30"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Wait.AT_ONCE: "At once, or within 5 minutes",
    Wait.OVER_5: "Over 5, up to 10 minutes",
    Wait.OVER_10: "Over 10, up to 30 minutes",
    Wait.OVER_30: "Over 30 minutes",
    Wait.UNKNOWN: "Not known",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Visits to a suite attempted, each in one of the waits; `no_access` are part of them."""

    suite: str
    at_once: int = 0
    over_5: int = 0
    over_10: int = 0
    over_30: int = 0
    unknown: int = 0
    no_access: int = 0

    def number(self, wait: Wait) -> int:
        counted = (self.at_once, self.over_5, self.over_10, self.over_30, self.unknown)
        return dict(zip(Wait, counted, strict=True))[wait]

    @property
    def attempted(self) -> int:
        return self.timed + self.unknown

    @property
    def timed(self) -> int:
        """Visits whose wait is known."""
        return self.at_once + self.over_5 + self.long

    @property
    def long(self) -> int:
        """Visits with a wait of over ten minutes."""
        return self.over_10 + self.over_30


def all_of(doors: Iterable[Door]) -> Door:
    every = list(doors)
    return Door("All suites", **{name: sum(getattr(door, name) for door in every) for name in _COUNTS})


_COUNTS = [field.name for field in fields(Door) if field.name != "suite"]
