"""One person's record: who they are, the steps they took, and what is kept for clearance."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor, Role
from icv.rules.records import AgreementFacts, CardFacts, Facts, TermFacts, TrainingFacts, VettingFacts
from icv.rules.stages import Stage
from icv.store.accounts import Account
from icv.store.people.dated import Agreement, Card, Term, Training, Vetting
from icv.store.people.tables import Conflict, Person, Round, StageStep
from icv.store.scheme import Team
from icv.store.suites import Suite

F = TypeVar("F", bound=Facts)

TABLES: dict[type[Facts], Any] = {
    VettingFacts: Vetting,
    TrainingFacts: Training,
    TermFacts: Term,
    AgreementFacts: Agreement,
    CardFacts: Card,
}
"""Where each kind of record is kept; the columns are named as its fields."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    id: int
    name: str
    email: str
    phone: str
    team_id: int | None
    team: str | None
    round: str | None
    account_id: int | None
    applied_on: date | None
    appointed_on: date | None
    probation_ends_on: date | None
    left_on: date | None
    left_reason: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as listed; `is_undone` where a later one corrected it, `corrects` where it corrects one."""

    id: int
    stage: Stage
    on: date | None
    reason: str
    by: str | None
    made_at: datetime
    corrects: bool
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Kept(Generic[F]):
    """A record as it is kept, with the number it is changed by."""

    id: int
    facts: F


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Whom or where a person must not visit with or at; `person_id` is the other one's."""

    id: int
    person_id: int | None
    person: str | None
    suite: str | None
    declared_on: date
    ended_on: date | None


def person_seen_by(session: Session, actor: Actor, person_id: int) -> PersonRecord | None:
    """A coordinator sees everyone's record, everyone else their own alone."""
    if Role.COORDINATOR not in actor.roles and person_id != actor.person_id:
        return None
    row: Sequence[Any] | None = session.execute(
        sa.select(
            Person.id,
            Person.name,
            Person.email,
            Person.phone,
            Person.team_id,
            Team.name,
            Round.name,
            Person.account_id,
            Person.applied_on,
            Person.appointed_on,
            Person.probation_ends_on,
            Person.left_on,
            Person.left_reason,
        )
        .outerjoin(Team, Team.id == Person.team_id)
        .outerjoin(Round, Round.id == Person.round_id)
        .where(Person.id == person_id)
    ).one_or_none()
    return PersonRecord(*row) if row else None


def timeline(session: Session, person_id: int) -> list[StepLine]:
    """Latest first; of one day, the step made last comes first."""
    correction = aliased(StageStep)
    rows = session.execute(
        sa.select(
            StageStep.id,
            StageStep.stage,
            StageStep.on,
            StageStep.reason,
            Account.name,
            StageStep.made_at,
            StageStep.corrects_id.is_not(None),
            correction.id.is_not(None),
        )
        .outerjoin(Account, Account.id == StageStep.made_by_id)
        .outerjoin(correction, correction.corrects_id == StageStep.id)
        .where(StageStep.person_id == person_id)
        .order_by(StageStep.on.desc().nulls_last(), StageStep.id.desc())
    )
    return [StepLine(*row) for row in rows]


def records_kept(session: Session, person_id: int, kind: type[F]) -> list[Kept[F]]:
    """Those of one kind, latest entered first."""
    table = TABLES[kind]
    columns = [getattr(table, fact.name) for fact in fields(kind)]  # type: ignore[arg-type]
    rows = session.execute(
        sa.select(table.id, *columns).where(table.person_id == person_id).order_by(table.id.desc())
    )
    return [Kept(number, kind(*values)) for number, *values in rows]


def conflicts_of(session: Session, person_id: int, *, as_own: bool = False) -> list[ConflictLine]:
    """Declared by the person or about them, those in force first. `as_own`: not what others declared."""
    other = sa.case((Conflict.person_id == person_id, Conflict.with_person_id), else_=Conflict.person_id)
    whose = sa.false() if as_own else Conflict.with_person_id == person_id
    rows = session.execute(
        sa.select(Conflict.id, Person.id, Person.name, Suite.name, Conflict.declared_on, Conflict.ended_on)
        .outerjoin(Person, sa.and_(Conflict.with_person_id.is_not(None), Person.id == other))
        .outerjoin(Suite, Suite.id == Conflict.suite_id)
        .where((Conflict.person_id == person_id) | whose)
        .order_by(Conflict.ended_on.is_not(None), Conflict.declared_on, Conflict.id)
    )
    return [ConflictLine(*row) for row in rows]


def names_on_record(session: Session) -> list[tuple[int, str]]:
    """Everybody's number and name, by name."""
    rows = session.execute(sa.select(Person.id, Person.name).order_by(sa.func.lower(Person.name), Person.id))
    return [(number, name) for number, name in rows]


def rounds_on_record(session: Session) -> list[str]:
    """Names of recruitment rounds, the latest made first."""
    return list(session.scalars(sa.select(Round.name).order_by(Round.id.desc())))
