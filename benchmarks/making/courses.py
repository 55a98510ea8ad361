"""Courses: a sitting for each team whenever somebody of it was trained, and some to come."""

from datetime import date, timedelta

from benchmarks.making.chance import Chance, at
from benchmarks.making.rows import Rows
from icv.rules.courses import INITIAL_TRAINING, CourseFacts, CourseKind
from icv.rules.days import ONE_DAY, add_months
from icv.store.courses import Course
from icv.store.people import Training
from icv.store.training import Booking, TrainingSession

REFRESHED_AFTER_MONTHS = 24
CATALOGUE = (
    CourseFacts(INITIAL_TRAINING, CourseKind.INITIAL),
    CourseFacts("Refresher", CourseKind.KEPT_UP, REFRESHED_AFTER_MONTHS + 3),
    CourseFacts("Terrorism visits", CourseKind.TERRORISM),
    CourseFacts("Talking with children", CourseKind.OTHER, 36),
)
SOON_DUE = timedelta(days=120)
SEES_TERRORISM_DETAINEES, TALKS_WITH_CHILDREN, BOOKED = 0.1, 0.2, 0.5


class Courses:
    def __init__(self, rows: Rows, chance: Chance, monday: date) -> None:
        self._rows, self._chance, self._monday = rows, chance, monday
        self._courses = {
            one: rows.add(Course, name=one.name, kind=one.kind, valid_months=one.valid_months)
            for one in CATALOGUE
        }
        self._sittings: dict[tuple[CourseFacts, int, date], int] = {}

    def train(self, person: int, team: int, appointed_on: date, until: date, *, is_here: bool) -> None:
        """What one visitor took in their time; whoever is here is booked on what comes next, as a rule."""
        initial, refresher, *further = CATALOGUE
        self._take(person, team, initial, _first_of_quarter(appointed_on - timedelta(days=3)))
        number = 1
        while (due := add_months(appointed_on, number * REFRESHED_AFTER_MONTHS)) <= until:
            self._take(person, team, refresher, _first_of_quarter(due))
            number += 1
        if is_here and due - self._monday < SOON_DUE and self._chance.happens(BOOKED):
            self.book(person, team, refresher)
        for course, share in zip(further, (SEES_TERRORISM_DETAINEES, TALKS_WITH_CHILDREN), strict=True):
            on = _first_of_quarter(appointed_on + timedelta(days=300))
            if on <= until and self._chance.happens(share):
                self._take(person, team, course, on)

    def book(self, person: int, team: int, course: CourseFacts = CATALOGUE[0]) -> None:
        """On the next sitting of the team."""
        on = self._monday + timedelta(days=12 + team % 40)
        sitting = self._sitting(course, team, on)
        self._rows.link(
            Booking, session_id=sitting, person_id=person, booked_at=at(self._monday - timedelta(days=9))
        )

    def _take(self, person: int, team: int, course: CourseFacts, on: date) -> None:
        training = self._rows.add(
            Training, person_id=person, course=course.name, trained_on=on, expires_on=course.last_day(on)
        )
        self._rows.link(
            Booking,
            session_id=self._sitting(course, team, on),
            person_id=person,
            booked_at=at(on - timedelta(days=20)),
            has_attended=True,
            training_id=training,
        )

    def _sitting(self, course: CourseFacts, team: int, on: date) -> int:
        key = (course, team, on)
        if key not in self._sittings:
            self._sittings[key] = self._rows.add(
                TrainingSession,
                course_id=self._courses[course],
                starts_at=at(on, 9, 30),
                ends_at=at(on, 16),
                place="The training room at headquarters",
                places=20,
                settled_at=at(on + ONE_DAY) if on < self._monday else None,
            )
        return self._sittings[key]


def _first_of_quarter(day: date) -> date:
    """The day of training in the same quarter, or in the one before where that would be later."""
    trained_on = date(day.year, (day.month - 1) // 3 * 3 + 1, 8)
    return trained_on if trained_on <= day else add_months(trained_on, -3)
