"""Forms of what the coordinator records of a visit."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from icv.web.fields import DayField
from icv.web.reports.forms import SHORT


class MissedForm(FlaskForm):
    reason = StringField(
        "Why was it missed?", [Length(max=SHORT)], description="For example: one of the two did not come"
    )


class ExtraForm(FlaskForm):
    suite = SelectField("Which suite was visited?", [InputRequired("Choose the suite")], coerce=int)
    day = DayField("On which day?", [InputRequired("Enter the day of the visit")])
    visitor_1 = SelectField("First visitor", [InputRequired("Choose a visitor")], coerce=int)
    visitor_2 = SelectField("Second visitor", [InputRequired("Choose a visitor")], coerce=int)
