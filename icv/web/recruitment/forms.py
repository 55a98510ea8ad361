"""Forms of recruitment rounds."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from icv.rules.bounds import MOST_NAME
from icv.services.recruitment import RoundPlan
from icv.web.fields import DayField

MOST_WORDS = 4000


class RoundForm(FlaskForm):
    name = StringField(
        "Name of the round",
        [DataRequired("Enter a name for the round"), Length(max=MOST_NAME)],
        description="As the panel reads it, such as Spring 2026",
    )
    opened_on = DayField("First day to apply", description="Leave empty if nobody knows")
    last_on = DayField("Last day to apply", description="Leave empty to close the round by hand")
    places = IntegerField(
        "How many visitors you hope to find",
        [Optional(), NumberRange(1, 999, "Enter a number from 1 to 999, or leave it empty")],
    )
    is_public = BooleanField(
        "Take applications online", description="While the round is open, anybody may apply on a public page"
    )
    welcome = TextAreaField(
        "Words of welcome",
        [Length(max=MOST_WORDS, message="Keep the welcome to 4,000 characters")],
        description="What applicants read first: what visitors do, what you look for, when you decide",
    )

    def plan(self) -> RoundPlan:
        return RoundPlan(
            self.name.data,
            self.opened_on.data,
            self.last_on.data,
            self.places.data,
            self.is_public.data,
            self.welcome.data or "",
        )


class OpenForm(FlaskForm):
    last_on = DayField("Last day to apply", description="Leave empty to close the round by hand")


class CloseForm(FlaskForm):
    """A button, and nothing to fill in."""
