"""Schemes to draw rotas for, made up from a seed: people with lives, suites with a year behind them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from icv.planner.problem import Planned, Problem, Rules, Slot, Span, SuiteNeeds, Visitor

MONDAY = date(2024, 1, 1)
BANDS = 5
GRID = [(weekday, band) for weekday in range(7) for band in range(BANDS)]
LIVES: tuple[tuple[int, tuple[Slot, ...]], ...] = (
    (4, tuple((day, band) for day in range(5) for band in (3, 4))),
    (3, tuple((day, band) for day in range(5) for band in (0, 1, 2))),
    (3, tuple((day, band) for day in (5, 6) for band in range(4))),
    (2, tuple((day, band) for day in range(7) for band in (1, 2, 3))),
)
"""Evenings, weekdays, weekends, daytime all week, and how many people for each live so."""


@dataclass(frozen=True, slots=True)
class Size:
    name: str
    visitors: int
    suites: int
    weeks: int
    schemes: int = 1


SIZES = {
    size.name: size
    for size in (
        Size("S", 31, 3, 13),
        Size("M", 60, 8, 13),
        Size("L", 250, 30, 13),
        Size("XL", 2000, 200, 26, schemes=43),
    )
}


def problems(size: Size, seed: int) -> list[Problem]:
    """One problem a scheme; people and suites are dealt out evenly."""
    if size.schemes == 1:
        return [problem(size.visitors, size.suites, size.weeks, seed)]
    people, suites = _dealt(size.visitors, size.schemes), _dealt(size.suites, size.schemes)
    return [
        problem(visitors, places, size.weeks, seed * size.schemes + at)
        for at, (visitors, places) in enumerate(zip(people, suites, strict=True))
    ]


def _dealt(whole: int, parts: int) -> list[int]:
    return [whole * (at + 1) // parts - whole * at // parts for at in range(parts)]


def problem(visitors: int, suites: int, weeks: int, seed: int) -> Problem:
    """Where there are many suites, most people go to those near them only; a few may go anywhere."""
    chance = Random(seed)
    numbers = list(range(1, suites + 1))
    return Problem(
        seed=seed,
        visitors=tuple(_visitor(key, visitors, numbers, weeks, chance) for key in range(1, visitors + 1)),
        suites=tuple(_suite(number, chance) for number in numbers),
        visits=tuple(
            Planned(week * suites + number, number, MONDAY + timedelta(weeks=week))
            for week in range(weeks)
            for number in numbers
        ),
        rules=Rules(),
        past_pairs=_past_pairs(visitors, suites * weeks, chance),
    )


def _visitor(key: int, people: int, suites: list[int], weeks: int, chance: Random) -> Visitor:
    others = [other for other in (key - 1, key + 1) if 1 <= other <= people]
    near = chance.randrange(len(suites))
    cluster = frozenset(suites[(near + at) % len(suites)] for at in range(10))
    return Visitor(
        key=key,
        cleared=(_cleared(weeks, chance),),
        probation=((None, None),) if chance.random() < 0.1 else (),
        free=_free(chance),
        away=_away(weeks, chance),
        wanted_a_month=chance.choice([None, None, None, 1.0, 1.0, 2.0]),
        most_a_month=chance.choice([None, None, None, 2]),
        suites=cluster if len(suites) > 10 and chance.random() < 0.7 else None,
        barred_suites=frozenset([chance.choice(suites)]) if chance.random() < 0.08 else frozenset(),
        barred_people=frozenset([chance.choice(others)])
        if others and chance.random() < 0.05
        else frozenset(),
        carried_visits=chance.choice([0.0, 0.0, 0.5, -0.5, 1.0, -1.0]),
        last_suite=chance.choice(suites) if chance.random() < 0.8 else None,
    )


def _cleared(weeks: int, chance: Random) -> Span:
    """Now and then somebody starts late or ends early."""
    day = MONDAY + timedelta(days=chance.randrange(7 * weeks))
    kind = chance.random()
    return (day, None) if kind < 0.07 else (None, day) if kind < 0.14 else (None, None)


def _free(chance: Random) -> frozenset[Slot] | None:
    if chance.random() < 0.1:
        return None
    weights, lives = zip(*LIVES, strict=True)
    usual = chance.choices(lives, weights)[0]
    return frozenset(slot for slot in GRID if chance.random() < (0.8 if slot in usual else 0.12))


def _away(weeks: int, chance: Random) -> tuple[Span, ...]:
    starts = [
        MONDAY + timedelta(days=chance.randrange(7 * weeks)) for _ in range(chance.choice([0, 1, 1, 2]))
    ]
    return tuple((first, first + timedelta(days=chance.choice([2, 6, 13, 20]))) for first in starts)


def _suite(number: int, chance: Random) -> SuiteNeeds:
    """A year behind it in which some timeslots were never visited."""
    visited = [slot for slot in GRID if chance.random() < 0.6]
    return SuiteNeeds(number, f"Suite {number}", tuple((slot, chance.randint(1, 3)) for slot in visited))


def _past_pairs(people: int, visits: int, chance: Random) -> tuple[tuple[int, int, int], ...]:
    met = {tuple(sorted(chance.sample(range(1, people + 1), 2))) for _ in range(visits if people > 1 else 0)}
    return tuple((one, other, 1) for one, other in sorted(met))
