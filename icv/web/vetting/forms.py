"""Forms about the vetting of many at once. The level is all that is typed: disclosures have no place."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from icv.web.fields import DayField
from icv.web.people.forms import REASON
from icv.web.people.records import LEVEL


class AskedForm(FlaskForm):
    level = StringField("Level", [LEVEL], description="Such as NPPV2. Never what was disclosed")
    requested_on = DayField("Asked for on", [InputRequired("Enter the day it was asked for")])


class ClearedForm(FlaskForm):
    level = StringField(
        "Level",
        [LEVEL],
        description="Such as NPPV2. Empty: as it was asked for. Never what was disclosed",
    )
    cleared_on = DayField("Cleared on", [InputRequired("Enter the day it was cleared")])
    expires_on = DayField("Last day it counts", description="Leave empty if it does not run out")


class ExtendForm(FlaskForm):
    """`seen` stands for what was shown and is agreed to; empty until then."""

    until = DayField("New last day", [InputRequired("Enter the new last day")])
    decided_on = DayField("Decided on", [InputRequired("Enter the day it was decided")])
    reason = TextAreaField(
        "Who decided it, and why",
        [DataRequired("Enter who decided it, and why"), REASON],
        description="About all of them: nothing about one person",
    )
    seen = HiddenField()
