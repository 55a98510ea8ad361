"""Forms about people: who they are, and the steps they take."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from icv.rules.bounds import MOST_NAME, MOST_PHONE, MOST_REASON
from icv.rules.reaching import LONGEST_ADDRESS
from icv.rules.stages import NEXT, Stage
from icv.store.people import NO_TEAM
from icv.store.scheme import Team
from icv.web.accounts.forms import has_an_address
from icv.web.fields import DayField

REASON = Length(max=MOST_REASON, message=f"Keep the reason to {MOST_REASON:,} characters")


class ContactForm(FlaskForm):
    name = StringField("Name", [DataRequired("Enter the name"), Length(max=MOST_NAME)])
    email = EmailField(
        "E-mail address",
        [InputRequired("Enter the e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
    )
    phone = TelField(
        "Telephone", [Length(max=MOST_PHONE)], description="As it is dialled, with its first 0 or +"
    )
    team_id = SelectField("Team", coerce=int)

    def offer_teams(self, teams: Sequence[Team]) -> None:
        self.team_id.choices = [
            SelectChoice(NO_TEAM, "No team"),
            *(SelectChoice(team.id, team.name) for team in teams),
        ]


class AddForm(ContactForm):
    """`similar_to` is the name that was warned of: sent again with the same name, the warning was read."""

    applied_on = DayField("Day of the application", [InputRequired("Enter the day of the application")])
    round_name = StringField("Recruitment round", [Length(max=MOST_NAME)])
    similar_to = HiddenField()


class StageForm(FlaskForm):
    """The stages offered are those the path allows; it is the act that refuses another one, and says why.

    Somebody may have moved since the page was opened: “not a valid choice” would tell nobody.
    """

    to = RadioField(
        "Next stage",
        [InputRequired("Choose the next stage"), AnyOf(list(Stage), "Choose the next stage")],
        validate_choice=False,
    )
    on = DayField("Day of the step", [InputRequired("Enter the day of the step")])
    reason = TextAreaField(
        "Reason", [Optional(), REASON], description="Always needed for an end or a suspension"
    )

    def offer(self, stages: list[Stage]) -> None:
        self.to.choices = [SelectChoice(stage.value, stage.heading) for stage in stages]
        if Stage.LEFT in stages:
            self.on.description = "For leaving: the first day they no longer belong to the scheme"


class AppointForm(FlaskForm):
    on = DayField("Appointed on", [InputRequired("Enter the day of the appointment")])
    probation_ends_on = DayField("Last day of probation", [InputRequired("Enter the last day of probation")])
    term_ends_on = DayField("Last day of the term", [InputRequired("Enter the last day of the term")])
    reason = TextAreaField("Note", [Optional(), REASON])


class CorrectForm(FlaskForm):
    """`step_id` is the step the page spoke of."""

    step_id = IntegerField(widget=HiddenInput())
    reason = TextAreaField("Why it was wrong", [DataRequired("Enter the reason for the correction"), REASON])


def stages_after(stage: Stage) -> list[Stage]:
    """In the order of the path."""
    return [step for step in Stage if step in NEXT[stage]]
