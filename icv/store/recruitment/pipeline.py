"""The board of the pipeline: who is at each stage before appointment and on probation, and who is stuck."""

from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.due import needed_next
from icv.rules.pipeline import BOARD, why_stuck
from icv.rules.progress import Progress
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.store.people import Person, Round, StageStep, progress_of, stage_on


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
class Column:
    """A stage and everybody at it: the stuck first, then those there longest."""

    stage: Stage
    people: tuple[Waiting, ...]

    @property
    def median_days(self) -> float | None:
        """That those there now have been there, where it is known."""
        days = [person.days for person in self.people if person.days is not None]
        return median(days) if days else None

    @property
    def stuck(self) -> int:
        return sum(person.stuck is not None for person in self.people)


def pipeline_board(
    session: Session, day: date, choices: Choices, *, round_id: int | None = None
) -> list[Column]:
    """A column a stage, in order, those with nobody included; `round_id`: of that round alone."""
    asked = _WAITING if round_id is None else _WAITING.where(Person.round_id == round_id)
    rows = session.execute(asked, {"day": day}).all()
    of_each = progress_of(session, [row.id for row in rows]) if rows else {}
    people: dict[Stage, list[Waiting]] = {stage: [] for stage in BOARD}
    for row in rows:
        people[row.stage].append(_waiting(row, of_each[row.id], day, choices))
    return [Column(stage, tuple(sorted(people[stage], key=_stuck_then_longest))) for stage in BOARD]


def _waiting(row: Any, progress: Progress, day: date, choices: Choices) -> Waiting:
    needed = needed_next(progress, day, choices)
    return Waiting(
        row.id,
        row.name,
        row.round,
        row.since,
        (day - row.since).days if row.since else None,
        needed.sentence if needed else None,
        why_stuck(row.stage, row.since, progress.standing, row.probation_ends_on, day, choices),
    )


def _stuck_then_longest(person: Waiting) -> tuple[bool, date]:
    """People come by name, and those of one day stay so."""
    return person.stuck is None, person.since or date.max


_STEP = stage_on(sa.bindparam("day"))
_STAGE = sa.func.coalesce(_STEP.c.stage, sa.literal(Stage.APPLIED, StageStep.stage.type))
_WAITING = (
    sa.select(
        Person.id,
        Person.name,
        Round.name.label("round"),
        Person.probation_ends_on,
        _STAGE.label("stage"),
        _STEP.c.on.label("since"),
    )
    .outerjoin(_STEP, _STEP.c.person_id == Person.id)
    .outerjoin(Round, Round.id == Person.round_id)
    .where(_STAGE.in_(BOARD))
    .order_by(sa.func.lower(Person.name), Person.id)
)
