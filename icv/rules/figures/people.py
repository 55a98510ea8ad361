"""Figures of visitors and of recruitment: why visitors left, how often they went, and the round's funnel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from icv.rules.funnel import Funnel
from icv.rules.scheme import Choices


@dataclass(frozen=True, slots=True)
class Band:
    """Visits a year, both bounds included; `most` None: without end."""

    least: int
    most: int | None

    @property
    def words(self) -> str:
        if self.most is None:
            return f"{self.least} or more"
        if self.most == self.least:
            return "None" if self.most == 0 else str(self.least)
        return f"{self.least} to {self.most}"

    def __contains__(self, visits: int) -> bool:
        return self.least <= visits and (self.most is None or visits <= self.most)


def bands(choices: Choices) -> tuple[Band, ...]:
    """None; below the least a scheme asks for; up to what it hopes for; and that many or more."""
    edges = sorted({0, 1, choices.least_visits_a_year or 6, choices.expected_visits_a_year or 12})
    return (*(Band(least, after - 1) for least, after in pairwise(edges)), Band(edges[-1], None))


@dataclass(frozen=True, slots=True)
class Visitors:
    """`reasons` of those who left in the period, in the words first used for each; "" where none was given.

    `visits`: how many of the visitors in office on its last day made each number of visits in the year up to
    it.
    """

    reasons: Mapping[str, int] = field(default_factory=dict)
    visits: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoundFunnel:
    name: str
    funnel: Funnel


@dataclass(frozen=True, slots=True)
class Recruitment:
    """The round whose applications are counted, and the one that began before it, both on the last day."""

    latest: RoundFunnel | None = None
    before: RoundFunnel | None = None
