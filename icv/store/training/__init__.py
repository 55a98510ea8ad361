"""Training: sessions and who is booked, who came, and who needs which course."""

from icv.store.training.sessions import (
    BookedLine,
    OwnBooking,
    SessionLine,
    booked_on,
    bookings_of,
    how_many_over,
    session_line,
    sessions_open,
    sessions_over,
    sessions_unsettled,
)
from icv.store.training.tables import Booking, TrainingSession
from icv.store.training.takers import (
    CourseStanding,
    Here,
    Taker,
    course_standings,
    people_here,
)

__all__ = [
    "BookedLine",
    "Booking",
    "CourseStanding",
    "Here",
    "OwnBooking",
    "SessionLine",
    "Taker",
    "TrainingSession",
    "booked_on",
    "bookings_of",
    "course_standings",
    "how_many_over",
    "people_here",
    "session_line",
    "sessions_open",
    "sessions_over",
    "sessions_unsettled",
]
