"""People: one record each from application to leaving, and what clearance is made from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from icv.rules.access import Actor, Role
from icv.rules.clearance import Standing, Step, Validity
from icv.rules.days import london_day
from icv.rules.stages import Stage
from icv.store.accounts import Account, AccountRole, SignIn
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
    """A dated change of stage, by whom and why. Without a day, it was always so. Rows are only added."""

    __tablename__ = "steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("people.id"), index=True)
    stage: Mapped[Stage]
    on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))


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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whoever holds a sign-in that counts, and its id."""

    sign_in_id: int
    actor: Actor


def signed_in(session: Session, token_digest: str, *, at: datetime) -> SignedIn | None:
    """Who asks, by the digest of the sign-in's token; None when it has ended or may do nothing any more.

    A visitor who has left is no volunteer from `left_on` on, whatever the account says.
    """
    rows = session.execute(
        sa.select(SignIn.id, Account.id, Account.name, Person.id, Person.left_on, AccountRole.role)
        .join(Account, Account.id == SignIn.account_id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .outerjoin(Person, Person.account_id == Account.id)
        .where(SignIn.token_digest == token_digest, SignIn.expires_at > at, Account.closed_at.is_(None))
    ).all()
    if not rows:
        return None
    sign_in_id, account_id, name, person_id, left_on, _ = rows[0]
    roles = frozenset(row.role for row in rows)
    if person_id is None or (left_on is not None and left_on <= london_day(at)):
        roles -= {Role.VOLUNTEER}
    return SignedIn(sign_in_id, Actor(account_id, person_id, name, roles)) if roles else None


def standings(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Standing]:
    """What clearance is made from, by person; None: of everybody. Always the same number of queries."""
    people = session.execute(_of(person_ids, sa.select(Person.id, Person.left_on), Person.id)).all()
    steps = _listed(session, person_ids, StageStep, StageStep.stage, StageStep.on)
    vettings = _listed(
        session,
        person_ids,
        Vetting,
        Vetting.requested_on,
        Vetting.cleared_on,
        Vetting.expires_on,
        Vetting.refused_on,
    )
    trainings = _listed(session, person_ids, Training, Training.trained_on, Training.expires_on)
    terms = _listed(session, person_ids, Term, Term.starts_on, Term.ends_on)
    agreements = _listed(session, person_ids, Agreement, Agreement.signed_on)
    cards = _listed(session, person_ids, Card, Card.issued_on, Card.expires_on, Card.returned_on)
    return {
        person_id: Standing(
            steps=tuple(Step(stage, on) for stage, on in steps[person_id]),
            left_on=left_on,
            vettings=_valid(
                (cleared, expires, refused) for _, cleared, expires, refused in vettings[person_id]
            ),
            vetting_requested_on=max(
                (asked for asked, cleared, *_ in vettings[person_id] if asked and not cleared), default=None
            ),
            trainings=_valid((on, expires, None) for on, expires in trainings[person_id]),
            terms=_valid((on, ends, None) for on, ends in terms[person_id]),
            agreements=_valid((on, None, None) for (on,) in agreements[person_id]),
            cards=_valid(cards[person_id]),
        )
        for person_id, left_on in people
    }


def _listed(
    session: Session, person_ids: Collection[int] | None, record: Any, *columns: Any
) -> defaultdict[int, list[Any]]:
    """The records of each person, in the order in which they were entered."""
    rows = session.execute(
        _of(person_ids, sa.select(record.person_id, *columns).order_by(record.id), record.person_id)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for person_id, *values in rows:
        found[person_id].append(tuple(values))
    return found


def _of(person_ids: Collection[int] | None, asked: Any, column: Any) -> Any:
    return asked if person_ids is None else asked.where(column.in_(person_ids))


def _valid(records: Iterable[tuple[date | None, date | None, date | None]]) -> tuple[Validity, ...]:
    """Records of (first day, last day, first day it no longer counts), those that never counted left out."""
    found = []
    for since, until, gone_on in records:
        ends = min((day for day in (until, gone_on and gone_on - timedelta(days=1)) if day), default=None)
        if since is not None and (ends is None or ends >= since):
            found.append(Validity(since, ends))
    return tuple(found)
