"""How predictable visits to a suite are: since when no night and no weekend, patterns, a guesser's luck.

From past visits only. A visit that somebody in the suite could foresee is not an unannounced one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import comb

from icv.rules.coverage import Coverage
from icv.rules.days import WEEKDAYS, london_day
from icv.rules.timeslots import Grid, Slot

LATEST = 10
"""So many of the latest visits are looked at for a pattern."""
GUESSED = 20
"""So many of the latest visits are guessed, each from those before it."""
RARE = Fraction(1, 20)
"""A run that would come up less often than this, were all times alike, is called a pattern."""
FEWEST = 5
"""Fewer visits are no pattern, and nothing to guess the next one from."""
WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Pattern:
    """`times` of the last `of` visits came at one time of the week: Tuesday 10–14; a Tuesday; 10–14."""

    when: str
    times: int
    of: int

    @property
    def words(self) -> str:
        """8 of the last 10 on Tuesday 10–14"""
        return f"{self.times} of the last {self.of} {self.when}"


@dataclass(frozen=True, slots=True)
class Guesses:
    """How often somebody would have been right who bet each time on the commonest timeslot so far."""

    right: int
    of: int
    slots: int

    @property
    def by_luck(self) -> Fraction:
        """How many would have been right by luck alone."""
        return Fraction(self.of, self.slots)


@dataclass(frozen=True, slots=True)
class Predictability:
    """Of one suite over a year. A day is None where there was no such visit in it."""

    coverage: Coverage
    visits: int
    last_night_on: date | None
    last_weekend_on: date | None
    patterns: tuple[Pattern, ...]
    guesses: Guesses

    @property
    def is_foreseeable(self) -> bool:
        """Whether there is a pattern, or a guesser does much better than luck."""
        return bool(self.patterns) or self.guesses.right > 2 * self.guesses.by_luck + 1


def predictability(grid: Grid, arrivals: Iterable[datetime]) -> Predictability:
    """Of the visits of one suite, in any order. The last band of the grid is the night."""
    in_order = sorted(arrivals)
    slots = [grid.slot_of(arrived_at) for arrived_at in in_order]
    night = len(grid.starts) - 1
    return Predictability(
        coverage=Coverage(grid, Counter(slots)),
        visits=len(slots),
        last_night_on=_last(in_order, slots, lambda slot: slot[1] == night),
        last_weekend_on=_last(in_order, slots, lambda slot: slot[0] in WEEKEND),
        patterns=_patterns(grid, slots[-LATEST:]),
        guesses=_guesses(grid, slots),
    )


def _last(arrivals: Sequence[datetime], slots: Sequence[Slot], fits: Callable[[Slot], bool]) -> date | None:
    """The London day of the latest arrival in such a slot."""
    days = (london_day(at) for at, slot in zip(arrivals, slots, strict=True) if fits(slot))
    return max(days, default=None)


def _patterns(grid: Grid, latest: Sequence[Slot]) -> tuple[Pattern, ...]:
    """The timeslot that comes up too often; if none does, a weekday and a band that do."""
    bands = len(grid.starts)
    kinds: tuple[tuple[Callable[[Slot], object], int, Callable[[Slot], str]], ...] = (
        (lambda slot: slot, grid.size, lambda slot: f"on {grid.name_of(slot)}"),
        (lambda slot: slot[0], len(WEEKDAYS), lambda slot: f"on a {WEEKDAYS[slot[0]]}"),
        (lambda slot: slot[1], bands, lambda slot: f"at {grid.band_names[slot[1]]}"),
    )
    found = [_pattern(latest, *kind) for kind in kinds]
    whole, *parts = found
    return (whole,) if whole else tuple(pattern for pattern in parts if pattern)


def _pattern(
    latest: Sequence[Slot], part: Callable[[Slot], object], ways: int, words: Callable[[Slot], str]
) -> Pattern | None:
    """The commonest, when so many of one kind are rarer than `RARE` with all `ways` alike."""
    counts = Counter(part(slot) for slot in latest)
    if len(latest) < FEWEST or ways == 1:
        return None
    commonest, times = counts.most_common(1)[0]
    if ways * at_least(times, len(latest), Fraction(1, ways)) >= RARE:
        return None
    example = next(slot for slot in latest if part(slot) == commonest)
    return Pattern(words(example), times, len(latest))


def at_least(times: int, of: int, chance: Fraction) -> Fraction:
    """How likely so many or more of so many are, each coming up by that chance."""
    return sum(
        (comb(of, k) * chance**k * (1 - chance) ** (of - k) for k in range(times, of + 1)), Fraction(0)
    )


def _guesses(grid: Grid, slots: Sequence[Slot]) -> Guesses:
    """Of equals, whoever guesses bets on the one met last."""
    first = max(FEWEST, len(slots) - GUESSED)
    right = sum(_bet(slots[:number]) == slots[number] for number in range(first, len(slots)))
    return Guesses(right, max(0, len(slots) - first), grid.size)


def _bet(before: Sequence[Slot]) -> Slot:
    counts = Counter(before)
    most = max(counts.values())
    return next(slot for slot in reversed(before) if counts[slot] == most)
