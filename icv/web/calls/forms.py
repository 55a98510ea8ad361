"""Forms of a call for availability."""

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from icv.web.fields import DayField


class AnswerByForm(FlaskForm):
    answer_by = DayField("Last day for answers", [InputRequired("Enter the last day for answers")])


class CallForm(AnswerByForm):
    first_on = DayField("From", [InputRequired("Enter the first day of the weeks")])
    last_on = DayField("To", [InputRequired("Enter the last day of the weeks")])
