"""Questions of the settings page: who chose what and from which day on, and what belongs to each team."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.accounts import Account
from icv.store.people import Person
from icv.store.scheme import Setting, SettingLine, Team
from icv.store.suites import Suite
from icv.store.trail import TrailEntry


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with how many people not gone and how many suites it has."""

    id: int
    name: str
    people: int
    suites: int


@dataclass(frozen=True, slots=True)
class Changed:
    """The latest change of a record; `by` None: by the command line or the worker."""

    by: str | None
    at: datetime
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class LatestChoice(Changed):
    """The choice recorded last, whichever day it counts from; `number` grows with each that is recorded."""

    number: int = 0


def choices_made(session: Session, name: str | None = None) -> list[SettingLine]:
    """Every choice ever made, or those of one name; the one that counts last comes last."""
    asked = (
        sa.select(Setting.name, Setting.value, Setting.effective_on, Setting.set_at, Account.name, Setting.id)
        .outerjoin(Account, Account.id == Setting.set_by_id)
        .order_by(Setting.effective_on, Setting.id)
    )
    if name is not None:
        asked = asked.where(Setting.name == name)
    return [SettingLine(*row) for row in session.execute(asked)]


def latest_choice(session: Session, name: str) -> LatestChoice | None:
    """None: nobody has chosen yet."""
    row = session.execute(
        sa.select(Account.name, Setting.set_at, Setting.set_by_id, Setting.id)
        .select_from(Setting)
        .outerjoin(Account, Account.id == Setting.set_by_id)
        .where(Setting.name == name)
        .order_by(Setting.id.desc())
        .limit(1)
    ).one_or_none()
    return LatestChoice(*row) if row else None


def teams_listed(session: Session) -> list[TeamLine]:
    """By name."""
    people = (
        sa.select(sa.func.count())
        .where(Person.team_id == Team.id, Person.left_on.is_(None))
        .scalar_subquery()
    )
    suites = sa.select(sa.func.count()).where(Suite.team_id == Team.id).scalar_subquery()
    rows = session.execute(sa.select(Team.id, Team.name, people, suites).order_by(sa.func.lower(Team.name)))
    return [TeamLine(*row) for row in rows]


def last_changes(session: Session, subject: str) -> dict[int, Changed]:
    """Of each record of the subject that the trail knows of."""
    latest = (
        sa.select(sa.func.max(TrailEntry.id))
        .where(TrailEntry.subject == subject)
        .group_by(TrailEntry.subject_id)
    )
    rows = session.execute(
        sa.select(TrailEntry.subject_id, Account.name, TrailEntry.at, TrailEntry.account_id)
        .outerjoin(Account, Account.id == TrailEntry.account_id)
        .where(TrailEntry.id.in_(latest))
    )
    return {number: Changed(by, at, by_id) for number, by, at, by_id in rows if number is not None}


def last_change(session: Session, subject: str, subject_id: int) -> Changed | None:
    """Of one record, if the trail knows of any."""
    row = session.execute(
        sa.select(Account.name, TrailEntry.at, TrailEntry.account_id)
        .select_from(TrailEntry)
        .outerjoin(Account, Account.id == TrailEntry.account_id)
        .where(TrailEntry.subject == subject, TrailEntry.subject_id == subject_id)
        .order_by(TrailEntry.id.desc())
        .limit(1)
    ).one_or_none()
    return Changed(*row) if row else None
