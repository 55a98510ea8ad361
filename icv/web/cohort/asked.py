"""The day a question is asked about: three boxes of a form, or one word of the address."""

from datetime import date

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired

from icv.web.fields import DayField


class DayForm(FlaskForm):
    """A question, not an act: it is asked by its address, so that it can be kept and sent on."""

    class Meta:
        csrf = False

    on = DayField("On which day?", [InputRequired("Enter the day")], description="For example 3 3 2027")

    def day_or(self, today: date) -> date:
        """The day asked about; while none can be read, today."""
        return today if self.errors or self.on.data is None else self.on.data


def day_form(today: date) -> DayForm:
    """As asked: `?on=2027-03-03` is the same as the three boxes. Nothing asked: today."""
    typed = MultiDict(request.args.items(multi=True))
    if "on" in typed:
        parts = [*typed.pop("on").split("-"), "", ""]
        typed.update({"on-year": parts[0], "on-month": parts[1], "on-day": parts[2]})
    is_asked = any(name.startswith("on-") for name in typed)
    form = DayForm(typed if is_asked else None, on=today)
    if is_asked:
        form.validate()
    return form
