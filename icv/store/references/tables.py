"""The links by which referees answer."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.store.base import Base


class ReferenceLink(Base):
    """A link by which a referee answers: each letter carries its own, and all of them work until answered."""

    __tablename__ = "reference_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    referee_id: Mapped[int] = mapped_column(sa.ForeignKey("referees.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
