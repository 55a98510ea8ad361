"""The board of the pipeline: who is at each stage before appointment and on probation, and who is stuck."""

from dataclasses import dataclass
from datetime import date
from statistics import median

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import day_in_words
from icv.rules.due import joins_on, needed_next
from icv.rules.pipeline import BOARD, why_stuck
from icv.rules.progress import Progress
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.store.people import Person, Round, StageStep, progress_of, standings, step_on


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the board. `days` since the stage began, None where nobody knows; `needed`: a sentence."""

    id: int
    name: str
    round: str | None
    since: date | None
    days: int | None
    needed: str | None
    stuck: str | None


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    name: str
    round: str | None
    probation_ends_on: date | None
    stage: Stage
    since: date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A stage, with how many are at it and how many of them are stuck.

    `people` are the first of them: those who are stuck, then those who have been there longest.
    `median_days` is how long all of them have been there, of those where it is known.
    """

    stage: Stage
    count: int
    stuck: int
    median_days: float | None
    people: tuple[Waiting, ...]


def pipeline_board(
    session: Session, day: date, choices: Choices, *, round_id: int | None = None, most: int = 50
) -> list[Column]:
    """A column a stage, in order, those with nobody included; `round_id`: of that round alone.

    What is next is worked out for those shown alone, at most `most` a column.
    """
    asked = _WAITING if round_id is None else _WAITING.where(Person.round_id == round_id)
    everybody = [_Row(*row) for row in session.execute(asked, {"day": day})]
    stuck = _stuck(session, everybody, day, choices)
    # They come by name, and those of one day stay so.
    everybody.sort(key=lambda row: (row.id not in stuck, row.since or date.max))
    at = {stage: [row for row in everybody if row.stage is stage] for stage in BOARD}
    shown = progress_of(session, [row.id for rows in at.values() for row in rows[:most]])
    return [
        Column(
            stage,
            len(rows),
            sum(row.id in stuck for row in rows),
            _median_days(rows, day),
            tuple(_waiting(row, shown[row.id], stuck.get(row.id), day, choices) for row in rows[:most]),
        )
        for stage, rows in at.items()
    ]


def _stuck(session: Session, rows: list[_Row], day: date, choices: Choices) -> dict[int, str]:
    """Why, for those who are."""
    in_vetting = standings(session, [row.id for row in rows if row.stage is Stage.VETTING])
    found = {
        row.id: why_stuck(row.stage, row.since, in_vetting.get(row.id), row.probation_ends_on, day, choices)
        for row in rows
    }
    return {person_id: why for person_id, why in found.items() if why}


def _waiting(row: _Row, progress: Progress, stuck: str | None, day: date, choices: Choices) -> Waiting:
    needed = needed_next(progress, day, choices)
    days = (day - row.since).days if row.since else None
    return Waiting(
        row.id,
        row.name,
        row.round,
        row.since,
        days,
        needed.sentence if needed else _joining(progress, day),
        stuck,
    )


def _joining(progress: Progress, day: date) -> str | None:
    joins = joins_on(progress.standing, day)
    return f"Joins on {day_in_words(joins)}." if joins else None


def _median_days(rows: list[_Row], day: date) -> float | None:
    days = [(day - row.since).days for row in rows if row.since]
    return median(days) if days else None


_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_STAGE = sa.func.coalesce(_STEP.stage, sa.literal(Stage.APPLIED, StageStep.stage.type))
_WAITING = (
    sa.select(
        Person.id,
        Person.name,
        Round.name.label("round"),
        Person.probation_ends_on,
        _STAGE.label("stage"),
        _STEP.on.label("since"),
    )
    .select_from(Person)
    .outerjoin(_STEP, _IS_THEIRS)
    .outerjoin(Round, Round.id == Person.round_id)
    .where(Person.left_on.is_(None) | (Person.left_on > sa.bindparam("day")), _STAGE.in_(BOARD))
    .order_by(sa.func.lower(Person.name), Person.id)
)
