"""Changes by hand: who has a place of a draft or of a published rota, and which places are locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.services.rota.boards import Board, Candidate, board_of
from icv.services.rota.calendars import CalendarLink
from icv.services.rota.handing import hand_over, keep_others_out
from icv.services.rota.refusals import RotaError
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.trail import note


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody (None: nobody) has place 1 or 2 of a visit from now on."""

    visit_id: int
    place: int
    person_id: int | None


def put(
    session: Session,
    rota: Rota,
    visit_id: int,
    place: int,
    person_id: int | None,
    *,
    choices: Choices,
    reason: str = "",
    by: int | None,
    at: datetime,
    link: str = "",
) -> None:
    """Gives place 1 or 2 of a visit to somebody, or (None) leaves it empty.

    Against a rule only with a reason, which is recorded; never to the same person twice, nor to one who will
    have left. Of a published rota both are told; `link` is the address of their duties. Raises RotaError.
    """
    keep_others_out(session, rota)
    letters = CalendarLink(link, choices.feed_shows_suite)
    step = Step(visit_id, place, person_id)
    board = _put(session, rota, board_of(session, rota, choices), step, reason, by=by, at=at, letters=letters)
    _judge(rota, board, [visit_id], at)
    session.flush()


def put_all(
    session: Session,
    rota: Rota,
    steps: Sequence[Step],
    *,
    choices: Choices,
    by: int | None,
    at: datetime,
    link: str = "",
) -> None:
    """Several changes, one after the other, none of them against a rule.

    Raises RotaError, and then none is to be kept.
    """
    keep_others_out(session, rota)
    board = board_of(session, rota, choices)
    letters = CalendarLink(link, choices.feed_shows_suite)
    for step in steps:
        try:
            board = _put(session, rota, board, step, "", by=by, at=at, letters=letters)
        except RotaError as wrong:
            raise RotaError(f"Something has changed meanwhile, and nothing is done. {wrong}") from wrong
    _judge(rota, board, [step.visit_id for step in steps], at)
    session.flush()


def _put(
    session: Session,
    rota: Rota,
    board: Board,
    step: Step,
    reason: str,
    *,
    by: int | None,
    at: datetime,
    letters: CalendarLink,
) -> Board:
    """The board as it is after one change."""
    visit_id, place, person_id = step.visit_id, step.place, step.person_id
    if all(seats.visit_id != visit_id for seats in board.seats):
        raise RotaError("This visit has its outcome already, or is not on this rota: it cannot be changed.")
    overridden = "" if person_id is None else _refusal_or_reason(board, visit_id, place, person_id, reason)
    is_draft = rota.state is RotaState.DRAFT
    if is_draft:
        _put_on_draft(session, visit_id, place, person_id, overridden)
    else:
        hand_over(session, board, visit_id, place, person_id, overridden, by=by, at=at, letters=letters)
    about = {"visit": visit_id, "place": place, "person": person_id, "overridden": bool(overridden)}
    note(session, "change place", "rota", rota.id, by=by, at=at, **about)
    return board.with_place(visit_id, place, person_id, locks=is_draft)


def _judge(rota: Rota, board: Board, changed: Sequence[int], at: datetime) -> None:
    """What is kept beside the rota of how good it is, with these visits changed."""
    if rota.state is RotaState.DRAFT:
        rota.certificate = board.judgement()
    else:
        rota.certificate = after_change(rota, board, changed, london_day(at))


def _refusal_or_reason(board: Board, visit_id: int, place: int, person_id: int, reason: str) -> str:
    """The reason to record, empty where no rule stands against. Raises RotaError."""
    candidate = _candidate(board, visit_id, place, person_id)
    if candidate.never:
        never = f"{candidate.never[0].lower()}{candidate.never[1:]}"
        raise RotaError(f"{candidate.name} {never} Choose somebody else.")
    if candidate.reasons and not reason.strip():
        raise RotaError(
            f"A rule stands against {candidate.name}: {' '.join(candidate.reasons)}"
            " Say why it should be so all the same."
        )
    return reason.strip() if candidate.reasons else ""


def _candidate(board: Board, visit_id: int, place: int, person_id: int) -> Candidate:
    for candidate in board.candidates(visit_id, place):
        if candidate.person_id == person_id:
            return candidate
    raise RotaError("Only a visitor in office can be put on a visit. Choose one from the list.")


def _put_on_draft(
    session: Session, visit_id: int, place: int, person_id: int | None, overridden: str
) -> None:
    values: dict[str, Any] = {
        f"visitor_{place}_id": person_id,
        f"is_locked_{place}": person_id is not None,
        f"overridden_{place}": overridden,
        "suggested_slots": [],
    }
    session.execute(sa.update(DraftVisit).where(DraftVisit.id == visit_id).values(values))


def lock(
    session: Session,
    rota: Rota,
    visit_id: int,
    place: int,
    is_locked: bool,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """A locked visitor of a draft keeps the place when the rota is drawn again."""
    keep_others_out(session, rota)
    if rota.state is not RotaState.DRAFT:
        raise RotaError("Places of a published rota stay as they are until somebody changes them.")
    found = session.scalar(
        sa.update(DraftVisit)
        .where(DraftVisit.id == visit_id, DraftVisit.rota_id == rota.id)
        .values({f"is_locked_{place}": is_locked})
        .returning(DraftVisit.id)
    )
    if found is None:
        raise RotaError("This visit is not on this rota. Go back to the rota and choose the place again.")
    act = "lock place" if is_locked else "unlock place"
    note(session, act, "rota", rota.id, by=by, at=at, visit=visit_id, place=place)


def after_change(rota: Rota, board: Board, changed: Sequence[int], on: date) -> dict[str, Any]:
    """What was proven when it was published no longer speaks of the rota as it is."""
    empty = dict(rota.certificate.get("empty", {}))
    for visit_id in changed:
        empty.pop(str(visit_id), None)
        why = board.why_empty(visit_id)
        if why is not None:
            empty[str(visit_id)] = why
    return {**rota.certificate, "changed_on": on.isoformat(), "empty": empty}
