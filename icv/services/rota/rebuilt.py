"""The smallest change to a published rota in words: places before and after, each with its reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from icv.services.rota.moving import who_stays
from icv.services.rota.rebuilding import Answer, Move, Question


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A place before and after."""

    visit_id: int
    place: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class HoleLine:
    """A place to be filled, and why."""

    visit_id: int
    place: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    name: str
    why: str
    stays: bool
    """No change fills it, even with others moved."""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who gets one letter, about duties given and taken, and those they make with somebody else."""

    name: str
    given: int
    taken: int
    beside: int


@dataclass(frozen=True, slots=True)
class Shown:
    holes: tuple[HoleLine, ...]
    moves: tuple[MoveLine, ...]
    told: tuple[Told, ...]
    still_empty: int
    is_fewest: bool


def shown(question: Question, answer: Answer) -> Shown:
    """By week and suite; those told by name."""
    given = Counter(move.after for move in answer.moves if move.after is not None)
    taken = Counter(move.before for move in answer.moves if move.before is not None)
    people = question.board.asked.people
    beside = who_stays(question.board, answer.moves)
    told = [
        Told(people[who].name, given[who], taken[who], len(beside.get(who, ())))
        for who in {*given, *taken, *beside}
    ]
    return Shown(
        holes=tuple(_holes(question, answer)),
        moves=tuple(_move(question, answer, move) for move in answer.moves),
        told=tuple(sorted(told, key=lambda one: one.name)),
        still_empty=len(answer.empty),
        is_fewest=answer.is_fewest,
    )


def _holes(question: Question, answer: Answer) -> list[HoleLine]:
    filled = {(move.visit_id, move.place) for move in answer.moves if move.after is not None}
    found = []
    for hole in question.holes:
        seats = question.board.seats_of(hole.visit_id)
        found.append(
            HoleLine(
                hole.visit_id,
                hole.place,
                question.board.asked.suites[seats.suite_id],
                seats.week_starts_on,
                seats.week_ends_on,
                hole.name,
                hole.why,
                (hole.visit_id, hole.place) not in filled,
            )
        )
    return found


def _move(question: Question, answer: Answer, move: Move) -> MoveLine:
    seats, asked = question.board.seats_of(move.visit_id), question.board.asked
    return MoveLine(
        move.visit_id,
        move.place,
        asked.suites[seats.suite_id],
        seats.week_starts_on,
        seats.week_ends_on,
        asked.name_of(move.before),
        asked.name_of(move.after),
        _why(question, answer, move),
    )


def _why(question: Question, answer: Answer, move: Move) -> str:
    """Why the place is free, or for which other visit its holder is needed more."""
    hole = next(
        (one for one in question.holes if (one.visit_id, one.place) == (move.visit_id, move.place)), None
    )
    if hole is not None:
        return hole.why
    elsewhere = next((one for one in answer.moves if one.after == move.before and one != move), None)
    if elsewhere is not None:
        name = question.board.asked.people[move.before or 0].name
        return f"{name} is needed at {question.board.visit_in_words(elsewhere.visit_id)}."
    return "Somebody else could not go with the new visitor."
