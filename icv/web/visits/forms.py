"""Forms of what the coordinator records of a visit."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from icv.rules.report import Arrival, Headcount, read
from icv.web.fields import DayField
from icv.web.reports.forms import SHORT, ArrivalForm, CountsForm


class MissedForm(FlaskForm):
    reason = StringField(
        "Why was it missed?", [Length(max=SHORT)], description="For example: one of the two did not come"
    )


class PaperForm(ArrivalForm, CountsForm):
    """What a paper report says of times and counts."""

    def parts(self) -> tuple[Arrival, Headcount]:
        return read(Arrival, self.typed()), read(Headcount, self.typed())


class ExtraForm(FlaskForm):
    suite = SelectField("Which suite was visited?", [InputRequired("Choose the suite")], coerce=int)
    day = DayField("On which day?", [InputRequired("Enter the day of the visit")])
    visitor_1 = SelectField("First visitor", [InputRequired("Choose a visitor")], coerce=int)
    visitor_2 = SelectField("Second visitor", [InputRequired("Choose a visitor")], coerce=int)
