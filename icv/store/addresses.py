"""Changes of an e-mail address, confirmed at the old one and at the new one before they count."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.store.accounts import Account, email_key
from icv.store.base import Base
from icv.store.people import Person


class AddressChange(Base):
    """Asked for by the account’s holder. Each address has a link of its own, of which the digest is kept."""

    __tablename__ = "address_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("accounts.id"), index=True)
    email: Mapped[str]
    old_digest: Mapped[str] = mapped_column(unique=True)
    new_digest: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    old_confirmed_at: Mapped[datetime | None]
    new_confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change that waits for one of its links, or for both."""

    id: int
    account_id: int
    email: str
    expires_at: datetime
    old_is_confirmed: bool
    new_is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ChangeByLink(WaitingChange):
    """As whoever holds one of the links may see it; `is_old`: the link went to the address in use so far."""

    is_old: bool
    name: str
    old_email: str


_WAITING = (
    AddressChange.id,
    AddressChange.account_id,
    AddressChange.email,
    AddressChange.expires_at,
    AddressChange.old_confirmed_at.is_not(None),
    AddressChange.new_confirmed_at.is_not(None),
)


def change_waiting(session: Session, account_id: int, *, at: datetime) -> WaitingChange | None:
    """The account's own, the latest asked for."""
    row = session.execute(
        sa.select(*_WAITING)
        .where(AddressChange.account_id == account_id, *_can_be_confirmed(at))
        .order_by(AddressChange.id.desc())
        .limit(1)
    ).one_or_none()
    return WaitingChange(*row) if row else None


def change_by_link(session: Session, digest: str, *, at: datetime) -> ChangeByLink | None:
    """By the digest of either link's token, while it can be used. Looking uses nothing up."""
    row = session.execute(
        sa.select(*_WAITING, AddressChange.old_digest == digest, Account.name, Account.email)
        .join(Account, Account.id == AddressChange.account_id)
        .where(_holds(digest), Account.closed_at.is_(None), *_can_be_confirmed(at))
    ).one_or_none()
    return ChangeByLink(*row) if row else None


def changes_asked_since(session: Session, account_id: int, since: datetime) -> int:
    """Those that came to nothing included."""
    asked = sa.select(sa.func.count()).select_from(AddressChange)
    return (
        session.scalar(asked.where(AddressChange.account_id == account_id, AddressChange.asked_at > since))
        or 0
    )


def is_taken(session: Session, email: str, account_id: int) -> bool:
    """Whether somebody else signs in with the address or is on record with it."""
    key = email_key(email)
    of_account = sa.exists().where(Account.email_key == key, Account.id != account_id)
    of_person = sa.exists().where(Person.email_key == key, Person.account_id.is_distinct_from(account_id))
    return bool(session.scalar(sa.select(sa.or_(of_account, of_person))))


def confirm_side(session: Session, digest: str, *, at: datetime) -> AddressChange | None:
    """Notes that the holder of the link's address said yes; None when it can no longer be.

    Of two links at once, one sees that both are confirmed: the row is kept from the other meanwhile.
    """
    return session.scalar(
        sa.update(AddressChange)
        .where(_holds(digest), *_can_be_confirmed(at))
        .values(
            old_confirmed_at=sa.case(
                (AddressChange.old_digest == digest, sa.func.coalesce(AddressChange.old_confirmed_at, at)),
                else_=AddressChange.old_confirmed_at,
            ),
            new_confirmed_at=sa.case(
                (AddressChange.new_digest == digest, sa.func.coalesce(AddressChange.new_confirmed_at, at)),
                else_=AddressChange.new_confirmed_at,
            ),
        )
        .returning(AddressChange)
        .execution_options(populate_existing=True)
    )


def end_changes(
    session: Session, *, account_id: int | None = None, digest: str | None = None, at: datetime
) -> list[int]:
    """Ends what waits, of an account or of a link; the ids of those ended."""
    whose = AddressChange.account_id == account_id if digest is None else _holds(digest)
    return list(
        session.scalars(
            sa.update(AddressChange)
            .where(whose, *_can_be_confirmed(at))
            .values(ended_at=at)
            .returning(AddressChange.id)
        )
    )


def _holds(digest: str) -> sa.ColumnElement[bool]:
    return sa.or_(AddressChange.old_digest == digest, AddressChange.new_digest == digest)


def _can_be_confirmed(at: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return AddressChange.ended_at.is_(None), AddressChange.expires_at > at
