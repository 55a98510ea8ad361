"""Who goes where as a linear model: a column for each visitor on each visit, and the hard rules as rows.

Only one rule is missing: that two who go together need a time in common. It is kept by letting only those go
who are free in the timeslot that the visit aims at; without that the model promises less than any rota needs,
and so what it cannot reach no rota reaches.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import gcd
from typing import Any

from icv.planner.draft import Draft
from icv.planner.solving.model import Answer, Model


class Assigning:
    """The visits of one group, beside what is locked. `start` holds only what is locked."""

    def __init__(
        self, start: Draft, visits: Iterable[int], hopeless: frozenset[int], most: list[int]
    ) -> None:
        self.start, self.ground = start, start.ground
        self.model = Model()
        self.crew: dict[int, list[int]] = {}
        self.column: dict[tuple[int, int], int] = {}
        self.visits_of: dict[int, list[int]] = defaultdict(list)
        self.filled: dict[int, int] = {}
        for at in visits:
            if at not in hopeless and not start.is_filled(at):
                self._add_visit(at)
        self.missing = self.model.column(most=0.0)
        """Visits left empty beyond those that must be; none unless a narrowed model allows it."""
        self.steps = {who: self._add_visitor(who, most[who]) for who in sorted(self.visits_of)}
        self.unit = self._unit()

    def _add_visit(self, at: int) -> None:
        ground, model, held = self.ground, self.model, self.ground.held[at]
        crew = [
            who
            for who in ground.who_could[at]
            if who not in held
            and self.start.bar_now(who, at) is None
            and all(ground.bar_together(one, who, at) is None for one in held)
        ]
        self.crew[at] = crew
        self.filled[at] = model.column(is_whole=True)
        for who in crew:
            self.column[who, at] = model.column(is_whole=True)
            self.visits_of[who].append(at)
        terms = [(self.column[who, at], 1.0) for who in crew]
        model.row(0, 0, [*terms, (self.filled[at], len(held) - 2.0)])
        self._add_probation(at)
        self._add_conflicts(at)

    def _add_probation(self, at: int) -> None:
        ground, week = self.ground, self.ground.week[at]
        learning = [who for who in self.crew[at] if week in ground.probation[who]]
        held = sum(week in ground.probation[who] for who in ground.held[at])
        most = ground.rules.most_probationers - held
        if len(learning) > most and most < 2:
            self.model.at_most(max(0, most), [(self.column[who, at], 1.0) for who in learning])

    def _add_conflicts(self, at: int) -> None:
        crew = set(self.crew[at])
        barred = {
            (min(who, other), max(who, other))
            for who in crew
            for other in map(self.ground.at.get, self.ground.visitors[who].barred_people)
            if other in crew
        }
        for one, other in sorted(barred):
            self.model.at_most(1, [(self.column[one, at], 1.0), (self.column[other, at], 1.0)])

    def _add_visitor(self, who: int, most: int) -> list[int]:
        """The caps of one visitor, and the columns of their load, a step for each further visit."""
        ground, start, visitor = self.ground, self.start, self.ground.visitors[who]
        visits = self.visits_of[who]
        self._add_weeks(who)
        if visitor.most_a_month is not None:
            for month, inside in _by(visits, ground.month).items():
                self._cap(who, inside, visitor.most_a_month - start.in_month[who][month])
        steps = [
            self.model.column(ground.step(who, count))
            for count in range(start.count[who], min(most, start.count[who] + len(visits)))
        ]
        terms = [(self.column[who, at], 1.0) for at in visits]
        self.model.row(0, 0, [*terms, *((step, -1.0) for step in steps)])
        return steps

    def _cap(self, who: int, visits: list[int], most: int) -> None:
        if len(visits) > most:
            self.model.at_most(most, [(self.column[who, at], 1.0) for at in visits])

    def _add_weeks(self, who: int) -> None:
        rules, weeks = self.ground.rules, _by(self.visits_of[who], self.ground.week)
        for week, inside in weeks.items():
            self._cap(who, inside, rules.visits_a_week - self.start.in_week[who][week])
        if rules.gap_weeks:
            self._add_gaps(who, weeks)

    def _add_gaps(self, who: int, weeks: dict[int, list[int]]) -> None:
        """Of any weeks as close together as the gap, one at most. Weeks ruled out by a duty are not here."""
        terms: dict[int, list[tuple[int, float]]] = {}
        for week, inside in weeks.items():
            terms[week] = [(self.column[who, at], 1.0) for at in inside]
            if self.ground.rules.visits_a_week > 1 and len(inside) > 1:
                goes = self.model.column(is_whole=True)
                for column, _ in terms[week]:
                    self.model.at_most(0, [(column, 1.0), (goes, -1.0)])
                terms[week] = [(goes, 1.0)]
        for first in terms:
            near = [week for week in terms if first <= week <= first + self.ground.rules.gap_weeks]
            if len(near) > 1:
                self.model.at_most(1, [term for week in near for term in terms[week]])

    def _unit(self) -> int:
        """What all loads are whole multiples of: a bound may be rounded up to the next."""
        steps = [round(self.model.cost[column]) for columns in self.steps.values() for column in columns]
        return gcd(*steps) or 1

    def seek(self, costs: Mapping[int, float]) -> None:
        """Only these columns cost from now on."""
        self.model.cost = [0.0] * len(self.model.cost)
        for column, cost in costs.items():
            self.model.cost[column] = cost

    def empty_costs(self, each: float = 1.0) -> dict[int, float]:
        """Less for each visit filled."""
        return dict.fromkeys(self.filled.values(), -each)

    def load_costs(self) -> dict[int, float]:
        """In units."""
        return {
            column: self.ground.step(who, self.start.count[who] + at) // self.unit
            for who, columns in self.steps.items()
            for at, column in enumerate(columns)
        }

    def fill_all_but(self, empty: int) -> None:
        """From now on no more visits than these may stay empty."""
        terms = [(column, 1.0) for column in self.filled.values()]
        self.model.at_least(len(terms) - empty, [*terms, (self.missing, 1.0)])

    def hold_load(self, answer: Answer, units: int) -> None:
        """From now on the load is no more than this. `answer` is the least load in fractions: columns that
        its prices show to cost more than the difference stay as they are there."""
        costs = self.load_costs()
        room = units - answer.value + 0.5
        for column, price in enumerate(answer.prices):
            if abs(price) > room:
                fixed = self.model.least[column] if price > 0 else self.model.most[column]
                self.model.least[column] = self.model.most[column] = fixed
        self.model.at_most(units + 0.5, costs.items())

    def part(self, answer: Answer) -> bool:
        """Forbids the pairs in the answer that have no time in common; whether there were any."""
        apart = [
            (at, pair) for at, pair in self.full_pairs(answer).items() if not self.ground.common(*pair, at)
        ]
        for at, pair in apart:
            held = self.ground.held[at]
            terms = [(self.column[who, at], 1.0) for who in pair if who not in held]
            self.model.at_most(len(terms) - 1, terms)
        return bool(apart)

    def full_pairs(self, answer: Answer) -> dict[int, tuple[int, int]]:
        """The pairs of the visits filled, whoever is locked to them included."""
        both = {at: (*self.ground.held[at], *pair) for at, pair in self.pairs(answer).items()}
        return {at: (pair[0], pair[1]) for at, pair in both.items() if len(pair) == 2}

    def only_those_free(self, aims: Mapping[int, int]) -> Model:
        """The same model, only those left who are free in the timeslot that their visit aims at; where they
        are too few, more visits stay empty, which costs more than any load."""
        narrowed = Model()
        narrowed.__dict__.update(self.model.__dict__)
        narrowed.most, narrowed.cost = self.model.most[:], self.model.cost[:]
        narrowed.most[self.missing] = len(self.filled)
        narrowed.cost[self.missing] = 4.0 * max(1.0, *map(abs, narrowed.cost))
        for (who, at), column in self.column.items():
            if not (at in aims and self.ground.times(who, at) >> aims[at] & 1):
                narrowed.most[column] = 0.0
        return narrowed

    def pairs(self, answer: Answer) -> dict[int, list[int]]:
        """Whoever goes on each visit beside those locked to it."""
        return {
            at: [who for who in crew if answer.takes(self.column[who, at])] for at, crew in self.crew.items()
        }

    def counts(self, answer: Answer) -> dict[int, float]:
        """How many visits each visitor makes, in parts where the answer is."""
        return {
            who: sum(answer.values[self.column[who, at]] for at in visits)
            for who, visits in self.visits_of.items()
        }


def _by(visits: Iterable[int], what: list[int] | list[tuple[int, int]]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for at in visits:
        found[what[at]].append(at)
    return found
