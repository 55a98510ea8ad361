"""Forms of asking for cover and for a swap."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField, TextAreaField
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


class TakerForm(FlaskForm):
    """Somebody who takes a visit though nobody asked them; the act judges whether they may."""

    person = SelectField(
        "Who takes it", [InputRequired("Choose a visitor")], coerce=int, validate_choice=False
    )

    def offer(self, people: Sequence[MayTake]) -> None:
        self.person.choices = [SelectChoice(one.person_id, one.name) for one in people]


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


class SwapForForm(SwapForm):
    """The coordinator's, for a visitor."""

    offered = RadioField(
        "Which visit would they make instead?",
        [InputRequired("Choose the visit they would make instead")],
        coerce=int,
        validate_choice=False,
    )
    is_agreed = BooleanField(
        "The other visitor has agreed",
        description="They told you so, by telephone for example. Both visits then change at once, and both"
        " visitors read that you answered for them.",
    )
