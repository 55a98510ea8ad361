"""Training: courses, sessions and their places, attendance, and what was taken elsewhere."""

from icv.services.training.attending import Attendance, take_attendance
from icv.services.training.booking import book, unbook
from icv.services.training.catalogue import (
    add_course,
    add_usual_courses,
    change_course,
    offer_again,
    retire_course,
)
from icv.services.training.errors import TrainingError
from icv.services.training.sittings import add_session, cancel_session, change_session
from icv.services.training.taken import Recorded, record_taken

__all__ = [
    "Attendance",
    "Recorded",
    "TrainingError",
    "add_course",
    "add_session",
    "add_usual_courses",
    "book",
    "cancel_session",
    "change_course",
    "change_session",
    "offer_again",
    "record_taken",
    "retire_course",
    "take_attendance",
    "unbook",
]
