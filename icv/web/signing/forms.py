"""Forms of what is said beside a filed report."""

from typing import Any

from wtforms import RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from icv.rules.bounds import MOST_ANSWER
from icv.rules.signing import Answer
from icv.web.guarding import GuardedForm

ANSWERS = [SelectChoice(answer.value, answer.words) for answer in Answer]


class CountersignForm(GuardedForm):
    answer = RadioField(
        "What do you say of it?", [InputRequired("Choose what you say of the report")], choices=ANSWERS
    )
    words = TextAreaField(
        "What you add, or how it was",
        [Length(max=MOST_ANSWER)],
        description="Nothing with a plain yes. It stands beside the report, with your name.",
    )

    @property
    def said(self) -> tuple[Answer, str]:
        return Answer(self.answer.data), (self.words.data or "").strip()


class PaperWordForm(CountersignForm):
    """The same, as a visitor wrote it on paper."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.answer.label.text = "What does the paper say?"


class AddendumForm(GuardedForm):
    words = TextAreaField(
        "What do you want to add?",
        [InputRequired("Write what you want to add"), Length(max=MOST_ANSWER)],
        description="It stands beside the report, with your name and the time. Nobody can change it.",
    )

    @property
    def said(self) -> str:
        return (self.words.data or "").strip()
