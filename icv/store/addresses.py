"""Changes of an e-mail address, confirmed at the old one and at the new one before they count."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


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
