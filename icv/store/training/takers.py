"""Who needs which course: how everybody who has not gone stands with each, and who is booked already."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.courses import INITIAL_TRAINING, CourseFacts, Taken, held, latest
from icv.rules.running_out import Held
from icv.rules.stages import GONE, Stage
from icv.store.courses import CourseLine
from icv.store.people import Person, Training, step_on
from icv.store.scheme import Team
from icv.store.training.tables import Booking, TrainingSession


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who has not gone."""

    person_id: int
    name: str
    team: str | None
    stage: Stage


@dataclass(frozen=True, slots=True)
class Taker(Here):
    """A person against a course. `until` is the last day it counts; `is_asked`: the scheme wants it of them.

    `booked_at` is when the next session begins on which they have a place.
    """

    held: Held
    until: date | None
    booked_at: datetime | None
    is_asked: bool

    @property
    def needs_it(self) -> bool:
        return self.is_asked and self.held is not Held.IN_DATE


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """A course, and everybody who has not gone against it: those who need it most pressing first."""

    course: CourseLine
    takers: list[Taker]

    @property
    def asked(self) -> list[Taker]:
        return [one for one in self.takers if one.is_asked]

    @property
    def in_date(self) -> int:
        """How many of those asked."""
        return sum(one.held.counts for one in self.asked)

    @property
    def needing(self) -> list[Taker]:
        return [one for one in self.takers if one.needs_it]

    @property
    def others(self) -> list[Taker]:
        return [one for one in self.takers if not one.needs_it]


def course_standings(
    session: Session, courses: Sequence[CourseLine], at: datetime, day: date, warning_days: int
) -> list[CourseStanding]:
    """One a course, in that order; always the same number of queries."""
    people = people_here(session, day)
    taken = _taken(session, [row.person_id for row in people], [one.facts for one in courses], day)
    booked = _booked(session, [one.id for one in courses], at)
    return [
        CourseStanding(
            course,
            sorted(
                (_taker(row, course, taken[row.person_id], booked, day, warning_days) for row in people),
                key=_most_pressing,
            ),
        )
        for course in courses
    ]


def people_here(session: Session, day: date) -> list[Here]:
    """Everybody who has not gone, by name."""
    rows = session.execute(_HERE, {"day": day})
    return [Here(number, name, team, Stage(stage)) for number, name, team, stage in rows]


_HELD = list(Held)


def _taker(
    person: Here,
    course: CourseLine,
    taken: list[Taken],
    booked: dict[tuple[int, int], datetime],
    day: date,
    warning_days: int,
) -> Taker:
    last = latest(course.facts, taken, day)
    return Taker(
        person.person_id,
        person.name,
        person.team,
        person.stage,
        held(last, day, warning_days),
        last.until if last else None,
        booked.get((course.id, person.person_id)),
        course.facts.is_asked_of(person.stage, has_taken_it=last is not None),
    )


def _most_pressing(one: Taker) -> tuple[bool, int, date, str]:
    """Who needs it before who does not; then by how they stand, what ran out first before the rest."""
    if not one.needs_it:
        return (True, 0, date.max, one.name.casefold())
    return (False, _HELD.index(one.held), one.until or date.max, one.name.casefold())


def _taken(
    session: Session, person_ids: Collection[int], courses: Collection[CourseFacts], day: date
) -> defaultdict[int, list[Taken]]:
    names = {INITIAL_TRAINING, *(one.name for one in courses)}
    found: defaultdict[int, list[Taken]] = defaultdict(list)
    for person_id, course, on, until in session.execute(
        sa.select(Training.person_id, Training.course, Training.trained_on, Training.expires_on).where(
            Training.person_id.in_(person_ids), Training.course.in_(names), Training.trained_on <= day
        )
    ):
        found[person_id].append(Taken(course, on, until))
    return found


def _booked(session: Session, course_ids: Collection[int], at: datetime) -> dict[tuple[int, int], datetime]:
    """The next session of each course on which each person has a place."""
    rows = session.execute(
        sa.select(TrainingSession.course_id, Booking.person_id, sa.func.min(TrainingSession.starts_at))
        .join(Booking, Booking.session_id == TrainingSession.id)
        .where(
            TrainingSession.course_id.in_(course_ids),
            TrainingSession.cancelled_at.is_(None),
            TrainingSession.starts_at > at,
        )
        .group_by(TrainingSession.course_id, Booking.person_id)
    )
    return {(course_id, person_id): starts_at for course_id, person_id, starts_at in rows}


_DAY = sa.bindparam("day", type_=sa.Date)
_STEP, _IS_THEIRS = step_on(_DAY)

# Reminders ask all day long: the statement is put together once.
_HERE = (
    sa.select(Person.id, Person.name, Team.name, sa.func.coalesce(_STEP.stage, Stage.APPLIED))
    .select_from(Person)
    .outerjoin(_STEP, _IS_THEIRS)
    .outerjoin(Team, Team.id == Person.team_id)
    .where(
        Person.left_on.is_(None) | (Person.left_on > _DAY),
        _STEP.stage.is_(None) | _STEP.stage.not_in(GONE),
    )
    .order_by(sa.func.lower(Person.name), Person.id)
)
