"""Forms of a time proposed, answered, and opened."""

from datetime import UTC, date, datetime

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from icv.rules.days import LONDON, MONTHS, WEEKDAYS, DoubledTime, NoSuchTime, day_in_words, from_wall_clock
from icv.web.fields import ClockField


class TimeForm(FlaskForm):
    """A day of the visit's week and a London clock time. `starts_at` is the moment, once the form is valid.

    Where the clocks go back in between, the time may happen twice: then the form asks which.
    """

    day = RadioField(
        "Which day?",
        [InputRequired("Choose a day")],
    )
    clock = ClockField(
        "What time?",
        [InputRequired("Enter the time at which you will arrive, like 14:30")],
        description="On the 24-hour clock, for example 14:30. After midnight is the next day",
    )
    which = RadioField("Which of the two?", [Optional()])

    starts_at: datetime | None = None
    is_doubled = False

    def offer(self, days: list[date]) -> "TimeForm":
        self.day.choices = [
            SelectChoice(day.isoformat(), f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}")
            for day in days
        ]
        self.which.choices = [
            SelectChoice("first", "The first, before the clocks go back"),
            SelectChoice("second", "The second, after the clocks go back"),
        ]
        return self

    def validate(self, extra_validators: object = None) -> bool:
        return super().validate(extra_validators) and self._is_told()

    def _is_told(self) -> bool:
        wall = datetime.combine(date.fromisoformat(self.day.data), self.clock.data)
        on = day_in_words(wall.date())
        try:
            self.starts_at = from_wall_clock(wall)
        except NoSuchTime:
            self.clock.errors = [f"There is no {wall:%H:%M} on {on}: the clocks go forward"]
        except DoubledTime:
            self.is_doubled = True
            if self.which.data is None:
                self.which.errors = [f"{wall:%H:%M} comes twice on {on}: say which you mean"]
            else:
                fold = int(self.which.data == "second")
                self.starts_at = wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC)
        return self.starts_at is not None


class SeenForm(FlaskForm):
    """A button about the time that was shown: `seen` is its sequence."""

    seen = IntegerField(default=0, widget=HiddenInput())


class OpenForm(FlaskForm):
    reason = TextAreaField(
        "Why do you have to know?",
        [InputRequired("Say why you have to know: both visitors read it"), Length(max=500)],
        description="Both visitors read this, and it stays on record",
    )
