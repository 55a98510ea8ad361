"""Forms of the dated records, and for each kind what a page calls it."""

from dataclasses import dataclass, fields

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from icv.rules.bounds import MOST_LEVEL
from icv.rules.records import AgreementFacts, CardFacts, Facts, TermFacts, TrainingFacts, VettingFacts
from icv.services.people import Mistake
from icv.web.fields import DayField

SHORT = Length(max=100)
LEVEL = Length(max=MOST_LEVEL, message=f"Enter the level alone, in {MOST_LEVEL} characters or fewer")


class RecordForm(FlaskForm):
    def facts(self, kind: type[Facts]) -> Facts:
        """What was typed, as the rules look at it; the fields are named alike."""
        return kind(**{fact.name: self[fact.name].data for fact in fields(kind)})  # type: ignore[arg-type]


class VettingForm(RecordForm):
    level = StringField("Level", [LEVEL], description="Such as NPPV2. Never what was disclosed")
    requested_on = DayField("Asked for on")
    cleared_on = DayField("Cleared on")
    expires_on = DayField("Last day it counts")
    refused_on = DayField("Refused or withdrawn on")


class TrainingForm(RecordForm):
    course = StringField(
        "Course", [DataRequired("Enter the name of the course"), SHORT], default="Initial training"
    )
    trained_on = DayField("Day of the training", [InputRequired("Enter the day of the training")])
    expires_on = DayField(
        "Last day it counts",
        description="Left empty, a training recorded now counts for as long as its course does",
    )


class TermForm(RecordForm):
    starts_on = DayField("First day of the term", [InputRequired("Enter the first day of the term")])
    ends_on = DayField("Last day of the term", description="Leave empty if no end was set")


class AgreementForm(RecordForm):
    version = StringField("Version", [DataRequired("Enter which version was signed"), SHORT])
    signed_on = DayField("Signed on", [InputRequired("Enter the day it was signed")])


class CardForm(RecordForm):
    number = StringField("Number", [DataRequired("Enter the card’s number"), SHORT])
    issued_on = DayField("Issued on", [InputRequired("Enter the day it was issued")])
    expires_on = DayField("Last day it counts")
    returned_on = DayField("Returned or lost on")


@dataclass(frozen=True, slots=True)
class Kind:
    title: str
    facts: type[Facts]
    form: type[RecordForm]


KINDS = {
    "vetting": Kind("Vetting", VettingFacts, VettingForm),
    "training": Kind("Training", TrainingFacts, TrainingForm),
    "term": Kind("Term of appointment", TermFacts, TermForm),
    "agreement": Kind("Memorandum of understanding", AgreementFacts, AgreementForm),
    "card": Kind("Identity card", CardFacts, CardForm),
}


class RemoveForm(FlaskForm):
    """The reasons are words of ours: what is typed freely could name what must not be in the trail."""

    reason = RadioField(
        "Why it is taken back",
        [InputRequired("Choose why it is taken back")],
        choices=[SelectChoice(why.value, why.words) for why in Mistake],
    )


class ConflictForm(FlaskForm):
    """With another visitor or at a suite: one of the two."""

    with_whom = RadioField(
        "They must not visit",
        [InputRequired("Choose whether it is about a visitor or a suite")],
        choices=[SelectChoice("person", "with another visitor"), SelectChoice("suite", "at a suite")],
    )
    person_id = SelectField("Which visitor", coerce=int)
    suite_id = SelectField("Which suite", coerce=int)
    declared_on = DayField("Declared on", [InputRequired("Enter the day it was declared")])

    def offer(self, people: list[tuple[int, str]], suites: list[tuple[int, str]]) -> None:
        """Nothing is chosen until somebody chooses: the first of a list is nobody's answer."""
        for field, known in ((self.person_id, people), (self.suite_id, suites)):
            field.choices = [SelectChoice(0, "Choose one"), *(SelectChoice(*one) for one in known)]
