"""Forms of the pages of a link to findings: no form token, as no other site knows the link."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from icv.services.finding_links import MOST_NAME
from icv.services.findings import MOST_WORDS
from icv.web.guarding import GuardedForm
from icv.web.police.words import REPLY_HINT


class CodeForm(FlaskForm):
    code = StringField(
        "The code from the e-mail",
        [InputRequired("Enter the code"), Length(max=20, message="The code has six digits")],
        description="Six digits",
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(meta={"csrf": False}, **more)


class AnswerForm(GuardedForm):
    words = TextAreaField("Your reply", [Length(max=MOST_WORDS)], description=REPLY_HINT)
    by_words = StringField(
        "Your name and role",
        [Length(max=MOST_NAME)],
        description="It stands beside the reply in the records of the scheme",
    )
    finding = HiddenField()

    def __init__(self, **more: Any) -> None:
        super().__init__(meta={"csrf": False}, **more)

    @property
    def typed(self) -> str:
        return (self.words.data or "").strip()

    @property
    def signed(self) -> str:
        return (self.by_words.data or "").strip()
