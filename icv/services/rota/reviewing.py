"""A draft looked at once more before it is published: what it brings, whom it tells, what no longer holds."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from icv.planner.rechecking import bars_now
from icv.rules.scheme import Choices
from icv.services.rota.blocking import in_the_way, on_record
from icv.services.rota.boards import Board, Seats, drafted_board
from icv.store.rota import DraftLine, Rota, draft_visits


@dataclass(frozen=True, slots=True)
class Against:
    """A place whose visitor a rule would keep off it today. `reason`: why it is so all the same."""

    visit_id: int
    place: int
    person_id: int
    name: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    rules: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Empty:
    """A visit that lacks one visitor, or both, and why."""

    visit_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    lacks: int
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who gets one letter, about so many duties."""

    person_id: int
    name: str
    duties: int


@dataclass(frozen=True, slots=True)
class Review:
    """`again` counts visits in the place of cancelled ones. `seal` changes with anything said here."""

    in_the_way: tuple[str, ...]
    against: tuple[Against, ...]
    settled: tuple[Against, ...]
    """Put there by hand, with the reason recorded then."""
    empty: tuple[Empty, ...]
    told: tuple[Told, ...]
    visits: int
    again: int
    suites: dict[int, str]
    lines: tuple[DraftLine, ...]

    @property
    def seal(self) -> str:
        said = [
            [[one.visit_id, one.place, one.person_id, *one.rules] for one in self.against],
            [[one.visit_id, one.lacks] for one in self.empty],
            [[one.person_id, one.duties] for one in self.told],
            [*self.in_the_way, self.visits],
        ]
        return sha256(json.dumps(said).encode()).hexdigest()[:16]


def review_of(session: Session, rota: Rota, choices: Choices, *, today: date) -> Review:
    """Of a draft, in the same number of queries however long it is."""
    lines = draft_visits(session, rota.id)
    board = drafted_board(session, rota, lines, choices)
    scheduled, cancelled = on_record(session, {line.week_starts_on for line in lines})
    against = _against(board, lines)
    duties = Counter(who for line in lines for who in line.visitors if who is not None)
    told = [Told(who, board.asked.people[who].name, count) for who, count in duties.items()]
    return Review(
        in_the_way=tuple(in_the_way(board.asked, lines, scheduled, today)),
        against=tuple(one for one in against if not one.reason),
        settled=tuple(one for one in against if one.reason),
        empty=tuple(_empty(one, board, rota) for one in board.seats if None in one.visitors),
        told=tuple(sorted(told, key=lambda one: (one.name, one.person_id))),
        visits=len(lines),
        again=sum((line.suite_id, line.week_starts_on) in cancelled for line in lines),
        suites=board.asked.suites,
        lines=tuple(lines),
    )


def _against(board: Board, lines: Sequence[DraftLine]) -> list[Against]:
    """By week and suite."""
    bars = bars_now(board.asked.problem, board.plan.pairs)
    return [
        Against(
            visit_id=line.id,
            place=place + 1,
            person_id=who,
            name=board.asked.people[who].name,
            suite=board.asked.suites[line.suite_id],
            week_starts_on=line.week_starts_on,
            week_ends_on=line.week_ends_on,
            rules=tuple(bar.sentence for bar in bars[line.id, place]),
            reason=line.overridden[place],
        )
        for line in lines
        for place, who in enumerate(line.visitors)
        if who is not None and (line.id, place) in bars
    ]


def _empty(seats: Seats, board: Board, rota: Rota) -> Empty:
    why = rota.certificate.get("empty", {}).get(str(seats.visit_id), {})
    return Empty(
        seats.visit_id,
        board.asked.suites[seats.suite_id],
        seats.week_starts_on,
        seats.week_ends_on,
        lacks=seats.visitors.count(None),
        why=why.get("full", ""),
    )
