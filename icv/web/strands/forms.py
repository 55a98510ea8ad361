"""Forms of other strands: planning one, who makes it, and calling it off."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from icv.web.fields import DayField

NOBODY = 0
SHORT = 300


class VisitorsForm(FlaskForm):
    visitor_1 = SelectField("Who makes it?", [InputRequired("Choose a visitor")], coerce=int)
    visitor_2 = SelectField("And with whom?", coerce=int, description="One visitor is enough")

    def offer(self, visitors: Sequence[tuple[int, str]]) -> None:
        people = [SelectChoice(number, name) for number, name in visitors]
        self.visitor_1.choices = [SelectChoice(NOBODY, "Choose a visitor"), *people]
        self.visitor_2.choices = [SelectChoice(NOBODY, "Nobody else"), *people]

    @property
    def visitor_ids(self) -> tuple[int, ...]:
        return tuple(one for one in (self.visitor_1.data, self.visitor_2.data) if one)


class ReviewForm(VisitorsForm):
    suite = SelectField("Whose records?", [InputRequired("Choose the suite")], coerce=int)
    day = DayField(
        "On which day, or in the week of which?",
        [InputRequired("Enter a day")],
        description="A day behind you, if it has been made already",
    )


class DogsForm(ReviewForm):
    suite = SelectField(
        "Which suite’s police answer for the dogs?",
        [InputRequired("Choose the suite")],
        coerce=int,
        description="What is found is put to them. It enters none of the suite’s figures",
    )
    place = StringField(
        "Where, if not at that suite?", [Length(max=100)], description="For example: the force’s kennels"
    )


class CallOffForm(FlaskForm):
    reason = StringField("Why is it called off?", [Length(max=SHORT)])
