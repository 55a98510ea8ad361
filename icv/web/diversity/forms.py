"""Forms of diversity counts: a day, and the numbers of one question."""

import json
import re
from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import InputRequired, Length

from icv.rules.figures.diversity import WHOLE_COUNTY
from icv.rules.monitoring import Question
from icv.services.diversity.keeping import MOST_SOURCE
from icv.web.fields import DayField, SeenField, TypedField
from icv.web.guarding import GuardedForm
from icv.web.settings.fields import WholeNumberField

Numbers = Mapping[str, int]


class SurveyForm(GuardedForm):
    counted_on = DayField("When were visitors counted?", [InputRequired("Enter the day of the count")])
    source = StringField(
        "Where are the county’s shares from?",
        [Length(max=MOST_SOURCE)],
        description="As it stands under the table, such as: Census 2021, Office for National Statistics",
    )


class SharesField(TypedField):
    """A share in per cent, with one decimal at most. `data` is in tenths, None where nothing was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().removesuffix("%").strip() if valuelist else ""
        self.data = None
        found = re.fullmatch(r"(\d{1,3})(?:\.(\d))?", typed, re.ASCII)
        tenths = int(found[1]) * 10 + int(found[2] or 0) if found else -1
        if typed and not 0 <= tenths <= WHOLE_COUNTY:
            raise ValueError("Enter a share from 0 to 100 per cent, with one decimal at most, like 12.3")
        self.data = tenths if typed else None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data / 10:.1f}"


class NumbersForm(FlaskForm):
    """Of one question: made by `numbers_form`, with two fields for each answer."""

    question: Question
    seen = SeenField()

    def visitors(self) -> dict[str, int]:
        return self._typed("visitors")

    def county(self) -> dict[str, int]:
        return self._typed("county")

    def lines(self) -> list[tuple[str, Field, Field]]:
        """Of each answer its words, the field of visitors, and that of the county."""
        return [
            (words, self[f"visitors-{answer}"], self[f"county-{answer}"])
            for answer, words in self.question.answers.items()
        ]

    def was_seen(self) -> tuple[Numbers, Numbers]:
        """Nothing where it was left out or tampered with."""
        try:
            visitors, county = json.loads(self.seen.data)
        except (ValueError, TypeError):
            return {}, {}
        return visitors, county

    def _typed(self, side: str) -> dict[str, int]:
        numbers = {answer: self[f"{side}-{answer}"].data for answer in self.question.answers}
        return {answer: number for answer, number in numbers.items() if number is not None}


def as_seen(visitors: Numbers, county: Numbers) -> str:
    return json.dumps([visitors, county], sort_keys=True)


def numbers_form(question: Question, visitors: Numbers, county: Numbers) -> NumbersForm:
    """With the numbers on record."""
    fields: dict[str, Any] = {"question": question}
    for answer, words in question.answers.items():
        fields[f"visitors-{answer}"] = WholeNumberField(f"{words}: visitors")
        fields[f"county-{answer}"] = SharesField(f"{words}: per cent of the county")
    form: NumbersForm = type("NumbersOfQuestion", (NumbersForm,), fields)(
        data={
            "seen": as_seen(visitors, county),
            **{f"visitors-{answer}": number for answer, number in visitors.items()},
            **{f"county-{answer}": number for answer, number in county.items()},
        }
    )
    return form
