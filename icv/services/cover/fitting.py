"""Who may take a place, and which places may change hands, by the rules that a rota is drawn by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from icv.planner import exchanging
from icv.planner.explain import candidates
from icv.planner.pairing import Bar
from icv.planner.problem import Planned
from icv.rules.cover import asked_until
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import visit_in_words
from icv.services.cover.errors import CoverError
from icv.services.rota.asking import asked_of
from icv.services.rota.boards import Board, Seats
from icv.store.cover import DutyInHand, Seated, seated_beside, seated_between
from icv.store.planning import SuiteLine

SWAPPED_WITHIN = timedelta(weeks=13)
"""A duty is exchanged for one that lies no further before or after it."""
MOST_SUGGESTED = 12
PRIVATE = frozenset({Bar.CONFLICT, Bar.PROBATION, Bar.NO_COMMON_TIME})
"""Reasons that tell something of the other visitor: said to the coordinator only."""


@dataclass(frozen=True, slots=True)
class MayTake:
    """Somebody who may take a place. Nothing is known here of those who may not, nor why.

    `is_suggested`: among the few with the fewest visits, so that not everybody is written to each time.
    """

    person_id: int
    name: str
    email: str
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class MaySwap:
    """A duty of somebody else that may be exchanged for one's own."""

    duty_id: int
    name: str
    suite: str
    week_starts_on: date
    week_ends_on: date

    @property
    def words(self) -> str:
        """Keyham Lane, week of 9 March to 15 March 2026: Bo Sample"""
        return f"{visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)}: {self.name}"


def who_may_take(session: Session, duty: DutyInHand, choices: Choices) -> list[MayTake]:
    """By name, its holder left out. The least loaded are suggested."""
    board = _board(session, seated_beside(session, [duty.visit_id]), choices)
    may = [
        board.asked.people[one.visitor]
        for one in candidates(board.asked.problem, board.plan, duty.visit_id, duty.place - 1)
        if one.visitor not in (duty.person_id, duty.partner_id)
        and not _bars(board, one.visitor, one.bars, duty.week_ends_on)
    ]
    found = [MayTake(one.id, one.name, one.email, at < MOST_SUGGESTED) for at, one in enumerate(may)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.person_id))


def refuse_unfit(
    session: Session, duty: DutyInHand, person_id: int, choices: Choices, *, is_told_all: bool
) -> None:
    """Raises CoverError for somebody who may not take the place now. `is_told_all`: the coordinator asks."""
    board = _board(session, seated_beside(session, [duty.visit_id]), choices)
    found = candidates(board.asked.problem, board.plan, duty.visit_id, duty.place - 1)
    bars = next((one.bars for one in found if one.visitor == person_id), (Bar.NOT_CLEARED,))
    _refuse(_bars(board, person_id, bars, duty.week_ends_on), is_told_all)


def swaps_for(session: Session, duty: DutyInHand, choices: Choices, *, on: date) -> list[MaySwap]:
    """Duties that others hold and that either could make in place of the other, by week and suite."""
    if not duty.is_scheduled:
        return []
    first = max(on, duty.week_starts_on - SWAPPED_WITHIN)
    visits = [
        one
        for one in seated_between(session, Period(first, duty.week_starts_on + SWAPPED_WITHIN))
        if asked_until(one.week_starts_on, choices) >= on or one.visit_id == duty.visit_id
    ]
    board = _board(session, visits, choices)
    by_id = {one.visit_id: one for one in visits}
    offers = []
    for other in exchanging.exchanges(board.asked.problem, board.plan.pairs, duty.visit_id, duty.place - 1):
        visit = by_id[other.visit]
        sitter = visit.sitters[other.place]
        stays = not _leaves(board, other.visitor, duty.week_ends_on)
        if sitter and stays and not _leaves(board, duty.person_id, visit.week_ends_on):
            offers.append(
                MaySwap(sitter.duty_id, sitter.name, visit.suite, visit.week_starts_on, visit.week_ends_on)
            )
    return offers


def refuse_unfit_swap(
    session: Session, own: DutyInHand, other: DutyInHand, choices: Choices, *, is_told_all: bool
) -> None:
    """Raises CoverError unless both may go in the other's place. `other` is the duty of whoever is told."""
    if own.visit_id == other.visit_id:
        raise CoverError("You are on the same visit: there is nothing to swap.")
    board = _board(session, seated_beside(session, [own.visit_id, other.visit_id]), choices)
    seats = (own.visit_id, own.place - 1), (other.visit_id, other.place - 1)
    asker, answerer = exchanging.bars_against(board.asked.problem, board.plan.pairs, *seats)
    _refuse(_bars(board, other.person_id, answerer, own.week_ends_on), is_told_all)
    if bars := _bars(board, own.person_id, asker, other.week_ends_on):
        why = f": {_sentences(bars)}" if is_told_all else "."
        raise CoverError(f"{own.name} cannot make {other.words} as things stand{why}")


def _refuse(bars: Sequence[Bar], is_told_all: bool) -> None:
    if not bars:
        return
    if is_told_all:
        raise CoverError(f"A rule stands against it: {_sentences(bars)}")
    said = [bar for bar in bars if bar not in PRIVATE]
    if not said:
        raise CoverError(
            "You and the other visitor cannot be put together on this visit as things stand."
            " Ask the coordinator."
        )
    raise CoverError(f"You cannot take this visit as things stand: {_sentences(said)}")


def _sentences(bars: Sequence[Bar]) -> str:
    """ "away this week. Already on another visit." """
    said = " ".join(bar.sentence for bar in bars)
    return f"{said[0].lower()}{said[1:]}"


def _bars(board: Board, person_id: int, bars: Sequence[Bar], last_on: date) -> Sequence[Bar]:
    """Whoever will have left by the end of the week may not be put on its visit at all."""
    return (Bar.NOT_CLEARED,) if not bars and _leaves(board, person_id, last_on) else bars


def _leaves(board: Board, person_id: int, last_on: date) -> bool:
    person = board.asked.people.get(person_id)
    return person is None or (person.left_on is not None and person.left_on <= last_on)


def _board(session: Session, visits: Sequence[Seated], choices: Choices) -> Board:
    """The places as they are, before the planner. Nothing is drawn: the seed does not matter."""
    seats = tuple(
        Seats(one.visit_id, one.suite_id, one.week_starts_on, one.week_ends_on, _pair(one)) for one in visits
    )
    planned = [Planned(one.visit_id, one.suite_id, monday_of(one.week_starts_on)) for one in seats]
    placed = {who for one in seats for who in one.visitors if who is not None}
    days = [one.week_starts_on for one in seats]
    weeks = Period(min(days), max(days))
    asked = asked_of(
        session, weeks, planned, seed=0, choices=choices, placed=placed, lines=_suites(visits), is_drawn=False
    )
    return Board(asked, seats)


def _suites(visits: Sequence[Seated]) -> list[SuiteLine]:
    return [*{one.suite_id: SuiteLine(one.suite_id, one.suite, one.team_id) for one in visits}.values()]


def _pair(visit: Seated) -> tuple[int | None, int | None]:
    first, second = visit.sitters
    return (first.person_id if first else None, second.person_id if second else None)
