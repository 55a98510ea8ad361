"""The tables of what other strands count: custody records read, dogs seen, and each check of them."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base
from icv.store.suites import Suite
from icv.store.visits.tables import Visit

PLACE_OF_VISIT = sa.case((Visit.place != "", Visit.place), else_=Suite.name)
"""Where a visit goes, of one joined with its suite: dogs are mostly somewhere else."""


class StrandCount(Base):
    """What a filed record review or dog-welfare visit counts: `number` of records or dogs, and its day.

    The day stands here and not in the visit's arrival, so that no figure of visits can take it for one.
    """

    __tablename__ = "strand_counts"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), primary_key=True)
    made_on: Mapped[date] = mapped_column(index=True)
    number: Mapped[int]

    __table_args__ = (sa.CheckConstraint("number >= 0", name="not_below_zero"),)


class StrandCheck(Base):
    """How often a check was in order, how often not, and how often nothing was said; in the form's order."""

    __tablename__ = "strand_checks"

    visit_id: Mapped[int] = mapped_column(sa.ForeignKey("visits.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    yes: Mapped[int]
    no: Mapped[int]
    unsaid: Mapped[int]

    __table_args__ = (sa.CheckConstraint("yes >= 0 AND no >= 0 AND unsaid >= 0", name="not_below_zero"),)
