"""Forms of what the coordinator records of a visit."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from icv.rules.visits import VisitKind
from icv.web.fields import DayField
from icv.web.reports.forms import SHORT


class MissedForm(FlaskForm):
    reason = StringField(
        "Why was it missed?", [Length(max=SHORT)], description="For example: one of the two did not come"
    )


class ExtraForm(FlaskForm):
    kind = RadioField(
        "Whom did they visit?",
        [InputRequired("Say whom they visited")],
        choices=[
            SelectChoice(VisitKind.CUSTODY.value, "People in custody"),
            SelectChoice(VisitKind.TERRORISM.value, "Somebody held as a terrorism detainee"),
        ],
        default=VisitKind.CUSTODY.value,
        description="Visits to terrorism detainees have questions of their own and are counted apart",
    )
    suite = SelectField("Which suite was visited?", [InputRequired("Choose the suite")], coerce=int)
    day = DayField(
        "On which day?",
        [InputRequired("Enter the day of the visit")],
        description="A visit to a terrorism detainee may be still to come",
    )
    visitor_1 = SelectField("First visitor", [InputRequired("Choose a visitor")], coerce=int)
    visitor_2 = SelectField("Second visitor", [InputRequired("Choose a visitor")], coerce=int)

    def asked(self) -> tuple[int, date, list[int], VisitKind]:
        """Suite, day, visitors and kind, once the form is valid."""
        pair = [self.visitor_1.data, self.visitor_2.data]
        return self.suite.data, self.day.data, pair, VisitKind(self.kind.data)
