"""One of two drafts kept and the other put away; what was locked in either stays locked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.planner.rechecking import bars_now
from icv.rules.scheme import Choices
from icv.rules.visits import visit_in_words
from icv.services.rota.boards import Board, drafted_board
from icv.services.rota.drafts import Where, lines_of
from icv.services.rota.drawing import discard
from icv.services.rota.handing import keep_others_out
from icv.services.rota.refusals import RotaError
from icv.store.rota import DraftLine, DraftVisit, Rota, RotaState, draft_visits
from icv.store.trail import note

FROM_THE_OTHER = "Locked in the draft that was put away"


@dataclass(frozen=True, slots=True)
class Carried:
    """Locked places taken over from the draft put away, and those for which there was no room, in words."""

    places: int
    lost: tuple[str, ...]


def keep_one(
    session: Session, kept: Rota, other: Rota, choices: Choices, *, by: int | None, at: datetime
) -> Carried:
    """Puts the other draft away. Places locked in it are locked in the one that is kept, too.

    Where both lock the same place for two people, the draft that is kept has its own. Raises RotaError.
    """
    for draft in sorted((kept, other), key=lambda one: one.id):
        keep_others_out(session, draft)
        if draft.state is not RotaState.DRAFT:
            raise RotaError("One of the two was published meanwhile: there is nothing to choose any more.")
    lines = lines_of(session, [kept])
    board = drafted_board(session, kept, list(lines.values()), choices)
    taken, lost = _taken_over(board, lines, lines_of(session, [other]))
    if taken:
        session.execute(sa.update(DraftVisit), [_values(line) for line in taken.values()])
        _judge_again(session, kept, taken, choices)
    discard(session, other, by=by, at=at)
    note(session, "keep rota", "rota", kept.id, by=by, at=at, discarded=other.id, locked=len(taken))
    session.flush()
    return Carried(len(taken), tuple(lost))


def _taken_over(
    board: Board, lines: Mapping[Where, DraftLine], others: Mapping[Where, DraftLine]
) -> tuple[dict[int, DraftLine], list[str]]:
    """The visits of the kept draft that change, as they are then; and what finds no place."""
    taken: dict[int, DraftLine] = {}
    lost = []
    for where, other in others.items():
        for place, who in enumerate(other.locked_visitors):
            if who is None:
                continue
            line = taken.get(lines[where].id, lines[where]) if where in lines else None
            if line is not None and who in line.locked_visitors:
                continue
            found = None if line is None else _locked(line, place, who, other.overridden[place])
            if found is None:
                suite = board.asked.suites[where[0]]
                visit = visit_in_words(suite, other.week_starts_on, other.week_ends_on)
                lost.append(f"{_name(board, who)}, {visit}")
            else:
                taken[found.id] = found
    return taken, lost


def _name(board: Board, who: int) -> str:
    return board.asked.people[who].name if who in board.asked.people else "Somebody"


def _locked(line: DraftLine, place: int, who: int, reason: str) -> DraftLine | None:
    """Where they are on the visit already, else at the same place, else at the other; None: no room."""
    if who in line.visitors:
        return _with(line, line.visitors.index(who), who, reason)
    free = [at for at in (place, 1 - place) if not line.locked[at]]
    return _with(line, free[0], who, reason) if free else None


def _with(line: DraftLine, place: int, who: int, reason: str) -> DraftLine:
    def changed(both: tuple[Any, Any], value: Any) -> tuple[Any, Any]:
        return (value, both[1]) if place == 0 else (both[0], value)

    was = line.overridden[place] if line.visitors[place] == who else ""
    return replace(
        line,
        visitors=changed(line.visitors, who),
        locked=changed(line.locked, True),
        overridden=changed(line.overridden, was or reason),
    )


def _values(line: DraftLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "visitor_1_id": line.visitors[0],
        "visitor_2_id": line.visitors[1],
        "is_locked_1": line.locked[0],
        "is_locked_2": line.locked[1],
        "overridden_1": line.overridden[0],
        "overridden_2": line.overridden[1],
        "suggested_slots": [],
    }


def _judge_again(session: Session, kept: Rota, taken: Mapping[int, DraftLine], choices: Choices) -> None:
    """Whoever a rule now keeps off a place taken over has the reason recorded, as after any change."""
    session.expire_all()
    lines = draft_visits(session, kept.id)
    board = drafted_board(session, kept, lines, choices, is_drawn=True)
    bars = bars_now(board.asked.problem, board.plan.pairs)
    for line in lines:
        for place in (0, 1):
            is_new = line.id in taken and line.locked[place] and not line.overridden[place]
            if is_new and (line.id, place) in bars:
                session.execute(
                    sa.update(DraftVisit)
                    .where(DraftVisit.id == line.id)
                    .values({f"overridden_{place + 1}": FROM_THE_OTHER})
                )
    kept.certificate = board.judgement()
