"""Rotas: the period, how it was drawn, and the places of a draft. Publishing makes visits of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.days import Period
from icv.rules.timeslots import Slot
from icv.store.base import Base
from icv.store.people import Person


class RotaState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class Rota(Base):
    """`certificate` is the planner's: goal, value, bound and whether proven, a line each."""

    __tablename__ = "rotas"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    state: Mapped[RotaState] = mapped_column(default=RotaState.DRAFT)
    seed: Mapped[int] = mapped_column(sa.BigInteger)
    certificate: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


class DraftVisit(Base):
    """A visit of a draft: drafts never stand among the visits, so nothing can count or leak one.

    `overridden_1` and `_2` are the recorded reasons for putting somebody there against a rule.
    """

    __tablename__ = "draft_visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    rota_id: Mapped[int] = mapped_column(sa.ForeignKey("rotas.id"), index=True)
    suite_id: Mapped[int] = mapped_column(sa.ForeignKey("suites.id"))
    week_starts_on: Mapped[date]
    week_ends_on: Mapped[date]
    visitor_1_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    visitor_2_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"))
    is_locked_1: Mapped[bool] = mapped_column(default=False)
    is_locked_2: Mapped[bool] = mapped_column(default=False)
    overridden_1: Mapped[str] = mapped_column(default="")
    overridden_2: Mapped[str] = mapped_column(default="")
    suggested_slots: Mapped[list[Any]]

    __table_args__ = (sa.CheckConstraint("visitor_1_id != visitor_2_id", name="two_visitors"),)


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A visit of a draft. Everything that comes in twos is by place."""

    id: int
    suite_id: int
    week_starts_on: date
    week_ends_on: date
    visitors: tuple[int | None, int | None]
    locked: tuple[bool, bool]
    overridden: tuple[str, str]

    @property
    def locked_visitors(self) -> tuple[int | None, int | None]:
        first, second = self.visitors
        return first if self.locked[0] else None, second if self.locked[1] else None


@dataclass(frozen=True, slots=True)
class DraftRota:
    """A draft in the list; `empty` counts visits that lack a visitor."""

    id: int
    first_on: date
    last_on: date
    made_at: datetime
    visits: int
    empty: int


def drafts(session: Session) -> list[DraftRota]:
    """The earliest period first, then as they were drawn."""
    lacks = sa.or_(DraftVisit.visitor_1_id.is_(None), DraftVisit.visitor_2_id.is_(None))
    rows = session.execute(
        sa.select(
            Rota.id,
            Rota.first_on,
            Rota.last_on,
            Rota.made_at,
            sa.func.count(DraftVisit.id),
            sa.func.count(DraftVisit.id).filter(lacks),
        )
        .join(DraftVisit, DraftVisit.rota_id == Rota.id)
        .where(Rota.state == RotaState.DRAFT)
        .group_by(Rota.id, Rota.first_on, Rota.last_on, Rota.made_at)
        .order_by(Rota.first_on, Rota.id)
    )
    return [DraftRota(*row) for row in rows]


def draft_visits(session: Session, rota_id: int) -> list[DraftLine]:
    """By week, then suite, then as they were drawn."""
    rows = session.execute(
        sa.select(
            DraftVisit.id,
            DraftVisit.suite_id,
            DraftVisit.week_starts_on,
            DraftVisit.week_ends_on,
            DraftVisit.visitor_1_id,
            DraftVisit.visitor_2_id,
            DraftVisit.is_locked_1,
            DraftVisit.is_locked_2,
            DraftVisit.overridden_1,
            DraftVisit.overridden_2,
        )
        .where(DraftVisit.rota_id == rota_id)
        .order_by(DraftVisit.week_starts_on, DraftVisit.suite_id, DraftVisit.id)
    )
    return [
        DraftLine(row[0], row[1], row[2], row[3], (row[4], row[5]), (row[6], row[7]), (row[8], row[9]))
        for row in rows
    ]


def suggested_first(session: Session, rota_id: int) -> list[tuple[int, Slot]]:
    """The suite of each visit of a draft that has a pair, and the timeslot suggested to it first."""
    rows = session.execute(
        sa.select(DraftVisit.suite_id, DraftVisit.suggested_slots)
        .where(DraftVisit.rota_id == rota_id)
        .order_by(DraftVisit.id)
    )
    return [(suite_id, (slots[0][0], slots[0][1])) for suite_id, slots in rows if slots]


def suggested_of(session: Session, rota_id: int) -> dict[int, Slot]:
    """The timeslot suggested first to each visit of a draft that has one."""
    rows = session.execute(
        sa.select(DraftVisit.id, DraftVisit.suggested_slots).where(DraftVisit.rota_id == rota_id)
    )
    return {visit_id: (slots[0][0], slots[0][1]) for visit_id, slots in rows if slots}


def drafts_for(session: Session, period: Period, suites: Collection[int]) -> list[Rota]:
    """Drafts with a visit to one of the suites in a week that ends in the period, the oldest first."""
    planned = sa.select(DraftVisit.rota_id).where(
        DraftVisit.suite_id.in_(suites),
        DraftVisit.week_ends_on >= period.first,
        DraftVisit.week_ends_on <= period.last,
    )
    return list(
        session.scalars(
            sa.select(Rota).where(Rota.state == RotaState.DRAFT, Rota.id.in_(planned)).order_by(Rota.id)
        )
    )


def side_by_side(session: Session) -> list[tuple[int, int]]:
    """Drafts that plan a visit to the same suite in the same week, two by two, the earlier first."""
    drafted = session.scalars(sa.select(Rota.id).where(Rota.state == RotaState.DRAFT)).all()
    if len(drafted) < 2:
        return []
    # Met in Python: SQLite joins a draft's thousands of visits with each other for a third of a second.
    planned: defaultdict[tuple[int, date], list[int]] = defaultdict(list)
    for rota_id, suite_id, week in session.execute(
        sa.select(DraftVisit.rota_id, DraftVisit.suite_id, DraftVisit.week_starts_on)
        .where(DraftVisit.rota_id.in_(drafted))
        .order_by(DraftVisit.rota_id)
    ):
        planned[suite_id, week].append(rota_id)
    return sorted(
        {pair for rotas in planned.values() for pair in combinations(rotas, 2) if pair[0] != pair[1]}
    )


def last_week_planned(session: Session) -> date | None:
    """The last day of the latest published rota."""
    return session.scalar(sa.select(sa.func.max(Rota.last_on)).where(Rota.state == RotaState.PUBLISHED))


def keep_others_from_publishing(session: Session) -> None:
    """Until the transaction ends nobody else publishes; on SQLite one that may write is alone already."""
    session.execute(sa.select(Rota.id).order_by(Rota.id).with_for_update())


def keep_placed_people(session: Session, rota_id: int) -> None:
    """As `keep_people`, those with a place on a draft."""
    first, second = (
        sa.select(one).where(DraftVisit.rota_id == rota_id)
        for one in (DraftVisit.visitor_1_id, DraftVisit.visitor_2_id)
    )
    _keep_people(session, Person.id.in_(first) | Person.id.in_(second))


def keep_people(session: Session, person_ids: Collection[int]) -> None:
    """Until the transaction ends nobody else gives these people days away, or takes a duty from them."""
    _keep_people(session, Person.id.in_(person_ids))


def _keep_people(session: Session, which: sa.ColumnElement[bool]) -> None:
    session.execute(sa.select(Person.id).where(which).order_by(Person.id).with_for_update())
