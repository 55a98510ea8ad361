"""The table of criteria, with what the coordinator notes beside each."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.quality import Evidence, Level, Verdict
from icv.store.base import Base


class Criterion(Base):
    """`place` orders the criteria of a level. `at_least` is what the evidence must reach, in its own unit.

    `changed_at`: its words, evidence, verdict or note; moving it is no change. `version` counts these, so
    that nobody writes over what another has written meanwhile. `judged_at`: its verdict and note were given,
    or looked over and left; None where nobody has yet.
    """

    __tablename__ = "criteria"

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[Level]
    place: Mapped[int]
    code: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    evidence: Mapped[Evidence] = mapped_column(default=Evidence.NONE)
    at_least: Mapped[int | None]
    verdict: Mapped[Verdict] = mapped_column(default=Verdict.BY_EVIDENCE)
    note: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    judged_at: Mapped[datetime | None]
    judged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.CheckConstraint("evidence != 'none' OR verdict != 'by_evidence'", name="some_evidence"),
    )
