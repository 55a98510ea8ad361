"""Courses: what each is for, and how long having taken it counts."""

from enum import StrEnum

INITIAL_TRAINING = "Initial training"
"""The name under which imported records of training are kept: it stands for every initial course."""


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
