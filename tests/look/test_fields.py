"""Days, clock times and moments as people type them, mistakes included."""

from datetime import UTC, date, datetime, time

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired, Optional

from icv.web.fields import ClockField, DayField, MomentField


class Typed(Form):
    day = DayField("When were you appointed?", [InputRequired()])
    clock = ClockField("Time you left", [Optional()])
    at = MomentField("When did you arrive?", [Optional()])


def typed(day: tuple[str, str, str] = ("27", "3", "2026"), **more: str) -> Typed:
    boxes = {f"day-{part}": text for part, text in zip(("day", "month", "year"), day, strict=True)}
    form = Typed(MultiDict({**boxes, **{name.replace("_", "-"): text for name, text in more.items()}}))
    form.validate()
    return form


def moment(clock: str, day: str = "25", month: str = "10", year: str = "2026", which: str = "") -> Typed:
    return typed(at_day=day, at_month=month, at_year=year, at_clock=clock, at_which=which)


@pytest.mark.parametrize(
    "boxes", [("27", "3", "2026"), (" 27 ", "03", "2026"), ("27", "March", "2026"), ("27", "mar", "2026")]
)
def test_a_day_may_be_typed_in_several_ways(boxes: tuple[str, str, str]) -> None:
    form = typed(boxes)
    assert not form.errors
    assert form.day.data == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("boxes", "sentence", "box"),
    [
        (("", "3", "2026"), "The date must include a day", "day-day"),
        (("27", "", "2026"), "The date must include a month", "day-month"),
        (("27", "", ""), "The date must include a month and a year", "day-month"),
        (("27", "3", "26"), "The year must have four figures, like 2026", "day-year"),
        (("27", "13", "2026"), "The month must be a number from 1 to 12, or its name", "day-month"),
        (("27", "may be", "2026"), "The month must be a number from 1 to 12, or its name", "day-month"),
        (("٣", "3", "2026"), "The day must be a number from 1 to 31", "day-day"),
        (("1_0", "3", "2026"), "The day must be a number from 1 to 31", "day-day"),
        (("31", "2", "2026"), "There is no 31 February 2026", "day-day"),
    ],
)
def test_a_day_that_cannot_be_read_says_what_is_wrong(
    boxes: tuple[str, str, str], sentence: str, box: str
) -> None:
    form = typed(boxes)
    assert form.day.errors == [sentence]
    assert form.day.focus_id == box
    assert tuple(form.day.parts.values()) == tuple(text.strip() for text in boxes)


def test_a_day_with_a_part_left_out_of_the_request_is_an_error_not_a_crash() -> None:
    form = Typed(MultiDict({"day-day": "27"}))
    assert not form.validate()
    assert form.day.errors == ["The date must include a month and a year"]


def test_an_empty_day_is_required_or_none() -> None:
    assert typed(("", "", "")).day.errors == ["This field is required."]
    assert typed().at.data is None


def test_an_emptied_day_does_not_keep_what_was_stored() -> None:
    boxes = MultiDict({"day-day": "", "day-month": "", "day-year": ""})
    assert Typed(boxes, data={"day": date(2020, 1, 1)}).day.data is None


def test_a_stored_day_is_shown_in_its_boxes() -> None:
    assert Typed(data={"day": date(2026, 3, 7)}).day.parts == {"day": "7", "month": "3", "year": "2026"}


@pytest.mark.parametrize("text", ["23:40", "2340", "23.40", "23h40", " 23 40 "])
def test_a_clock_time_may_be_typed_in_several_ways(text: str) -> None:
    assert typed(clock=text).clock.data == time(23, 40)


@pytest.mark.parametrize("text", ["24:00", "12:60", "noon", "7", "11:40pm", "12345"])
def test_a_clock_time_that_cannot_be_read_is_kept_and_refused(text: str) -> None:
    form = typed(clock=text)
    assert form.clock.errors == ["The time must be on the 24-hour clock, like 09:30 or 23:40"]
    assert form.clock._value() == text


def test_a_moment_is_london_time_kept_as_utc() -> None:
    assert moment("14:05", "3", "12", "2023").at.data == datetime(2023, 12, 3, 14, 5, tzinfo=UTC)
    assert moment("1405", "3", "7", "2023").at.data == datetime(2023, 7, 3, 13, 5, tzinfo=UTC)


def test_a_moment_needs_both_its_day_and_its_time() -> None:
    assert moment("").at.errors == ["Enter the time as well as the date, like 23:40"]
    assert moment("14:05", month="").at.errors == ["The date must include a month"]
    assert moment("25:00").at.focus_id == "at-clock"


def test_a_time_the_clocks_skipped_is_refused() -> None:
    form = moment("01:30", "29", "3", "2026")
    assert form.at.errors == ["01:30 did not exist on 29 March 2026: the clocks went forward."]


def test_a_time_that_happened_twice_is_asked_about() -> None:
    form = moment("01:30")
    assert form.at.is_doubled
    assert form.at.errors[0].endswith("Was it the first or the second 01:30?")
    assert form.at.focus_id == "at-which"


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_the_answer_tells_the_two_apart(which: str, hour: int) -> None:
    at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert moment("01:30", which=which).at.data == at
    shown = Typed(data={"at": at}).at
    assert shown.parts["which"] == which
    assert shown.is_doubled
