"""Forms for what a volunteer changes or declares themselves."""

from enum import StrEnum

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length

from icv.rules.bounds import MOST_PHONE
from icv.rules.reaching import LONGEST_ADDRESS
from icv.web.accounts.forms import has_an_address

MOST_WORDS = 2000


class PhoneForm(FlaskForm):
    phone = TelField(
        "Your telephone number",
        [Length(max=MOST_PHONE)],
        description="As it is dialled, with its first 0 or +. Leave it empty to have none on record",
    )


class AddressForm(FlaskForm):
    email = EmailField(
        "Your new e-mail address",
        [InputRequired("Enter your new e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
        description="You sign in with it once it is confirmed",
    )


class Subject(StrEnum):
    """What a declaration is about."""

    CIRCUMSTANCES = "circumstances"
    CONFLICT = "conflict"

    @property
    def words(self) -> str:
        if self is Subject.CONFLICT:
            return "Somebody I should not visit with, or a suite I should not visit"
        return "A change in my circumstances"


class DeclareForm(FlaskForm):
    about = RadioField(
        "What is it about?",
        [InputRequired("Choose what it is about")],
        choices=[
            SelectChoice(Subject.CIRCUMSTANCES.value, "A change in my circumstances"),
            SelectChoice(
                Subject.CONFLICT.value, "Somebody I should not visit with, or a suite I should not visit at"
            ),
        ],
    )
    words = TextAreaField(
        "In your own words",
        [
            DataRequired("Say what has changed, or whom or what it concerns"),
            Length(max=MOST_WORDS, message=f"Keep it to {MOST_WORDS:,} characters"),
        ],
    )

    @property
    def said(self) -> str:
        """A conflict is told as one: the coordinator records it against the person or the suite."""
        return f"Conflict: {self.words.data}" if self.about.data == Subject.CONFLICT else self.words.data


class SignForm(FlaskForm):
    """`version` is the one the page spoke of."""

    version = HiddenField()
    agreed = BooleanField("I have read it and agree to it", [InputRequired("Tick the box to sign")])


class EligibilityForm(FlaskForm):
    declared = BooleanField("All of this is true of me", [InputRequired("Tick the box to declare it")])
