"""People: one record each from application to leaving, the steps they take, and conflicts between them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from icv.rules.stages import Stage
from icv.store.base import Base
from icv.store.people.dated import Agreement, Card, Term, Training, Vetting


class Round(Base):
    """A recruitment round, open from `opened_on` until the day before `closed_on`, which may be set ahead.

    `is_public`: while it is open, anybody may apply on the public page, which says `welcome`. `places` is how
    many visitors the scheme hopes to find. `answers_are_final`: the diversity counts could be looked at
    before it was opened again, so nobody is asked any more.
    """

    __tablename__ = "rounds"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    places: Mapped[int | None]
    welcome: Mapped[str] = mapped_column(default="", server_default="")
    answers_are_final: Mapped[bool] = mapped_column(default=False, server_default=sa.false())


class Person(Base):
    """`left_on` is the first day the person no longer belongs; `appointed_on` the first of membership.

    Somebody who applies again after an end has a new record; `earlier_id` is the one before it.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(default="")
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("teams.id"))
    round_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rounds.id"))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"), unique=True)
    applied_on: Mapped[date | None]
    appointed_on: Mapped[date | None]
    probation_ends_on: Mapped[date | None]
    left_on: Mapped[date | None]
    left_reason: Mapped[str] = mapped_column(default="")
    earlier_id: Mapped[int | None] = mapped_column(sa.ForeignKey("people.id"), unique=True)

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
        # When each round began, and how many had applied by a day.
        sa.Index("ix_people_round_id", "round_id", "applied_on"),
    )


class StageStep(Base):
    """A dated change of stage, by whom and why. Without a day, it was always so. Rows are only added.

    A wrong step is undone by one of the same day that `corrects_id` it, back into the stage before.
    """

    __tablename__ = "steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"))
    stage: Mapped[Stage]
    on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("steps.id"), unique=True)

    # In the order in which the latest step is looked for: nearly every page asks for everybody's.
    __table_args__ = (sa.Index(None, "person_id", "on", "id"),)


def stands(step: type[StageStep]) -> sa.ColumnElement[bool]:
    """Whether a step counts: it neither takes another back, nor was taken back itself."""
    taking_back = aliased(StageStep)
    taken_back = sa.select(taking_back.corrects_id).where(taking_back.corrects_id.is_not(None))
    # Nearly every step corrects none: asked as "is null", SQLite would look each person's up by that. And the
    # few taken back are found once for all steps, not once for each.
    return sa.and_(sa.func.coalesce(step.corrects_id, 0) == 0, step.id.not_in(taken_back))


def came_by(day: sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Joins a person to their steps up to the day, those of unknown days too, as far as they count."""
    by_then = StageStep.on.is_(None) | (StageStep.on <= day)
    return sa.and_(StageStep.person_id == Person.id, by_then, stands(StageStep))


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
