"""Volunteers: who came and went, by team, and who is on the way."""

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from icv.rules.figures.shape.part import Part


@dataclass(frozen=True, slots=True)
class Membership(Part):
    """`joined` and `left` are counted from `appointed_on` and `left_on`, so that the balance always holds."""

    KEYS = ("opening", "joined", "left", "closing")

    opening: int = 0
    joined: int = 0
    left: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.joined - self.left

    def __add__(self, other: "Membership") -> "Membership":
        return Membership(self.opening + other.opening, self.joined + other.joined, self.left + other.left)


@dataclass(frozen=True, slots=True)
class TeamFigures(Part):
    """`team` is None for people without one."""

    team: str | None
    members: Membership

    def as_json(self) -> dict[str, Any]:
        return {"team": self.team, **self.members.as_json()}


@dataclass(frozen=True, slots=True)
class VolunteerFigures(Part):
    KEYS = (
        *("opening", "joined", "left", "closing", "by_team"),
        *("applications", "in_vetting", "in_training", "projected"),
    )

    by_team: tuple[TeamFigures, ...] = ()
    applications: int = 0
    in_vetting: int = 0
    in_training: int = 0

    @property
    def members(self) -> Membership:
        return reduce(add, (team.members for team in self.by_team), Membership())

    @property
    def opening(self) -> int:
        return self.members.opening

    @property
    def joined(self) -> int:
        return self.members.joined

    @property
    def left(self) -> int:
        return self.members.left

    @property
    def closing(self) -> int:
        return self.members.closing

    @property
    def projected(self) -> int:
        return self.closing + self.in_vetting + self.in_training
