"""Courses: what each is for, who is to take it, and how long having taken it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from icv.rules.days import last_day_of
from icv.rules.running_out import Held, held_until
from icv.rules.stages import APPOINTED, Stage
from icv.rules.stamps import stamp
from icv.rules.words import plural

INITIAL_TRAINING = "Initial training"
"""The name under which imported records of training are kept: it stands for every initial course."""

MOST_MONTHS = 120


class CourseKind(StrEnum):
    """What a course is for. Everybody in office keeps up the second kind: the latest must be in date."""

    INITIAL = "initial"
    KEPT_UP = "kept_up"
    TERRORISM = "terrorism"
    OTHER = "other"

    @property
    def words(self) -> str:
        return KIND_WORDS[self]


KIND_WORDS = {
    CourseKind.INITIAL: "required before appointment",
    CourseKind.KEPT_UP: "kept up by everybody in office",
    CourseKind.TERRORISM: "required for visits to terrorism detainees",
    CourseKind.OTHER: "for whoever wishes",
}


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course as the catalogue has it. `valid_months` None: taken once, it counts for good."""

    name: str
    kind: CourseKind
    valid_months: int | None = None

    @property
    def stamp(self) -> str:
        return stamp(self.name, self.kind, self.valid_months)

    @property
    def counts_for(self) -> str:
        """24 months; good, where having taken it never runs out"""
        return plural(self.valid_months, "month") if self.valid_months else "good"

    def counts(self, taken: str) -> bool:
        """Whether a training kept under that name is one of this course."""
        return taken == self.name or (self.kind is CourseKind.INITIAL and taken == INITIAL_TRAINING)

    def last_day(self, taken_on: date) -> date | None:
        """The last day on which having taken it that day counts, None for good."""
        return last_day_of(taken_on, self.valid_months) if self.valid_months else None

    def is_asked_of(self, stage: Stage, has_taken_it: bool) -> bool:
        """Whether the scheme wants it of somebody at that stage.

        Not every visitor sees terrorism detainees: who has once taken that course is to keep it up.
        """
        match self.kind:
            case CourseKind.INITIAL:
                return stage is Stage.TRAINING or stage in APPOINTED
            case CourseKind.KEPT_UP:
                return stage in APPOINTED
            case CourseKind.TERRORISM:
                return stage in APPOINTED and has_taken_it
        return False


USUAL_COURSES = (
    CourseFacts(INITIAL_TRAINING, CourseKind.INITIAL),
    CourseFacts("Refresher", CourseKind.KEPT_UP, 12),
    CourseFacts("Terrorism visits", CourseKind.TERRORISM),
)
"""What a scheme without a catalogue is offered to begin with."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A course taken; `until` is the last day it counts, None for good."""

    course: str
    on: date
    until: date | None = None


def latest(course: CourseFacts, taken: Iterable[Taken], day: date) -> Taken | None:
    """The one that decides on that day: taken last; of one day, the one that counts longest."""
    made = [one for one in taken if course.counts(one.course) and one.on <= day]
    return max(made, key=lambda one: (one.on, one.until or date.max), default=None)


def held(last: Taken | None, day: date, warning_days: int) -> Held:
    """How somebody stands with a course of which that is the one that decides."""
    return held_until(last.until, day, warning_days) if last else Held.NEVER
