"""Teams, and the scheme's choices with the day each takes effect."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.checks import Check
from icv.rules.requirements import CHOICE_OF_STAGE, Requirement
from icv.rules.scheme import CHOICE_NAMES, Choices, Need
from icv.rules.visits import Outcome
from icv.store.base import Base


class Team(Base):
    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Setting(Base):
    """One choice from a day on. Rows are added, never changed: the past keeps its own."""

    __tablename__ = "settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    value: Mapped[str]
    effective_on: Mapped[date]
    set_at: Mapped[datetime]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))

    __table_args__ = (sa.Index("ix_settings_name_effective_on", "name", "effective_on"),)


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A choice as it was made: the value in its stored form, the day it counts from, who made it and when.

    `number` grows with each that is recorded, whichever day it counts from.
    """

    name: str
    value: str
    effective_on: date
    set_at: datetime
    set_by: str | None
    number: int


def choices_on(session: Session, day: date) -> Choices:
    """The scheme's choices in force on that day; what was never chosen has its default."""
    return choices_on_days(session, [day])[day]


def choices_on_days(session: Session, days: Collection[date]) -> dict[date, Choices]:
    """Those in force on each of the days, in one question."""
    rows = session.execute(_CHOICES_ON, {"day": max(days)}).all()
    made = [(on, name, read_choice(name, value)) for name, value, on in rows if name in CHOICE_NAMES]
    return {day: Choices(**{name: value for on, name, value in made if on <= day}) for day in days}


# Every page asks this: the statement is put together once.
_CHOICES_ON = (
    sa.select(Setting.name, Setting.value, Setting.effective_on)
    .where(Setting.effective_on <= sa.bindparam("day"))
    .order_by(Setting.effective_on, Setting.id)
)


def write_choice(value: Any) -> str:
    """A choice's stored form: JSON, with sets sorted and times as HH:MM."""
    if isinstance(value, frozenset):
        return json.dumps(sorted(value))
    if isinstance(value, tuple):
        return json.dumps([_plain(one) for one in value], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def read_choice(name: str, value: str) -> Any:
    stored = json.loads(value)
    match name:
        case "bands":
            return tuple(time.fromisoformat(start) for start in stored)
        case "clearance_needs":
            return frozenset(Need(need) for need in stored)
        case "completed_outcomes":
            return frozenset(Outcome(outcome) for outcome in stored)
        case "contact_checks" | "suite_checks":
            return tuple(Check.read(one) for one in stored)
        case "finding_categories" | "finding_themes" | "barred_roles" | "terrorism_vetting_levels":
            return tuple(stored)
        case _ if name in CHOICE_OF_STAGE.values():
            return frozenset(Requirement(one) for one in stored)
    return stored


def _plain(one: Any) -> Any:
    if isinstance(one, Check):
        return [one.key, one.title, one.category]
    return f"{one:%H:%M}" if isinstance(one, time) else one


def teams(session: Session) -> Sequence[Team]:
    """By name."""
    return session.scalars(sa.select(Team).order_by(Team.name)).all()
