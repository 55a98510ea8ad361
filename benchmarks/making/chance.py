"""Chance with a seed: the same data every time, and numbers by chance that keep to a total."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

One = TypeVar("One")

# fmt: off
FIRST_NAMES = (
    "Aaliyah", "Alan", "Asha", "Bilal", "Bronwen", "Carol", "Chidi", "Daniel", "Deepa", "Derek",
    "Emeka", "Farah", "Fiona", "Gareth", "Grace", "Hannah", "Imran", "Irene", "Jack", "Kofi", "Mei",
    "Nadia", "Omar", "Priya", "Rhys", "Rosa", "Samuel", "Tariq", "Uma", "Yusuf",
)
LAST_NAMES = (
    "Adeyemi", "Ahmed", "Allen", "Begum", "Bell", "Campbell", "Chan", "Davies", "Evans", "Foster",
    "Green", "Griffiths", "Hall", "Hussain", "Iqbal", "Jones", "Kaur", "Khan", "King", "Lewis",
    "Mensah", "Moore", "Murphy", "Nwosu", "Okafor", "Parker", "Patel", "Rahman", "Roberts", "Scott",
    "Shah", "Singh", "Smith", "Taylor", "Thomas", "Ward", "Watson", "White", "Wood", "Young",
)
# fmt: on


class Chance(random.Random):
    def mostly(self, weights: Mapping[One, float]) -> One:
        """One of them, by weight."""
        return self.choices(list(weights), list(weights.values()))[0]

    def happens(self, share: float) -> bool:
        return self.random() < share

    def name(self) -> str:
        return f"{self.choice(FIRST_NAMES)} {self.choice(LAST_NAMES)}"

    def uid(self) -> str:
        return str(UUID(int=self.getrandbits(128), version=4))

    def digest(self) -> str:
        """What stands where the digest of a secret would, which nobody knows."""
        return f"{self.getrandbits(256):064x}"

    def day(self, first: date, days: int) -> date:
        """One of so many days from the first on."""
        return first + timedelta(days=self.randrange(days))


class Spread:
    """Whole numbers by chance, whose mean keeps to the rate however few they are."""

    def __init__(self, chance: Chance, rate: float) -> None:
        self._chance, self._rate, self._owed = chance, rate, 0.0

    def next(self) -> int:
        self._owed += self._rate
        given = self._chance.randint(0, max(0, round(2 * self._owed)))
        self._owed -= given
        return given


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def dealt(things: Sequence[One], hands: int) -> list[list[One]]:
    """Dealt out in turn, as cards are."""
    return [list(things[hand::hands]) for hand in range(hands)]
