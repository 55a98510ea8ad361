"""The list of people: who is at which stage, may visit or not, and what of theirs runs out next."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.clearance import Clearance, Standing, clearance, may_visit
from icv.rules.due import Due, next_due
from icv.rules.scheme import Choices
from icv.rules.stages import APPOINTED, GONE, Stage
from icv.store.people.standings import standings
from icv.store.people.tables import Person, StageStep, stands
from icv.store.scheme import Team

PAGE = 100
NO_TEAM = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a list is asked for. `stage` None: all who are not gone. `team_id` NO_TEAM: those without."""

    stage: Stage | None = None
    team_id: int | None = None
    is_cleared: bool | None = None
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row of the list; `since` None: it was always so."""

    id: int
    name: str
    team: str | None
    stage: Stage
    since: date | None
    clearance: Clearance
    due: Due | None

    @property
    def is_in_office(self) -> bool:
        return self.stage in APPOINTED


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `by_stage` and `count` are of all that fits the other filters, on every page."""

    lines: list[PersonLine]
    by_stage: Counter[Stage]
    count: int
    page: int
    last_page: int

    @property
    def current(self) -> int:
        """How many are in hand: neither left nor turned away."""
        return sum(number for stage, number in self.by_stage.items() if stage not in GONE)


@dataclass(frozen=True, slots=True)
class ChosenPerson:
    """Somebody ticked in the list; `stage` is that of the last step, one planned ahead included."""

    id: int
    name: str
    stage: Stage
    is_appointed: bool


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    name: str
    team: str | None
    probation_ends_on: date | None
    stage: Stage
    since: date | None


def people_listed(session: Session, wanted: Wanted, day: date, choices: Choices) -> Listed:
    """By name. Clearance is worked out for the page alone, unless it is what is asked for."""
    rows = _rows(session, wanted, day)
    by_stage = Counter(row.stage for row in rows)
    rows = [row for row in rows if _is_at(row.stage, wanted.stage)]
    of_each: dict[int, Standing] = {}
    if wanted.is_cleared is not None:
        of_each = standings(session, [row.id for row in rows])
        rows = [row for row in rows if may_visit(of_each[row.id], day, choices) is wanted.is_cleared]
    last_page = max(1, -(-len(rows) // PAGE))
    page = min(max(wanted.page, 1), last_page)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    of_each = of_each or standings(session, [row.id for row in shown])
    lines = [_line(row, of_each[row.id], day, choices) for row in shown]
    return Listed(lines, by_stage, len(rows), page, last_page)


def people_chosen(session: Session, person_ids: Collection[int]) -> list[ChosenPerson]:
    """By name; ids of nobody are left out. Who has an end to their membership on record is not appointed."""
    step, is_theirs = step_on(date.max)
    rows = session.execute(
        sa.select(
            Person.id,
            Person.name,
            sa.func.coalesce(step.stage, Stage.APPLIED),
            Person.appointed_on.is_not(None) & Person.left_on.is_(None),
        )
        .select_from(Person)
        .outerjoin(step, is_theirs)
        .where(Person.id.in_(person_ids))
        .order_by(sa.func.lower(Person.name), Person.id)
    )
    return [ChosenPerson(*row) for row in rows]


def step_on(
    day: date | sa.BindParameter[date] | sa.SQLColumnExpression[date],
    of: sa.SQLColumnExpression[int] | sa.SQLColumnExpression[int | None] | int = Person.id,
) -> tuple[type[StageStep], sa.ColumnElement[bool]]:
    """The step that decides a person's stage on the day, and what to join it on: who has none, has no row.

    It is the latest made by the day; of one day, the step made last. `of` is the id of the person.
    """
    step, made = aliased(StageStep), aliased(StageStep)
    latest = (
        sa.select(made.id)
        .where(made.person_id == of, made.on.is_(None) | (made.on <= day), stands(made))
        .order_by(made.on.desc().nulls_last(), made.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # Looked up for whoever is asked about: of everybody, and joined after, it takes three times as long.
    return step, step.id == latest


def _rows(session: Session, wanted: Wanted, day: date) -> list[_Row]:
    """Everybody the filters but those of stage and clearance let through."""
    asked = _EVERYBODY
    if wanted.team_id is not None:
        asked = asked.where(
            Person.team_id.is_(None) if wanted.team_id == NO_TEAM else Person.team_id == wanted.team_id
        )
    if wanted.words:
        asked = asked.where(
            Person.name.icontains(wanted.words, autoescape=True)
            | Person.email.icontains(wanted.words, autoescape=True)
        )
    return [
        _Row(number, name, team, probation_ends_on, stage or Stage.APPLIED, since)
        for number, name, team, probation_ends_on, stage, since in session.execute(asked, {"day": day})
    ]


_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_EVERYBODY = (
    sa.select(Person.id, Person.name, Team.name, Person.probation_ends_on, _STEP.stage, _STEP.on)
    .select_from(Person)
    .join(_STEP, _IS_THEIRS, isouter=True)
    .join(Team, Team.id == Person.team_id, isouter=True)
    .order_by(sa.func.lower(Person.name), Person.id)
)
"""Put together once."""


def _is_at(stage: Stage, wanted: Stage | None) -> bool:
    return stage not in GONE if wanted is None else stage is wanted


def _line(row: _Row, standing: Standing, day: date, choices: Choices) -> PersonLine:
    return PersonLine(
        row.id,
        row.name,
        row.team,
        row.stage,
        row.since,
        clearance(standing, day, choices),
        next_due(standing, row.probation_ends_on, day),
    )
