"""Fields that the report's forms share: words, yes or no, checks with three answers, times of one day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import Form, FormField, IntegerField, RadioField, SelectChoice, TextAreaField
from wtforms.utils import unset_value
from wtforms.validators import Length, Optional

from icv.rules.bounds import MOST_ANSWER
from icv.rules.checks import Check, titles
from icv.rules.report import Three
from icv.rules.scheme import Choices
from icv.web.fields import MomentField
from icv.web.reports.asked import form_choices

SHORT = 300


def choices(words: Mapping[Any, str], empty: str | None = None) -> list[SelectChoice]:
    options = [SelectChoice(str(value), label) for value, label in words.items()]
    return options if empty is None else [SelectChoice("", empty), *options]


def yes_no(value: Any) -> bool | None:
    """Of what a radio sends, or of what is kept."""
    return {"yes": True, "no": False}.get(value, value if isinstance(value, bool) else None)


def yes_or_no(label: str, description: str = "") -> RadioField:
    options = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
    return RadioField(label, [Optional()], choices=options, coerce=yes_no, description=description)


def three(label: str) -> RadioField:
    """Yes, no, or not asked, which is nothing."""
    options = [SelectChoice("yes", "Yes"), SelectChoice("no", "No"), SelectChoice("", "Not asked")]
    return RadioField(label, [Optional()], choices=options, coerce=yes_no)


def words(label: str, description: str = "", most: int = MOST_ANSWER) -> TextAreaField:
    return TextAreaField(label, [Length(max=most)], description=description)


def three_ways(checks: Mapping[str, str], not_asked: str) -> type[Form]:
    """A form of checks, each yes, no or not asked."""
    options = {Three.YES: "Yes", Three.NO: "No", Three.NOT_ASKED: not_asked}
    fields = {
        check: RadioField(title, [Optional()], choices=choices(options), default=Three.NOT_ASKED.value)
        for check, title in checks.items()
    }
    return type("Checks", (Form,), fields)


class ChecksField(FormField):
    """The checks of the form in force: the scheme's own, each yes, no or not asked."""

    def __init__(self, label: str, asked: Callable[[Choices], Iterable[Check]], not_asked: str, **more: Any):
        super().__init__(Form, label, **more)
        self.asked, self.not_asked = asked, not_asked

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.form_class = three_ways(titles(self.asked(form_choices())), self.not_asked)
        super().process(formdata, data, extra_filters)


def numbers(cells: Iterable[str]) -> type[Form]:
    """A form of numbers, each of which may be left empty."""
    return type("Numbers", (Form,), {cell: IntegerField(cell, [Optional()]) for cell in cells})


class DayKnownField(MomentField):
    """A moment whose day is filled in beforehand: without a time it is not an answer yet."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist if valuelist[3] else [""] * len(valuelist))
        self.parts = dict(zip(self.part_names, valuelist, strict=True))

    def suppose(self, day: date) -> None:
        """Fills in the day where nothing is."""
        if not any(self.parts.values()):
            self.parts.update(day=str(day.day), month=str(day.month), year=str(day.year))
