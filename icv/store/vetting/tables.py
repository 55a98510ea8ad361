"""Decisions that extended the expiry of vettings, and which they extended."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class Extension(Base):
    """One recorded decision: by whom it was taken and why, in `reason`."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    decided_on: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


class ExtendedVetting(Base):
    """A vetting the decision extended, and the last day it counted before."""

    __tablename__ = "extended_vettings"

    extension_id: Mapped[int] = mapped_column(sa.ForeignKey("extensions.id"), primary_key=True)
    vetting_id: Mapped[int] = mapped_column(sa.ForeignKey("vettings.id"), primary_key=True, index=True)
    until_before: Mapped[date]
