"""The catalogue of courses. A training is a course taken, by name; one not in here is for whoever wished."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from icv.rules.courses import CourseFacts, CourseKind
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

    @property
    def facts(self) -> CourseFacts:
        return CourseFacts(self.name, self.kind, self.valid_months)


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course as listed."""

    id: int
    facts: CourseFacts
    is_retired: bool

    @property
    def name(self) -> str:
        return self.facts.name

    @property
    def kind(self) -> CourseKind:
        return self.facts.kind

    @property
    def valid_months(self) -> int | None:
        return self.facts.valid_months


def courses(session: Session) -> list[CourseLine]:
    """All of them: by what they are for, in the order of the kinds, then by name; the retired ones last."""
    rows = session.execute(
        sa.select(Course.id, Course.name, Course.kind, Course.valid_months, Course.is_retired)
    )
    found = [
        CourseLine(number, CourseFacts(name, kind, months), gone) for number, name, kind, months, gone in rows
    ]
    kinds = list(CourseKind)
    return sorted(found, key=lambda one: (one.is_retired, kinds.index(one.kind), one.name.casefold()))


def courses_offered(session: Session) -> list[CourseLine]:
    """Those that are not retired."""
    return [one for one in courses(session) if not one.is_retired]


def course_of_name(session: Session, name: str) -> Course | None:
    return session.scalar(sa.select(Course).where(Course.name == name))
