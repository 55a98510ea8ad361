"""What is asked of the planner: the scheme's people, suites and rules as a problem in plain data."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, groupby

from sqlalchemy.orm import Session

from icv.planner.problem import Duty, Planned, Problem, Rules, Span, SuiteNeeds, Visitor
from icv.planner.weeks import OpenPeriod, visits_needed, weeks_ending
from icv.planner.wire import BadProblem
from icv.rules.clearance import Cleared, cleared_spans
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.timeslots import Grid
from icv.services.rota.drafts import Where, numbered
from icv.services.rota.fairness import carried_over
from icv.services.rota.refusals import RotaError
from icv.store import availability, planning
from icv.store.availability import Answer
from icv.store.people import standings
from icv.store.planning import HeldPlace, InOffice, SuiteLine
from icv.store.rota import DraftLine

WEEK = timedelta(weeks=1)
A_YEAR = timedelta(weeks=52)
NOBODY = "Nobody yet"
NEIGHBOURHOOD = timedelta(days=31)
"""Visits so close to the period count in its months."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem, and the people and suites behind its numbers."""

    problem: Problem
    people: dict[int, InOffice]
    suites: dict[int, str]
    grid: Grid

    def name_of(self, who: int | None) -> str:
        """Who has a place, or that nobody has."""
        return NOBODY if who is None else self.people[who].name


def problem_for(
    session: Session,
    period: Period,
    *,
    seed: int,
    choices: Choices,
    suites: Collection[int] | None = None,
    kept: Mapping[Where, DraftLine] | None = None,
    lines: Sequence[SuiteLine] | None = None,
) -> Asked:
    """Every visit that the open suites need in the weeks that end in the period; `suites` asks for some only.

    `lines` are those of all suites, where they have been asked for already.
    Visits already on record at the same suites in the same weeks are planned anew, as if there were none.
    Locked places of the draft visits `kept` stay as they are. Raises RotaError for a period that cannot be
    planned.
    """
    needed = visits_in(session, period, suites)
    return asked_of(session, period, _planned(needed, kept or {}), seed=seed, choices=choices, lines=lines)


def visits_in(
    session: Session, period: Period, suites: Collection[int] | None
) -> tuple[tuple[int, date], ...]:
    """Suite and Monday of every visit the open suites need, or those of them. Raises RotaError."""
    try:
        weeks_ending(period.first, period.last)  # before a week is reckoned back from days nobody plans in
        stretches = [
            OpenPeriod(one.suite_id, one.opens_on, one.closes_on, one.visits_a_week)
            for one in planning.open_stretches(session, Period(period.first - WEEK, period.last))
            if suites is None or one.suite_id in suites
        ]
        return visits_needed(period.first, period.last, stretches)
    except BadProblem as wrong:
        raise RotaError(str(wrong)) from wrong


def _planned(needed: Sequence[tuple[int, date]], kept: Mapping[Where, DraftLine]) -> list[Planned]:
    return [
        Planned(key, where[0], where[1], kept[where].locked_visitors if where in kept else (None, None))
        for key, where in enumerate(numbered(needed), 1)
    ]


def asked_of(
    session: Session,
    period: Period,
    visits: Sequence[Planned],
    *,
    seed: int,
    choices: Choices,
    placed: Collection[int] = (),
    lines: Sequence[SuiteLine] | None = None,
    is_drawn: bool = True,
    looks_back: bool = True,
) -> Asked:
    """The problem of filling just these visits; people already placed are known even if they have left.

    `is_drawn`: False where it is only asked who may go, and not which timeslots the suites lack.
    `looks_back`: False where neither fair shares matter nor who went with whom in the year before.
    """
    mondays = [visit.week_starts for visit in visits] or [monday_of(period.first)]
    weeks = Period(min(mondays), max(mondays) + WEEK - timedelta(days=1))
    also = {*placed, *(who for visit in visits for who in visit.locked if who is not None)}
    people = planning.in_office(session, weeks, also)
    lines = planning.suites(session) if lines is None else lines
    year = A_YEAR if looks_back else timedelta(0)
    around = _around(weeks, choices, year)
    places = planning.held_places(session, around)
    planned = {(visit.suite, visit.week_starts) for visit in visits}
    past = [place for place in places if place.week_starts_on < weeks.first] if looks_back else []
    span = Period(min(period.first, weeks.first - year), weeks.last)
    visitors = _Visitors(session, weeks, span, people, lines, past, choices)
    problem = Problem(
        seed=seed,
        visitors=tuple(visitors.of(person) for person in people),
        suites=_suite_needs(session, weeks, lines, choices.grid, is_drawn),
        visits=tuple(visits),
        rules=Rules(
            bands=len(choices.bands),
            night_band=len(choices.bands) - 1,
            visits_a_week=choices.visits_a_week,
            gap_weeks=choices.gap_weeks,
            most_probationers=choices.probationers_in_pair,
        ),
        duties=_duties_around(places, planned, weeks, choices),
        past_pairs=_past_pairs(past),
    )
    return Asked(
        problem, {one.id: one for one in people}, {line.id: line.name for line in lines}, choices.grid
    )


def _around(weeks: Period, choices: Choices, year: timedelta) -> Period:
    near = NEIGHBOURHOOD + choices.gap_weeks * WEEK
    return Period(weeks.first - (year or near), weeks.last + near)


def _suite_needs(
    session: Session, weeks: Period, lines: Sequence[SuiteLine], grid: Grid, is_drawn: bool
) -> tuple[SuiteNeeds, ...]:
    year_before = Period(weeks.first - A_YEAR, weeks.first - timedelta(days=1))
    covered: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    for suite_id, arrived_at in planning.arrivals(session, year_before) if is_drawn else ():
        covered[suite_id][grid.slot_of(arrived_at)] += 1
    return tuple(SuiteNeeds(line.id, line.name, tuple(sorted(covered[line.id].items()))) for line in lines)


def _duties_around(
    places: Sequence[HeldPlace], planned: set[tuple[int, date]], weeks: Period, choices: Choices
) -> tuple[Duty, ...]:
    """Places that stand in the way: those of other visits near and in the period."""
    since = weeks.first - NEIGHBOURHOOD - choices.gap_weeks * WEEK
    return tuple(
        Duty(place.person_id, place.suite_id, monday_of(place.week_starts_on))
        for place in places
        if place.week_starts_on >= since
        and not (place.is_scheduled and (place.suite_id, monday_of(place.week_starts_on)) in planned)
    )


def _past_pairs(past: Sequence[HeldPlace]) -> tuple[tuple[int, int, int], ...]:
    times: Counter[tuple[int, int]] = Counter()
    for _, held in groupby(sorted(past, key=lambda place: place.visit_id), key=lambda place: place.visit_id):
        times.update(combinations(sorted(place.person_id for place in held), 2))
    return tuple((one, other, count) for (one, other), count in sorted(times.items()))


class _Visitors:
    """Everything known of the people of a period, asked for all at once; clearance in all of `span`."""

    def __init__(
        self,
        session: Session,
        weeks: Period,
        span: Period,
        people: Sequence[InOffice],
        lines: Sequence[SuiteLine],
        past: Sequence[HeldPlace],
        choices: Choices,
    ) -> None:
        ids = [person.id for person in people]
        known = standings(session, ids, needs=choices.clearance_needs)
        spans = {who: cleared_spans(known[who], span, choices) for who in ids}
        self.cleared = {who: _days(found, *Cleared) for who, found in spans.items()}
        self.probation = {who: _days(found, Cleared.PROBATION) for who, found in spans.items()}
        self.answers = availability.answers(session, ids)
        self.away: defaultdict[int, list[Span]] = defaultdict(list)
        for one in availability.days_away(session, ids, weeks):
            self.away[one.person_id].append((one.first_on, one.last_on))
        self.declared = planning.declared(session, weeks)
        self.lines, self.choices = lines, choices
        self.carried = carried_over(past, self.cleared, {who: _wanted(self.answers.get(who)) for who in ids})
        self.last_suite = {place.person_id: place.suite_id for place in past}

    def of(self, person: InOffice) -> Visitor:
        answer = self.answers.get(person.id)
        mine = [one for one in self.declared if one.person_id == person.id]
        return Visitor(
            key=person.id,
            cleared=self.cleared[person.id],
            probation=self.probation[person.id],
            free=None if answer is None else self._free(answer),
            away=tuple(self.away[person.id]),
            wanted_a_month=_wanted(answer),
            most_a_month=self._most(answer),
            suites=self._suites(person),
            barred_suites=frozenset(one.suite_id for one in mine if one.suite_id is not None),
            barred_people=frozenset(one.with_person_id for one in mine if one.with_person_id is not None),
            carried_visits=self.carried.get(person.id, 0.0),
            last_suite=self.last_suite.get(person.id),
        )

    def _free(self, answer: Answer) -> frozenset[tuple[int, int]]:
        """A timeslot of a grid with more bands than today's is none; with none at all, all are free."""
        slots = frozenset(self.choices.grid.slots())
        return answer.free & slots or slots

    def _most(self, answer: Answer | None) -> int | None:
        limits = [self.choices.most_visits_a_month, answer.most_a_month if answer else None]
        return min((limit for limit in limits if limit is not None), default=None)

    def _suites(self, person: InOffice) -> frozenset[int] | None:
        """A suite that belongs to a team is visited by its members, and by people without a team."""
        if person.team_id is None:
            return None
        return frozenset(line.id for line in self.lines if line.team_id in (None, person.team_id))


def _days(spans: Sequence[tuple[Period, Cleared]], *kinds: Cleared) -> tuple[Span, ...]:
    return tuple((span.first, span.last) for span, kind in spans if kind in kinds)


def _wanted(answer: Answer | None) -> float | None:
    return None if answer is None or answer.wanted_a_month is None else float(answer.wanted_a_month)
