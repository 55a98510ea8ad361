"""Form fields for days, clock times and moments: bad typing is a sentence, never an exception."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from icv.rules.days import LONDON, MONTHS, DoubledTime, NoSuchTime, from_wall_clock, london

CLOCK = re.compile(r"(\d{1,2})\s*[:.h]?\s*(\d{2})", re.ASCII)
NUMBER = re.compile(r"\d{1,4}", re.ASCII)
DAY_PARTS = ("day", "month", "year")
SHORT_MONTHS = tuple(month[:3].lower() for month in MONTHS)


class Unreadable(ValueError):
    """What is wrong with the text in one box (`part`), as the sentence to show beside the field."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


class SeenField(HiddenField):
    """What was on record when the page was opened. An error of it leads to what is on record now."""

    focus_id = "now"
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        # Left out of what was sent, nothing was seen: what the form was made with does not stand in for it.
        self.data = valuelist[0] if valuelist else ""


class NumberSeenField(SeenField):
    """The number of what was on record."""

    @property
    def number(self) -> int:
        """-1 where it was left out or tampered with: nothing on record has that number."""
        return int(self.data) if re.fullmatch(r"\d{1,9}", str(self.data), re.ASCII) else -1


class TypedField(Field):
    """A field whose own reading of the text is the last word on it when it fails."""

    data: Any

    def pre_validate(self, form: Any) -> None:
        # "Required" and the like would replace the sentence that says what is wrong.
        if self.process_errors:
            raise StopValidation


class ClockField(TypedField):
    """A time on the 24-hour clock: 23:40, 2340 and 23.40 are the same. `data` is a naive time or None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            typed = valuelist[0].strip()
            self.data = None
            self.data = read_clock(typed) if typed else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data else ""


class PartedField(TypedField):
    """Boxes named `<name>-<part>`. `parts` is what each was given; `focus_id` the box an error leads to."""

    part_names: ClassVar[tuple[str, ...]]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.parts = dict.fromkeys(self.part_names, "")
        self.bad_part = self.part_names[0]
        super().process(self._gathered(formdata), data, extra_filters)

    def _gathered(self, formdata: Any) -> MultiDict[str, str] | None:
        """The boxes under the field's own name, in the order of `part_names`; None when none was sent."""
        keys = [f"{self.name}-{part}" for part in self.part_names]
        if not formdata or not any(key in formdata for key in keys):
            return None
        return MultiDict((self.name, formdata.get(key, "").strip()) for key in keys)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.parts = dict(zip(self.part_names, valuelist, strict=True))
        # Validators look at the first raw value to learn whether anything was typed.
        self.raw_data = ["".join(valuelist)]
        self.data = None
        if any(valuelist):
            try:
                self.data = self.read(self.parts)
            except Unreadable as fault:
                self.bad_part = fault.part
                raise

    def read(self, parts: Mapping[str, str]) -> Any:
        """The value of boxes of which at least one is filled. Raises Unreadable."""
        raise NotImplementedError

    @property
    def focus_id(self) -> str:
        return f"{self.id}-{self.bad_part}"


class DayField(PartedField):
    """A day in three boxes. `data` is a date, or None when all three are empty."""

    part_names = DAY_PARTS

    def process_data(self, value: date | None) -> None:
        self.data = value
        if value:
            self.parts.update(_day_parts(value))

    def read(self, parts: Mapping[str, str]) -> date:
        return read_day(parts)


class MomentField(PartedField):
    """A London day and clock time. `data` is an aware time in UTC, or None when all boxes are empty.

    When the clocks go back a time may have happened twice: `is_doubled` is then true and the page asks which.
    """

    part_names = (*DAY_PARTS, "clock", "which")
    is_doubled = False

    def process_data(self, value: datetime | None) -> None:
        self.data = value
        if value:
            local = london(value)
            self.is_doubled = _is_doubled(local)
            which = ("second" if local.fold else "first") if self.is_doubled else ""
            self.parts.update(_day_parts(local), clock=f"{local:%H:%M}", which=which)

    def read(self, parts: Mapping[str, str]) -> datetime:
        if not parts["clock"]:
            raise Unreadable("clock", "Enter the time as well as the date, like 23:40")
        wall = datetime.combine(read_day(parts), read_clock(parts["clock"], "clock"))
        try:
            return from_wall_clock(wall)
        except NoSuchTime as fault:
            raise Unreadable("clock", str(fault)) from None
        except DoubledTime as fault:
            self.is_doubled = True
            if parts["which"] not in ("first", "second"):
                asked = f"{fault} Was it the first or the second {wall:%H:%M}?"
                raise Unreadable("which", asked) from None
            return wall.replace(tzinfo=LONDON, fold=int(parts["which"] == "second")).astimezone(UTC)


def read_day(parts: Mapping[str, str]) -> date:
    """The date of a day, a month (number or name) and a year. Raises Unreadable."""
    missing = [part for part in DAY_PARTS if not parts[part]]
    if missing:
        raise Unreadable(missing[0], f"The date must include a {' and a '.join(missing)}")
    day, month, year = _number(parts["day"]), _month(parts["month"]), _number(parts["year"])
    if not 1 <= day <= 31:
        raise Unreadable("day", "The day must be a number from 1 to 31")
    if not 1 <= month <= 12:
        raise Unreadable("month", "The month must be a number from 1 to 12, or its name")
    if not 1900 <= year <= 2199:
        raise Unreadable("year", "The year must have four figures, like 2026")
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("day", f"There is no {day} {MONTHS[month - 1]} {year}") from None


def read_clock(typed: str, part: str = "") -> time:
    """The time of 23:40, 2340, 23.40 or 9:05. Raises Unreadable."""
    found = CLOCK.fullmatch(typed)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise Unreadable(part, "The time must be on the 24-hour clock, like 09:30 or 23:40")
    return time(int(found[1]), int(found[2]))


def _number(typed: str) -> int:
    """The whole number typed, or -1."""
    return int(typed) if NUMBER.fullmatch(typed) else -1


def _month(typed: str) -> int:
    short = typed[:3].lower()
    if short in SHORT_MONTHS and MONTHS[SHORT_MONTHS.index(short)].lower().startswith(typed.lower()):
        return SHORT_MONTHS.index(short) + 1
    return _number(typed)


def _day_parts(day: date) -> dict[str, str]:
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def _is_doubled(local: datetime) -> bool:
    try:
        from_wall_clock(local.replace(tzinfo=None, fold=0))
    except DoubledTime:
        return True
    return False
