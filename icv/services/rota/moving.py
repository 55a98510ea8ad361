"""The places of a published rota that change hands after a drop-out, and the letters to those it touches."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.planner.rechecking import bars_now
from icv.rules.days import london_day
from icv.rules.visits import HELD
from icv.services import letters
from icv.services.rota.boards import Board
from icv.services.rota.calendars import CalendarLink, Files, calendar_files
from icv.services.rota.changing import after_change
from icv.services.rota.handing import keep_others_out, take_back
from icv.services.rota.publishing import offer
from icv.services.rota.rebuilding import Move, Question
from icv.services.rota.refusals import RotaError
from icv.store.rota import Rota, RotaState, keep_people
from icv.store.scheme import choices_on
from icv.store.trail import note
from icv.store.visits import Duty

WITH_ANOTHER = (
    "You keep these visits, and make them with somebody else. A time agreed before no longer stands:"
    " agree one anew."
)
MOVED = "Something has changed since you looked. This is the smallest change as things are now."


def hold_for_moves(session: Session, rota: Rota, moves: Sequence[Move]) -> None:
    """Until the transaction ends nobody else changes this rota, or when these people can go."""
    keep_others_out(session, rota)
    if rota.state is not RotaState.PUBLISHED:
        raise RotaError("Only a published rota is put right so. Change the draft, or draw it again.")
    keep_people(session, {who for move in moves for who in (move.before, move.after) if who is not None})


def make_moves(
    session: Session,
    rota: Rota,
    question: Question,
    moves: Sequence[Move],
    *,
    seal: str,
    link: str,
    by: int | None,
    at: datetime,
) -> int:
    """Gives the places on, and answers how many people are told: each once, with the address `link`.

    `question` is asked anew under `hold_for_moves`; one of another seal than was shown is refused, and so are
    moves against a rule. Raises RotaError, and then nothing has changed.
    """
    if seal != question.seal or not moves:
        raise RotaError(MOVED)
    board = question.board
    for move in moves:
        board = board.with_place(move.visit_id, move.place, move.after, locks=False)
    _refuse_against(question, moves, board)
    offered = [
        offer(move.visit_id, move.after, move.place, by=by, at=at, overridden="")
        for move in moves
        if move.after is not None
    ]
    _release(session, moves, by=by, at=at)
    if offered:
        session.execute(sa.insert(Duty), offered)
    visits = [move.visit_id for move in moves]
    rota.certificate = after_change(rota, board, list(dict.fromkeys(visits)), london_day(at))
    shows_suite = choices_on(session, london_day(at)).feed_shows_suite
    files = calendar_files(session, set(visits), CalendarLink(link, shows_suite))
    told = _tell(session, rota, question, moves, files, link=link, at=at)
    note(session, "rebuild rota", "rota", rota.id, by=by, at=at, visits=sorted(set(visits)), people=told)
    session.flush()
    return told


def _refuse_against(question: Question, moves: Sequence[Move], board: Board) -> None:
    """Rules that stood against a visit before, with a reason or without, are no reason now."""
    seats = {one.visit_id: one.visitors for one in question.board.seats}
    for move in moves:
        is_as_shown = move.visit_id in seats and seats[move.visit_id][move.place - 1] == move.before
        if not is_as_shown or move.after not in {None, *question.board.asked.people}:
            raise RotaError(MOVED)
    if any(one is not None and one == other for one, other in (seat.visitors for seat in board.seats)):
        raise RotaError(MOVED)
    problem = question.asked.problem
    before, after = bars_now(problem, question.board.plan.pairs), bars_now(problem, board.plan.pairs)
    given = {(move.visit_id, move.place - 1) for move in moves if move.after is not None}
    changed = {move.visit_id for move in moves}
    if any(
        visit in changed and ((visit, place) in given or (visit, place) not in before)
        for visit, place in after
    ):
        raise RotaError(MOVED)


def _release(session: Session, moves: Sequence[Move], *, by: int | None, at: datetime) -> None:
    given_on = {(move.visit_id, move.place): move for move in moves if move.before is not None}
    held = session.scalars(
        sa.select(Duty)
        .where(Duty.visit_id.in_({move.visit_id for move in moves}), Duty.state.in_(HELD))
        .order_by(Duty.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    released = [duty for duty in held if (duty.visit_id, duty.place) in given_on]
    take_back(session, [(duty, given_on[duty.visit_id, duty.place].after) for duty in released], by=by, at=at)


def _with_whom(board: Board, move: Move) -> str:
    who = "nobody yet" if move.after is None else board.asked.people[move.after].name
    return f"- {board.visit_in_words(move.visit_id)}, with {who}"


def _tell(
    session: Session,
    rota: Rota,
    question: Question,
    moves: Sequence[Move],
    files: Files,
    *,
    link: str,
    at: datetime,
) -> int:
    """One letter to each whom it touches; who declined knows already."""
    taken: defaultdict[int, list[str]] = defaultdict(list)
    given: defaultdict[int, list[str]] = defaultdict(list)
    for move in moves:
        if move.before is not None:
            taken[move.before].append(f"- {question.board.visit_in_words(move.visit_id)}")
        if move.after is not None:
            given[move.after].append(f"- {question.board.visit_in_words(move.visit_id)}")
    beside = who_stays(question.board, moves)
    drafts = []
    for who in sorted({*taken, *given, *beside}):
        person = question.board.asked.people[who]
        said = [f"Dear {person.name},", "The rota has changed after somebody dropped out."]
        if taken[who]:
            said += ["No longer yours, and you need not do anything:", "\n".join(taken[who])]
        if given[who]:
            said += ["Asked of you now:", "\n".join(given[who]), f"Please say whether you can: {link}"]
        if who in beside:
            said += [WITH_ANOTHER, "\n".join(_with_whom(question.board, move) for move in beside[who])]
        file = files.of(who, *(move.visit_id for move in moves if who in (move.before, move.after)))
        key, body = f"rota {rota.id}, person {who}, {at.isoformat()}", "\n\n".join(said) + f"\n{file.words}"
        drafts.append(
            letters.Draft("rota rebuilt", key, person.email, "Your visits have changed", body, file.calendar)
        )
    letters.write_all(session, drafts, at=at)
    return len(drafts)


def who_stays(board: Board, moves: Sequence[Move]) -> dict[int, list[Move]]:
    """Visitors beside whom a place changes hands, each with those moves: whatever they agreed is gone."""
    found: defaultdict[int, list[Move]] = defaultdict(list)
    moved = {(move.visit_id, move.place) for move in moves}
    for move in moves:
        who = board.seats_of(move.visit_id).visitors[2 - move.place]
        if who is not None and (move.visit_id, 3 - move.place) not in moved:
            found[who].append(move)
    return dict(found)
