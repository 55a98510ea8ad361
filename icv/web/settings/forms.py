"""Forms of the settings: a choice and its day, a suite and its periods, a team."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import DecimalField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from icv.rules.bounds import MOST_ADDRESS, MOST_NAME, MOST_VISITS_A_WEEK
from icv.rules.choices import ASKED
from icv.rules.visits import SuiteKind
from icv.store.scheme import Team
from icv.web.fields import DayField, NumberSeenField, SeenField
from icv.web.settings.fields import FIELDS

NO_TEAM = 0


class ChoiceForm(FlaskForm):
    """`value` is drawn as the choice needs it; `form_of` makes the class.

    `seen`: the choice recorded last; 0: none was.
    """

    seen = NumberSeenField()

    effective_on = DayField(
        "Takes effect on",
        [InputRequired("Enter the day it takes effect")],
        description="Today or later. What was before that day stays as it was counted",
    )


def form_of(name: str) -> type[ChoiceForm]:
    asked = ASKED[name]
    field = FIELDS[asked.form]("From then on", description=asked.hint)
    return type("FormOfChoice", (ChoiceForm,), {"value": field})


class SuiteForm(FlaskForm):
    name = StringField("Name", [DataRequired("Enter the suite’s name"), Length(max=MOST_NAME)])
    address = TextAreaField("Address", [Length(max=MOST_ADDRESS)])
    team_id = SelectField(
        "Team",
        coerce=int,
        description="A suite with a team is visited by its members and by those without one",
    )

    def offer_teams(self, teams: Sequence[Team]) -> None:
        self.team_id.choices = [
            SelectChoice(NO_TEAM, "No team"),
            *(SelectChoice(team.id, team.name) for team in teams),
        ]


class DescribeForm(SuiteForm):
    """`seen` is a stamp of what was on record, here and below."""

    seen = SeenField()


class OftenForm(FlaskForm):
    """From a day on: what kind of suite it is and how often it is visited."""

    opens_on = DayField("From", [InputRequired("Enter the first day")])
    kind = RadioField(
        "Kind",
        choices=[
            SelectChoice(SuiteKind.MAIN.value, "Main: visits are planned"),
            SelectChoice(SuiteKind.CONTINGENCY.value, "Contingency: open in reserve, no visits are planned"),
        ],
        default=SuiteKind.MAIN.value,
    )
    visits_a_week = DecimalField(
        "Visits a week",
        [
            InputRequired("Enter how many visits a week"),
            NumberRange(0, MOST_VISITS_A_WEEK, f"Enter a number from 0 to {MOST_VISITS_A_WEEK}"),
        ],
        default=1,
        places=None,
        description="1 is once a week; 0.25 about once a month; 2 twice a week",
    )


class ChangePeriodForm(OftenForm):
    seen = SeenField()


class OpenForm(OftenForm):
    closes_on = DayField("Last day", description="Leave empty where no end is known")


class AddSuiteForm(SuiteForm, OpenForm):
    pass


class CloseForm(FlaskForm):
    closes_on = DayField("Last day open", [InputRequired("Enter the last day")])
    seen = SeenField()


class TeamForm(FlaskForm):
    name = StringField("Name of the team", [DataRequired("Enter the team’s name"), Length(max=MOST_NAME)])


class RenameForm(TeamForm):
    """`seen` is the name that was on record."""

    seen = SeenField()
