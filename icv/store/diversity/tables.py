"""Diversity of visitors beside the county: counts of an anonymous survey, in no row about anybody."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class Survey(Base):
    """One anonymous count of visitors. `county_source` names where the county's shares are from."""

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    counted_on: Mapped[date] = mapped_column(unique=True)
    county_source: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


class SurveyLine(Base):
    """Of one answer: how many visitors gave it, and its share of the county in tenths of a per cent."""

    __tablename__ = "survey_lines"

    survey_id: Mapped[int] = mapped_column(sa.ForeignKey("surveys.id"), primary_key=True)
    question: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str] = mapped_column(primary_key=True)
    visitors: Mapped[int | None]
    county_tenths: Mapped[int | None]

    __table_args__ = (
        sa.CheckConstraint("visitors >= 0", name="no_negative_visitors"),
        sa.CheckConstraint("county_tenths BETWEEN 0 AND 1000", name="at_most_the_county"),
    )
