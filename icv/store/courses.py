"""The catalogue of courses. A training is a course taken, by name; one not in here is for whoever wished."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from icv.rules.courses import CourseKind
from icv.store.base import Base


class Course(Base):
    """`valid_months` is how long having taken it counts, None: for good. A retired one is offered no more."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CourseKind]
    valid_months: Mapped[int | None]
    is_retired: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (sa.CheckConstraint("valid_months > 0", name="some_months"),)
