"""A rota as it stands, put before the planner: who could take a place, and why one is empty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from icv.planner import explain
from icv.planner.judge import as_it_stands
from icv.planner.pairing import Bar
from icv.planner.problem import Planned
from icv.planner.rota import Drawn, Quality, Status
from icv.planner.rota import Rota as Plan
from icv.rules.days import Period, day_in_words, merged
from icv.rules.scheme import Choices
from icv.rules.visits import visit_in_words
from icv.services.rota.asking import Asked, asked_of
from icv.services.rota.judging import in_short, judgement, why_empty
from icv.store.duties import PublishedVisit, published_visits
from icv.store.rota import DraftLine, Rota, RotaState, draft_visits

NOT_ASKED = Quality(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody for a place: the reasons against, none if they may go, and their visits on this rota.

    `never`: why they may not be put there even with a recorded reason; empty where they may.
    """

    person_id: int
    name: str
    visits: int
    reasons: tuple[str, ...]
    never: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """Who is on a visit, by place."""

    visit_id: int
    suite_id: int
    week_starts_on: date
    week_ends_on: date
    visitors: tuple[int | None, int | None]
    locked: tuple[int | None, int | None] = (None, None)

    def with_place(self, place: int, person_id: int | None, locks: bool) -> "Seats":
        held = person_id if locks else None
        if place == 1:
            return replace(self, visitors=(person_id, self.visitors[1]), locked=(held, self.locked[1]))
        return replace(self, visitors=(self.visitors[0], person_id), locked=(self.locked[0], held))


@dataclass(frozen=True, slots=True)
class Board:
    """The places as they are, and the planner's view of them. Visits go by their own ids."""

    asked: Asked
    seats: tuple[Seats, ...]

    @property
    def plan(self) -> Plan:
        """The places exactly as they are, nothing judged."""
        drawn = tuple(Drawn(one.visit_id, one.visitors) for one in self.seats)
        return Plan(self.asked.problem.seed, Status.FEASIBLE, drawn, NOT_ASKED, (), 0)

    def judgement(self) -> dict[str, Any]:
        """How good it is as it stands, changes by hand included."""
        pairs = {one.visit_id: one.visitors for one in self.seats}
        return judgement(self.asked, as_it_stands(self.asked.problem, pairs))

    def with_place(self, visit_id: int, place: int, person_id: int | None, *, locks: bool) -> "Board":
        """The same board with one place changed, and locked if asked for."""
        seats = tuple(
            one.with_place(place, person_id, locks) if one.visit_id == visit_id else one for one in self.seats
        )
        visits = tuple(
            replace(visit, locked=one.locked)
            for visit, one in zip(self.asked.problem.visits, seats, strict=True)
        )
        return Board(replace(self.asked, problem=replace(self.asked.problem, visits=visits)), seats)

    def candidates(self, visit_id: int, place: int) -> list[Candidate]:
        """Everybody for place 1 or 2, those who may go first, the least loaded before others."""
        seats = self.seats_of(visit_id)
        found = explain.candidates(self.asked.problem, self.plan, visit_id, place - 1)
        return [self._candidate(one, seats, place) for one in found]

    def _candidate(self, one: explain.Candidate, seats: Seats, place: int) -> Candidate:
        name, reasons = self.asked.people[one.visitor].name, tuple(bar.sentence for bar in one.bars)
        never = self._never(one.visitor, seats, place)
        is_barred = never and Bar.ALREADY_ON_VISIT not in one.bars
        return Candidate(one.visitor, name, one.visits, (*reasons, never) if is_barred else reasons, never)

    def _never(self, who: int, seats: Seats, place: int) -> str:
        """The Code of Practice knows no visit by one alone, nor by somebody who is no visitor any more."""
        if seats.visitors[2 - place] == who:
            return "Has the other place on this visit already: nobody visits alone."
        left_on = self.asked.people[who].left_on
        if left_on is not None and left_on <= seats.week_ends_on:
            return f"Leaves on {day_in_words(left_on)} and cannot be put on this visit."
        return ""

    def why_empty(self, visit_id: int) -> dict[str, str] | None:
        """None for a visit that has its pair."""
        if all(one.visit_id != visit_id or None not in one.visitors for one in self.seats):
            return None
        return why_empty(self.asked, self.inquiry(), visit_id)

    def whys_short(self, visit_ids: Collection[int]) -> dict[int, str]:
        """The shortest reason for each of these visits that lacks a visitor."""
        wanted = [one.visit_id for one in self.seats if one.visit_id in visit_ids and None in one.visitors]
        inquiry = self.inquiry() if wanted else None
        return {one: in_short(inquiry.shortly(one)) for one in wanted} if inquiry else {}

    def inquiry(self, *, until: date | None = None) -> explain.Inquiry:
        """Visits whose week has begun by then give nobody up."""
        fixed = [one.visit_id for one in self.seats if until is not None and one.week_starts_on <= until]
        return explain.Inquiry(self.asked.problem, self.plan, fixed)

    def cleared(self) -> dict[int, list[Period]]:
        """When each of its people may visit, in its weeks and, looking back, the year before."""
        return {
            one.key: merged([Period(first, last) for first, last in one.cleared if first and last])
            for one in self.asked.problem.visitors
        }

    def seats_of(self, visit_id: int) -> Seats:
        return next(one for one in self.seats if one.visit_id == visit_id)

    def visit_in_words(self, visit_id: int) -> str:
        """Euston Street, week of 9 March to 15 March 2026"""
        seats = self.seats_of(visit_id)
        return visit_in_words(self.asked.suites[seats.suite_id], seats.week_starts_on, seats.week_ends_on)


def board_of(session: Session, rota: Rota, choices: Choices, *, looks_back: bool = True) -> Board:
    """The visits that can still be changed: all of a draft, and those published that have no outcome yet.

    `looks_back`: False where nobody is to be chosen, so that their fair shares do not matter.
    """
    seats = (
        [_drafted(line) for line in draft_visits(session, rota.id)]
        if rota.state is RotaState.DRAFT
        else [_published(visit) for visit in published_visits(session, rota.id) if visit.outcome is None]
    )
    return _board(session, rota, seats, choices, is_drawn=looks_back, looks_back=looks_back)


def drafted_board(
    session: Session, rota: Rota, lines: Sequence[DraftLine], choices: Choices, *, is_drawn: bool = False
) -> Board:
    """Of these visits of a draft. `is_drawn`: the timeslots that the suites lack matter too."""
    return _board(session, rota, [_drafted(line) for line in lines], choices, is_drawn=is_drawn)


def published_board(
    session: Session, rota: Rota, visits: Sequence[PublishedVisit], choices: Choices
) -> Board:
    """Of these visits of a published rota; which timeslots the suites lack is not asked."""
    return _board(session, rota, [_published(visit) for visit in visits], choices, is_drawn=False)


def _board(
    session: Session,
    rota: Rota,
    seats: Sequence[Seats],
    choices: Choices,
    *,
    is_drawn: bool = True,
    looks_back: bool = True,
) -> Board:
    planned = [Planned(one.visit_id, one.suite_id, one.week_starts_on, one.locked) for one in seats]
    placed = {who for one in seats for who in one.visitors if who is not None}
    asked = asked_of(
        session,
        Period(rota.first_on, rota.last_on),
        planned,
        seed=rota.seed,
        choices=choices,
        placed=placed,
        is_drawn=is_drawn,
        looks_back=looks_back,
    )
    return Board(asked, tuple(seats))


def _drafted(line: DraftLine) -> Seats:
    return Seats(
        line.id, line.suite_id, line.week_starts_on, line.week_ends_on, line.visitors, line.locked_visitors
    )


def _published(visit: PublishedVisit) -> Seats:
    first, second = visit.held(1), visit.held(2)
    visitors = (first.person_id if first else None, second.person_id if second else None)
    return Seats(visit.id, visit.suite_id, visit.week_starts_on, visit.week_ends_on, visitors)
