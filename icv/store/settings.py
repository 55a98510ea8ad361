"""Questions of the settings page: who chose what and from which day on, and what belongs to each team."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.accounts import Account
from icv.store.people import Person
from icv.store.scheme import Setting, SettingLine, Team
from icv.store.suites import Suite


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with how many people not gone and how many suites it has."""

    id: int
    name: str
    people: int
    suites: int


def choices_made(session: Session, name: str | None = None) -> list[SettingLine]:
    """Every choice ever made, or those of one name; the one that counts last comes last."""
    asked = (
        sa.select(Setting.name, Setting.value, Setting.effective_on, Setting.set_at, Account.name)
        .outerjoin(Account, Account.id == Setting.set_by_id)
        .order_by(Setting.effective_on, Setting.id)
    )
    if name is not None:
        asked = asked.where(Setting.name == name)
    return [SettingLine(*row) for row in session.execute(asked)]


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
