"""Forms by which people come on record other than by applying: a file, or one visitor typed in."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
)
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from icv.rules.bounds import MOST_NAME, MOST_PHONE
from icv.rules.days import day_in_words
from icv.rules.exchange.cells import written
from icv.rules.exchange.rows import RowError
from icv.rules.exchange.volunteers import VOLUNTEERS
from icv.rules.reaching import LONGEST_ADDRESS
from icv.rules.stages import Stage
from icv.rules.words import capital
from icv.store.scheme import Team
from icv.web.accounts.forms import has_an_address
from icv.web.clock import today
from icv.web.fields import DayField
from icv.web.people.records import LEVEL

A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class ImportForm(FlaskForm):
    kind = RadioField(
        "What does the file hold?",
        [InputRequired("Choose what the file holds")],
        choices=[
            SelectChoice("volunteers", "Volunteers: a row a person, at the stage reached"),
            SelectChoice("suites", "Suites: a row for each time one is open"),
            SelectChoice("visits", "Visits, with their counts"),
            SelectChoice("findings", "Findings of visits"),
        ],
        default="volunteers",
    )
    file = FileField(
        "The file",
        [FileRequired("Choose a file")],
        description="A .csv, .xlsx or .ods of at most 8 MB",
    )
    is_update = BooleanField(
        "Change those already on record",
        description="Where a row’s e-mail address or reference is known, the record takes what the file says;"
        " what the file has no column for stays. Without the tick, a known one is an error.",
    )


def not_to_come(form: FlaskForm, field: DayField) -> None:
    """What was done already has a day that is over, or today."""
    if field.data and field.data > today():
        raise ValidationError("This day is still to come: enter the day it was")


class VisitorForm(FlaskForm):
    """Somebody in office. Fields are named as columns of the volunteers' import, whose rules judge them."""

    name = StringField("Name", [DataRequired("Enter the name"), Length(max=MOST_NAME)])
    email = EmailField(
        "E-mail address",
        [InputRequired("Enter the e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
    )
    phone = TelField(
        "Telephone", [Length(max=MOST_PHONE)], description="As it is dialled, with its first 0 or +"
    )
    team = SelectField("Team")
    stage = RadioField(
        "Where do they stand?",
        [InputRequired("Choose where they stand")],
        choices=[
            SelectChoice(Stage.ACTIVE.value, "Appointed, probation behind them"),
            SelectChoice(Stage.PROBATION.value, "On probation"),
        ],
    )
    appointed_on = DayField("Appointed on", [InputRequired("Enter the day of the appointment"), not_to_come])
    probation_ends_on = DayField("Last day of probation", description="Leave empty if it is not known")
    term_ends_on = DayField("Last day of the term", description="Leave empty if no end was set")
    vetting_level = StringField(
        "Vetting: level", [LEVEL], description="Such as NPPV2. Never what was disclosed"
    )
    vetting_cleared_on = DayField("Vetting: cleared on", [not_to_come])
    vetting_expires_on = DayField("Vetting: last day it counts")
    trained_on = DayField("Day of the initial training", [not_to_come])
    similar_to = HiddenField()

    def offer_teams(self, teams: Sequence[Team]) -> None:
        self.team.choices = [SelectChoice("", "No team"), *(SelectChoice(team.name) for team in teams)]

    def cells(self) -> dict[str, str]:
        """As they would stand in a file."""
        own = {name: field for name, field in self._fields.items() if name in VOLUNTEERS.readers}
        return {name: written(field.data) for name, field in own.items()}

    def tell(self, errors: Iterable[RowError]) -> None:
        """Each beside its field, in the words of this page instead of a file's."""
        for error in errors:
            field = self[error.column]
            field.errors = [*field.errors, self._in_own_words(error.what)]

    def _in_own_words(self, what: str) -> str:
        for name, field in self._fields.items():
            if name in VOLUNTEERS.readers and "_" in name:
                what = what.replace(name, f"“{field.label.text}”")
        said = A_DAY.sub(lambda found: day_in_words(date.fromisoformat(found[0])), what)
        return capital(said)
