"""Forms of asking for cover and for a swap."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from icv.services.cover import MaySwap, MayTake
from icv.services.cover.asking import MOST_WORDS

TOO_LONG = Length(max=MOST_WORDS, message=f"Keep it to {MOST_WORDS} characters")
WORDS_HINT = "If you wish. Whoever you ask reads this; write nothing about anybody’s health or home"


class CoverForm(FlaskForm):
    """Whoever is suggested is ticked until somebody says otherwise. Who may be asked is judged by the act."""

    people = SelectMultipleField(
        "Whom to ask",
        [InputRequired("Choose at least one visitor to ask")],
        coerce=int,
        validate_choice=False,
    )
    words = TextAreaField("Say something with it", [TOO_LONG], description=WORDS_HINT)

    def offer(self, people: Sequence[MayTake]) -> None:
        self.people.choices = [SelectChoice(one.person_id, one.name) for one in people]
        if not self.is_submitted():
            self.people.data = [one.person_id for one in people if one.is_suggested]


class SwapForm(FlaskForm):
    offered = RadioField(
        "Which visit would you make instead?",
        [InputRequired("Choose the visit you would make instead")],
        coerce=int,
        validate_choice=False,
        description="You could make each of these, and its visitor could make yours",
    )
    words = TextAreaField("Say something with it", [TOO_LONG], description=WORDS_HINT)

    def offer(self, swaps: Sequence[MaySwap]) -> None:
        self.offered.choices = [SelectChoice(one.duty_id, one.words) for one in swaps]
