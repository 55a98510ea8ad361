"""The dated records of a person: what clearance is made from, and what is noted on the way there."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.appraisal import DeclarationKind, ReviewKind, ReviewOutcome
from icv.store.base import Base


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
    """A course taken. `course` is its name: what a course is for stands in the catalogue, by that name."""

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


class Declaration(Base):
    """What a person declared: that they are eligible, or a change in their circumstances, in `words`.

    A change waits for the coordinator until `settled_on`; `outcome` is what was decided about it.
    """

    __tablename__ = "declarations"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    kind: Mapped[DeclarationKind]
    declared_on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    settled_on: Mapped[date | None]
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    outcome: Mapped[str] = mapped_column(default="")


class Interview(Base):
    """Notes of an interview with an applicant. `interviewers` are named in words: not all have accounts."""

    __tablename__ = "interviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    held_on: Mapped[date]
    interviewers: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    is_recommended: Mapped[bool]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


class Review(Base):
    """A conversation at the end of probation, or a reappraisal before a term is renewed."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    kind: Mapped[ReviewKind]
    held_on: Mapped[date]
    outcome: Mapped[ReviewOutcome]
    notes: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
