"""Forms about courses and sessions, and of agreements and cards for several people."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from icv.rules.courses import CourseFacts, CourseKind
from icv.rules.days import DoubledTime, NoSuchTime, from_wall_clock, london
from icv.rules.sittings import SittingFacts
from icv.rules.words import capital
from icv.store.courses import CourseLine
from icv.store.people import ChosenPerson
from icv.store.training import BookedLine, SessionLine
from icv.web.fields import ClockField, DayField, MomentField, SeenField
from icv.web.people.forms import REASON

SHORT = Length(max=100)

_SIGNS = {True: "+", False: "-", None: "?"}
_READ = {sign: has_attended for has_attended, sign in _SIGNS.items()}


class CameField(SeenField):
    """Who was on record as having come, and who was not, when the page was opened."""

    @property
    def people(self) -> dict[int, bool | None]:
        """As sent; who was left out or cannot be read was not seen."""
        read = re.findall(r"(?<!\S)(\d{1,9})([+?-])(?!\S)", self.data or "", re.ASCII)
        return {int(number): _READ[sign] for number, sign in read}

    def show(self, booked: Iterable[BookedLine]) -> None:
        self.data = " ".join(f"{one.person_id}{_SIGNS[one.has_attended]}" for one in booked)


class AttendanceForm(FlaskForm):
    seen = CameField()


class CourseForm(FlaskForm):
    name = StringField("Name", [DataRequired("Enter the name of the course"), SHORT])
    kind = RadioField(
        "What it is for",
        [InputRequired("Choose what it is for")],
        choices=[SelectChoice(kind.value, capital(kind.words)) for kind in CourseKind],
    )
    valid_months = IntegerField(
        "Months it counts for",
        [Optional()],
        description="From the day it is taken. Leave empty if it counts for good",
    )

    def facts(self) -> CourseFacts:
        return CourseFacts(self.name.data or "", CourseKind(self.kind.data), self.valid_months.data)


class ChangeCourseForm(CourseForm):
    """`seen` is the stamp of the facts that were on record."""

    seen = SeenField()


class SessionForm(FlaskForm):
    course_id = SelectField("Course", coerce=int)
    starts_at = MomentField("Day and start", [InputRequired("Enter the day and the time it starts")])
    ends_at = ClockField("End", description="On the same day. Leave empty if it is not known")
    place = StringField("Place", [Length(max=200)], description="As whoever comes has to find it")
    places = IntegerField("Places", [Optional()], description="Leave empty if as many as like may come")

    def offer(self, courses: Sequence[CourseLine], own: tuple[int, str] | None = None) -> None:
        """`own` is the course of the session as it stands: it stays on offer though it may be retired."""
        offered = {one.id: one.name for one in courses}
        if own:
            offered.setdefault(*own)
        self.course_id.choices = [SelectChoice(*one) for one in offered.items()]

    def validate_ends_at(self, field: ClockField) -> None:
        if field.data and self.starts_at.data:
            try:
                self._end(self.starts_at.data)
            except (NoSuchTime, DoubledTime) as fault:
                raise ValidationError(str(fault)) from None

    def facts(self) -> SittingFacts:
        starts_at = self.starts_at.data
        ends_at = self._end(starts_at) if self.ends_at.data else None
        return SittingFacts(self.course_id.data, starts_at, ends_at, self.place.data or "", self.places.data)

    def _end(self, starts_at: datetime) -> datetime:
        return from_wall_clock(datetime.combine(london(starts_at).date(), self.ends_at.data))


def as_typed(line: SessionLine) -> dict[str, Any]:
    """The session as its form shows it: the end as a time of the London day."""
    return {
        "course_id": line.course_id,
        "starts_at": line.starts_at,
        "ends_at": london(line.ends_at).time() if line.ends_at else None,
        "place": line.place,
        "places": line.places,
    }


class CancelForm(FlaskForm):
    reason = TextAreaField(
        "Reason",
        [DataRequired("Enter the reason"), REASON],
        description="Whoever has a place reads it in their letter",
    )


class TakenForm(FlaskForm):
    course_id = SelectField("Course", coerce=int)
    trained_on = DayField("Day it was taken", [InputRequired("Enter the day it was taken")])
    expires_on = DayField("Last day it counts", description="Leave empty to have it as the course says")

    def offer(self, courses: Sequence[CourseLine]) -> None:
        self.course_id.choices = [SelectChoice(one.id, one.name) for one in courses]


class SignedForm(FlaskForm):
    version = StringField("Version", [DataRequired("Enter which version was signed"), SHORT])
    signed_on = DayField("Signed on", [InputRequired("Enter the day it was signed")])


class CardsForm(FlaskForm):
    """Made for the people at hand: a field for the number of each stands in `numbers`."""

    issued_on = DayField("Issued on", [InputRequired("Enter the day they were issued")])
    expires_on = DayField("Last day they count", description="Leave empty if none was set")
    is_exchange = BooleanField("Cards they had before came back on that day")

    @property
    def numbers(self) -> list[Any]:
        return [field for field in self if field.name.startswith("number-")]

    def by_person(self) -> dict[int, str]:
        return {int(field.name.removeprefix("number-")): field.data or "" for field in self.numbers}


def cards_form(people: Sequence[ChosenPerson], **values: Any) -> CardsForm:
    """Leaving a number empty gives that person no card."""
    fields = {f"number-{one.id}": StringField(f"Card number of {one.name}", [SHORT]) for one in people}
    made: CardsForm = type("CardsForPeople", (CardsForm,), fields)(**values)
    return made
