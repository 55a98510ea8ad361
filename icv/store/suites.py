"""Custody suites and the periods they are open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from icv.rules.stamps import stamp
from icv.rules.visits import SuiteKind
from icv.store.base import Base
from icv.store.scheme import Team


class Suite(Base):
    __tablename__ = "suites"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(default="")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("teams.id"))

    periods: Mapped[list["SuitePeriod"]] = relationship(
        order_by="SuitePeriod.opens_on, SuitePeriod.id", cascade="all, delete-orphan", lazy="raise"
    )


class SuitePeriod(Base):
    """Days a suite is open, `closes_on` being the last of them (None: no end), and how often it is visited.

    `visits_a_week` may be a fraction: 0.25 is about monthly. Contingency periods are not planned.
    """

    __tablename__ = "suite_periods"

    id: Mapped[int] = mapped_column(primary_key=True)
    suite_id: Mapped[int] = mapped_column(sa.ForeignKey("suites.id"), index=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    kind: Mapped[SuiteKind] = mapped_column(default=SuiteKind.MAIN)
    visits_a_week: Mapped[float]

    __table_args__ = (
        sa.CheckConstraint("closes_on IS NULL OR closes_on >= opens_on", name="closes_after_opening"),
        sa.CheckConstraint("visits_a_week >= 0", name="visits_not_negative"),
    )


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period as it is listed."""

    id: int
    opens_on: date
    closes_on: date | None
    kind: SuiteKind
    visits_a_week: float

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)


@dataclass(frozen=True, slots=True)
class SuiteLine:
    """A suite with its periods, the latest first."""

    id: int
    name: str
    address: str
    team_id: int | None
    team: str | None
    periods: tuple[PeriodLine, ...]

    def open_on(self, day: date) -> PeriodLine | None:
        return next((period for period in self.periods if period.is_open_on(day)), None)


def stamp_of_description(suite: Suite | SuiteLine) -> str:
    return stamp(suite.name, suite.address, suite.team_id)


def stamp_of_period(period: SuitePeriod | PeriodLine) -> str:
    return stamp(period.opens_on, period.closes_on, period.kind, period.visits_a_week)


def suites_listed(session: Session) -> list[SuiteLine]:
    """By name."""
    periods: dict[int, list[PeriodLine]] = defaultdict(list)
    kept = session.execute(
        sa.select(
            SuitePeriod.suite_id,
            SuitePeriod.id,
            SuitePeriod.opens_on,
            SuitePeriod.closes_on,
            SuitePeriod.kind,
            SuitePeriod.visits_a_week,
        ).order_by(SuitePeriod.opens_on.desc(), SuitePeriod.id)
    )
    for suite_id, number, opens_on, closes_on, kind, often in kept:
        periods[suite_id].append(PeriodLine(number, opens_on, closes_on, kind, often))
    rows = session.execute(
        sa.select(Suite.id, Suite.name, Suite.address, Suite.team_id, Team.name)
        .outerjoin(Team, Team.id == Suite.team_id)
        .order_by(sa.func.lower(Suite.name))
    )
    return [
        SuiteLine(number, name, address, team_id, team, tuple(periods[number]))
        for number, name, address, team_id, team in rows
    ]


def suite_names(session: Session) -> list[tuple[int, str]]:
    """Every suite's number and name, closed ones included, by name."""
    rows = session.execute(sa.select(Suite.id, Suite.name).order_by(sa.func.lower(Suite.name)))
    return [(number, name) for number, name in rows]
