"""Custody suites and the periods they are open."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from icv.rules.visits import SuiteKind
from icv.store.base import Base


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


def suite_names(session: Session) -> list[tuple[int, str]]:
    """Every suite's number and name, closed ones included, by name."""
    rows = session.execute(sa.select(Suite.id, Suite.name).order_by(sa.func.lower(Suite.name)))
    return [(number, name) for number, name in rows]
