"""Fields whose `data` is a choice's own value: numbers, sets, times, lines."""

import re
from itertools import count
from typing import Any

from wtforms import Field, RadioField, SelectChoice, SelectMultipleField, StringField, TextAreaField
from wtforms.utils import unset_value

from icv.rules.checks import Check
from icv.rules.choices import Form
from icv.rules.requirements import Requirement
from icv.rules.scheme import Need
from icv.rules.visits import ATTEMPTED, Outcome
from icv.web.fields import TypedField, read_clock

YES, NO = "yes", "no"


class WordsField(StringField):
    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = " ".join(valuelist[0].split()) if valuelist else ""


class WholeNumberField(TypedField):
    """A whole number, None where nothing was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed and not re.fullmatch(r"\d{1,6}", typed, re.ASCII):
            raise ValueError("Enter a whole number, like 12")
        self.data = int(typed) if typed else None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else "" if self.data is None else str(self.data)


class YesNoField(RadioField):
    def __init__(self, *args: Any, **more: Any) -> None:
        offered = [SelectChoice(YES, "Yes"), SelectChoice(NO, "No")]
        super().__init__(*args, coerce=lambda value: value in (True, YES), choices=offered, **more)


class NeedsField(SelectMultipleField):
    def __init__(self, *args: Any, **more: Any) -> None:
        offered = [SelectChoice(need.value, need.words.capitalize()) for need in Need]
        super().__init__(*args, coerce=Need, choices=offered, **more)


class RequirementsField(SelectMultipleField):
    def __init__(self, *args: Any, **more: Any) -> None:
        offered = [SelectChoice(one.value, one.words.capitalize()) for one in Requirement]
        super().__init__(*args, coerce=Requirement, choices=offered, **more)


class LongTextField(TextAreaField):
    """Paragraphs; the ends of lines are as browsers send them, made one."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].replace("\r\n", "\n").strip() if valuelist else ""


class OutcomesField(SelectMultipleField):
    def __init__(self, *args: Any, **more: Any) -> None:
        offered = [
            SelectChoice(outcome.value, outcome.words.capitalize())
            for outcome in Outcome
            if outcome in ATTEMPTED
        ]
        super().__init__(*args, coerce=Outcome, choices=offered, **more)


class BandsField(TypedField):
    """Clock times with commas or spaces between them."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = re.split(r"[,;\s]+", valuelist[0].strip()) if valuelist else []
        self.data = ()
        self.data = tuple(read_clock(start) for start in typed if start)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return ", ".join(f"{start:%H:%M}" for start in self.data or ())


class LinesField(TextAreaField):
    """One thing a line; empty lines are nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        lines = valuelist[0].splitlines() if valuelist else []
        self.data = tuple(" ".join(line.split()) for line in lines if line.strip())

    def _value(self) -> str:
        return "\n".join(self.data or ())


class ChecksField(TypedField):
    """Checks line by line: boxes `<name>-title-<key>`, and a few empty ones for new checks.

    A check keeps its key however its words change. `lines` are (key, title, category), as typed: those of the
    page that was sent, for somebody may have changed the list since it was opened.
    """

    widget = staticmethod(lambda field, **_: "")
    NEW = ("new1", "new2", "new3")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        self.lines = [(check.key, check.title, check.category) for check in self.data or ()]
        self.lines += [(key, "", "") for key in self.NEW]
        if formdata:
            taken = {key for key, _, _ in self.lines}
            self.lines = [self._typed(formdata, key) for key in (*self._sent(formdata), *self.NEW)]
            self.data = self._checks(taken)

    def _sent(self, formdata: Any) -> list[str]:
        """The keys of the lines that were on the page, in its order."""
        boxes = re.compile(rf"{re.escape(self.name)}-title-([a-z0-9_]{{1,100}})", re.ASCII)
        found = [box[1] for name in formdata if (box := boxes.fullmatch(name))]
        return [key for key in dict.fromkeys(found) if key not in self.NEW]

    def _typed(self, formdata: Any, key: str) -> tuple[str, str, str]:
        title, category = (formdata.get(f"{self.name}-{part}-{key}", "") for part in ("title", "category"))
        return key, " ".join(title.split()), category

    def _checks(self, taken: set[str]) -> tuple[Check, ...]:
        """`taken` are the keys in use: a new check never has one that somebody gave meanwhile."""
        kept: list[Check] = []
        for key, title, category in self.lines:
            if title:
                others = taken | {line[0] for line in self.lines} | {check.key for check in kept}
                kept.append(Check(_key_of(title, others) if key in self.NEW else key, title, category))
        return tuple(kept)


def _key_of(title: str, taken: set[str]) -> str:
    """A short key made of the words: enough_water, enough_water_2."""
    stem = "_".join(re.findall(r"[a-z0-9]+", title.lower())[:4]) or "check"
    return next(
        key for number in count(1) if (key := stem if number == 1 else f"{stem}_{number}") not in taken
    )


FIELDS: dict[Form, type[Field]] = {
    Form.TEXT: WordsField,
    Form.TEXT_OR_NONE: WordsField,
    Form.LONG_TEXT: LongTextField,
    Form.NUMBER: WholeNumberField,
    Form.NUMBER_OR_NONE: WholeNumberField,
    Form.YES_NO: YesNoField,
    Form.NEEDS: NeedsField,
    Form.OUTCOMES: OutcomesField,
    Form.BANDS: BandsField,
    Form.LIST: LinesField,
    Form.LIST_OR_NONE: LinesField,
    Form.CHECKS: ChecksField,
    Form.REQUIREMENTS: RequirementsField,
}
