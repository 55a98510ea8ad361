"""People: one record each from application to leaving, and what clearance is made from."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from icv.rules.stages import Stage
from icv.store.base import Base


class Round(Base):
    """A recruitment round."""

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]


class Person(Base):
    """`left_on` is the first day the person no longer belongs; `appointed_on` the first of membership."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("teams.id"))
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rounds.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"), unique=True)
    applied_on: Mapped[date | None]
    appointed_on: Mapped[date | None]
    probation_ends_on: Mapped[date | None]
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(default="")

    steps: Mapped[list["StageStep"]] = relationship(order_by="StageStep.id", lazy="raise")
    vettings: Mapped[list["Vetting"]] = relationship(order_by="Vetting.id", lazy="raise")
    trainings: Mapped[list["Training"]] = relationship(order_by="Training.id", lazy="raise")
    terms: Mapped[list["Term"]] = relationship(order_by="Term.id", lazy="raise")
    agreements: Mapped[list["Agreement"]] = relationship(order_by="Agreement.id", lazy="raise")
    cards: Mapped[list["Card"]] = relationship(order_by="Card.id", lazy="raise")

    __table_args__ = (
        sa.CheckConstraint(
            "left_on IS NULL OR appointed_on IS NULL OR left_on >= appointed_on", name="left_after"
        ),
    )


class StageStep(Base):
    """A dated change of stage, by whom and why. Without a day, it was always so. Rows are only added.

    A wrong step is undone by one of the same day that `corrects_id` it, back into the stage before.
    """

    __tablename__ = "steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    stage: Mapped[Stage]
    on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("steps.id"), unique=True)


class Vetting(Base):
    """Level, days and outcome; never what was disclosed."""

    __tablename__ = "vettings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    level: Mapped[str] = mapped_column(default="")
    requested_on: Mapped[date | None]
    cleared_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    refused_on: Mapped[date | None]


class Training(Base):
    __tablename__ = "trainings"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    course: Mapped[str] = mapped_column(default="Initial training")
    trained_on: Mapped[date]
    expires_on: Mapped[date | None]


class Term(Base):
    """A term of appointment; `ends_on` is its last day, None where none was set. Renewal adds a row."""

    __tablename__ = "terms"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Agreement(Base):
    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    version: Mapped[str]
    signed_on: Mapped[date]


class Card(Base):
    """An identity card; `returned_on` is the first day it no longer counts."""

    __tablename__ = "cards"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    number: Mapped[str]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    returned_on: Mapped[date | None]


class Conflict(Base):
    """A declaration that a person must not visit with another, or at a suite."""

    __tablename__ = "conflicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    with_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), index=True)
    suite_id: Mapped[int | None] = mapped_column(sa.ForeignKey("suites.id"))
    declared_on: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        sa.CheckConstraint("(with_person_id IS NULL) != (suite_id IS NULL)", name="person_or_suite"),
    )
