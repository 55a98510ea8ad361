"""Accounts, their sign-ins, one-time links and the attempts that throttle them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from icv.rules.access import Role
from icv.store.base import Base


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    SIGN_IN = "sign_in"
    NEW_PASSWORD = "new_password"  # noqa: S105
    SET_UP = "set_up"


class Account(Base):
    """A way in. `email` is kept as typed, `email_key` (case folded) is what must be unique."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    roles: Mapped[list["AccountRole"]] = relationship(cascade="all, delete-orphan", lazy="raise")


class AccountRole(Base):
    __tablename__ = "account_roles"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)


class SignIn(Base):
    """A sign-in on the server. The cookie carries the token; only its digest is kept; no row, no sign-in."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    device: Mapped[str] = mapped_column(default="")
    second_factor_at: Mapped[datetime | None]


class OneTimeLink(Base):
    """A link that lets somebody in once, until it expires. Only the digest of its token is kept."""

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    purpose: Mapped[LinkPurpose]
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Attempt(Base):
    """A sign-in being tried, counted by account and by address. Both are digests: people mistype."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_digest: Mapped[str] = mapped_column(index=True)
    address_digest: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """One of somebody's own sign-ins, as listed to them."""

    id: int
    device: str
    began_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the coordinator's list; `has_password` False means the invitation waits for an answer."""

    id: int
    name: str
    email: str
    roles: tuple[Role, ...]
    has_password: bool


def email_key(email: str) -> str:
    """The form in which two spellings of one address are the same."""
    return email.strip().casefold()


def account_by_email(session: Session, email: str) -> Account | None:
    return session.scalar(sa.select(Account).where(Account.email_key == email_key(email)))


def link_waiting(session: Session, token_digest: str, *, at: datetime) -> OneTimeLink | None:
    """The link, if it can still be used. Looking does not use it up: mail scanners look at every link."""
    return session.scalar(
        sa.select(OneTimeLink).where(
            OneTimeLink.token_digest == token_digest,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > at,
        )
    )


def own_sign_ins(session: Session, account_id: int, *, at: datetime) -> list[OwnSignIn]:
    """Those that have not expired, latest first."""
    rows = session.execute(
        sa.select(SignIn.id, SignIn.device, SignIn.began_at, SignIn.expires_at)
        .where(SignIn.account_id == account_id, SignIn.expires_at > at)
        .order_by(SignIn.began_at.desc(), SignIn.id.desc())
    )
    return [OwnSignIn(*row) for row in rows]


def accounts_listed(session: Session) -> list[AccountLine]:
    """By name. Closed ones are left out."""
    rows = session.execute(
        sa.select(Account.id, Account.name, Account.email, Account.password_hash, AccountRole.role)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(Account.closed_at.is_(None))
        .order_by(Account.name, Account.id, AccountRole.role)
    ).all()
    return [
        AccountLine(number, name, email, tuple(row.role for row in held), password_hash is not None)
        for (number, name, email, password_hash), held in groupby(rows, key=lambda row: row[:4])
    ]


def has_coordinator(session: Session) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(AccountRole.role == Role.COORDINATOR))))


def open_accounts(session: Session, role: Role) -> list[Account]:
    """Those that hold the role and are not closed, by name."""
    return list(
        session.scalars(
            sa.select(Account)
            .join(AccountRole, AccountRole.account_id == Account.id)
            .where(AccountRole.role == role, Account.closed_at.is_(None))
            .order_by(Account.name, Account.id)
        )
    )
