"""A published rota after somebody dropped out: which places are to be filled, and the smallest change."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from sqlalchemy.orm import Session

from icv.planner.problem import Planned, Problem, Visitor
from icv.planner.rebuilding import Kept, Rebuilding, Rebuilt, suggest
from icv.planner.rechecking import bars_now
from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.services.rota.boards import Board, published_board
from icv.store.duties import PublishedVisit, published_visits
from icv.store.rota import Rota

Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class DropOut:
    """Somebody who cannot make visits of weeks that these days touch."""

    person_id: int
    days: Period


@dataclass(frozen=True, slots=True)
class Hole:
    """A place to fill, and why. `name` is whoever still has it, empty where nobody has."""

    visit_id: int
    place: int
    person_id: int | None
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Move:
    """A place that goes from one to another; None is nobody."""

    visit_id: int
    place: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Question:
    """The visits to come as they are, the places to fill among them, and how the planner is asked."""

    board: Board
    holes: tuple[Hole, ...]
    asked: Rebuilding
    gentle: Rebuilding
    """The same, with everybody who has accepted staying where they are."""

    @cached_property
    def seal(self) -> str:
        """Another as soon as anything is different that could lead to another answer."""
        return sha256(self.asked.to_json().encode()).hexdigest()[:16]

    def moves(self, rebuilt: Rebuilt) -> tuple[Move, ...]:
        """What really changes: a place that was empty and stays so does not."""
        return tuple(
            Move(one.visit, place + 1, before, after)
            for one in rebuilt.changed
            for place, (before, after) in enumerate(
                zip(self.board.seats_of(one.visit).visitors, one.visitors, strict=True)
            )
            if before != after
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_fewest`: proven, that no fewer places could change hands for as many visits filled."""

    moves: tuple[Move, ...]
    empty: tuple[int, ...]
    """Visits that stay without a pair."""
    is_fewest: bool


def question_of(
    session: Session, rota: Rota, choices: Choices, dropped: DropOut | None, *, today: date
) -> Question:
    """Of weeks that are not over; those of this week change only where a place is to be filled."""
    visits = [
        one for one in published_visits(session, rota.id) if one.outcome is None and one.week_ends_on >= today
    ]
    board = published_board(session, rota, visits, choices)
    holes = _holes(board, visits, dropped)
    return Question(
        board,
        tuple(holes),
        _rebuilding(board, visits, holes, dropped, today, is_gentle=False),
        _rebuilding(board, visits, holes, dropped, today, is_gentle=True),
    )


def _holes(board: Board, visits: Sequence[PublishedVisit], dropped: DropOut | None) -> list[Hole]:
    """By week and suite: places that are empty, that a rule stands against, or that somebody cannot keep."""
    bars = bars_now(board.asked.problem, board.plan.pairs)
    holes = []
    for visit in visits:
        for place in (1, 2):
            holder = visit.held(place)
            if holder is None:
                holes.append(Hole(visit.id, place, None, "", _why_empty(visit, place)))
            elif why := _why_not(visit, holder.person_id, dropped):
                holes.append(Hole(visit.id, place, holder.person_id, holder.name, why))
            elif (visit.id, place - 1) in bars and not holder.overridden:
                why = " ".join(bar.sentence for bar in bars[visit.id, place - 1])
                holes.append(Hole(visit.id, place, holder.person_id, holder.name, why))
    return holes


def _why_empty(visit: PublishedVisit, place: int) -> str:
    declined = visit.declined(place)
    if declined is None:
        return "Nobody has this place."
    return f"{declined.name} declined{f': {declined.reason}' if declined.reason else ''}."


def _why_not(visit: PublishedVisit, person_id: int, dropped: DropOut | None) -> str:
    if dropped is None or dropped.person_id != person_id:
        return ""
    is_touched = visit.week_starts_on <= dropped.days.last and dropped.days.first <= visit.week_ends_on
    return "Cannot come on these days." if is_touched else ""


def _rebuilding(
    board: Board,
    visits: Sequence[PublishedVisit],
    holes: Sequence[Hole],
    dropped: DropOut | None,
    today: date,
    *,
    is_gentle: bool,
) -> Rebuilding:
    """An empty place is held by a stand-in, cleared on no day, who gives it up."""
    stand_ins = {(hole.visit_id, hole.place): -number for number, hole in enumerate(holes, 1)}
    at: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for hole in holes:
        at[hole.visit_id][hole.place] = (
            stand_ins[hole.visit_id, hole.place] if hole.person_id is None else hole.person_id
        )
    problem = board.asked.problem
    return Rebuilding(
        replace(
            problem,
            visitors=(*_visitors(problem, dropped), *_stand_ins(holes)),
            visits=tuple(
                _stays(planned, visit, at[visit.id], today, is_gentle)
                for planned, visit in zip(problem.visits, visits, strict=True)
            ),
        ),
        tuple(Kept(one.visit_id, _with(one.visitors, at[one.visit_id])) for one in board.seats),
        given_up=frozenset((visit_id, who) for visit_id, places in at.items() for who in places.values())
        | _declined(board, visits),
    )


def _declined(board: Board, visits: Sequence[PublishedVisit]) -> set[tuple[int, int]]:
    """Nobody is asked again for a visit they have declined."""
    return {
        (visit.id, one.person_id)
        for visit in visits
        for one in visit.holders
        if not one.is_held and one.person_id in board.asked.people
    }


def _visitors(problem: Problem, dropped: DropOut | None) -> list[Visitor]:
    if dropped is None:
        return list(problem.visitors)
    days = (dropped.days.first, dropped.days.last)
    return [
        replace(one, away=(*one.away, days)) if one.key == dropped.person_id else one
        for one in problem.visitors
    ]


def _stand_ins(holes: Sequence[Hole]) -> list[Visitor]:
    return [
        Visitor(key=-number, cleared=()) for number, hole in enumerate(holes, 1) if hole.person_id is None
    ]


def _stays(
    planned: Planned, visit: PublishedVisit, holes: Mapping[int, int], today: date, is_gentle: bool
) -> Planned:
    """This week's people stay; gently asked, everybody who has accepted does."""

    def stays(place: int) -> int | None:
        holder = visit.held(place)
        if holder is None or place in holes:
            return None
        is_settled = is_gentle and holder.state is DutyState.ACCEPTED
        return holder.person_id if is_settled or visit.week_starts_on <= today else None

    return replace(planned, locked=(stays(1), stays(2)))


def _with(visitors: Pair, places: Mapping[int, int]) -> Pair:
    return places.get(1, visitors[0]), places.get(2, visitors[1])


def suggested(question: Question) -> Answer:
    """At once, without a solver. Whoever has accepted is moved only where that fills more or moves fewer."""
    gentle = suggest(question.gentle)
    answer = answer_of(question, gentle)
    if answer.is_fewest:
        return answer
    free = suggest(question.asked)
    return answer if _worth(gentle) <= _worth(free) else answer_of(question, free)


def confirmed(question: Question, rebuilt: Rebuilt) -> Answer:
    """What the planner found in its own process; of two that are as good, the one that leaves those who have
    accepted where they are."""
    gentle = suggest(question.gentle)
    if _worth(gentle) == _worth(rebuilt):
        return answer_of(question, replace(gentle, least=rebuilt.least))
    return answer_of(question, rebuilt)


def _worth(rebuilt: Rebuilt) -> tuple[int, int]:
    return len(rebuilt.unfilled), rebuilt.changes


def answer_of(question: Question, rebuilt: Rebuilt) -> Answer:
    """Each place to fill changes hands at the least: no more than these are the fewest."""
    moves = question.moves(rebuilt)
    is_least = not rebuilt.unfilled and len(moves) == len(question.holes)
    return Answer(moves, rebuilt.unfilled, is_least or rebuilt.is_proven)
