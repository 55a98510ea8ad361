"""Forms of the application, one a page. They read what is typed; `icv.rules.applying` says what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from icv.rules.applying import ONE_OF_THEM, TIES, Fault, Page
from icv.rules.monitoring import QUESTIONS
from icv.rules.reaching import LONGEST_ADDRESS
from icv.rules.scheme import Choices
from icv.web.accounts.forms import has_an_address
from icv.web.reports.forms import yes_or_no


class TrapForm(FlaskForm):
    """With a box that people do not see and programs fill in."""

    website = StringField("Leave this box empty")

    def validate_website(self, field: StringField) -> None:
        """Says so: the browser of a real person may have filled it in, and the next try goes through."""
        if field.data:
            field.data, field.raw_data = "", [""]
            raise ValidationError(
                "A hidden box that must stay empty was filled in, perhaps by your browser. It is empty again:"
                " please send this once more"
            )


class SendForm(TrapForm):
    is_true = BooleanField(
        "What I have said in this application is true", [InputRequired("Tick this to send it")]
    )


class FindForm(TrapForm):
    email = EmailField(
        "E-mail address",
        [InputRequired("Enter your e-mail address"), Length(max=LONGEST_ADDRESS), has_an_address],
    )


class PageForm(FlaskForm):
    """A page of questions; what holds the answers to a length is the rules', so that nothing typed is cut."""

    def typed(self) -> dict[str, Any]:
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}

    def tell(self, faults: Sequence[Fault]) -> None:
        """Puts each fault beside its field."""
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, fault.sentence]

    def fit(self, choices: Choices) -> None:
        """Offers what the scheme's own choices say."""


class NameForm(PageForm):
    name = StringField("Full name")


class ContactForm(PageForm):
    email = EmailField(
        "E-mail address", description="We send you a link by which you can go on with this later"
    )
    phone = TelField("Telephone", description="If you can be rung. Leave it empty if not")


class AreaForm(PageForm):
    ties = SelectMultipleField(
        "What is true of you?",
        [Optional()],
        choices=[SelectChoice(tie, words) for tie, words in TIES.items()],
        description="Tick all that are",
    )
    town = StringField("Which town or village?", description="Of the one you ticked first")


class AgeForm(PageForm):
    is_adult = yes_or_no("Are you 18 or over?")


class RolesForm(PageForm):
    declared = SelectMultipleField(
        "I declare that", [Optional()], description="Tick each line that is true of you"
    )

    def fit(self, choices: Choices) -> None:
        self.declared.choices = [
            *(SelectChoice(role, f"I am not {role}") for role in choices.barred_roles),
            SelectChoice(ONE_OF_THEM, "One of these describes me"),
        ]


class ConnectionsForm(PageForm):
    has_any = yes_or_no("Do you have such a connection?")
    words = TextAreaField("What is it?", description="Who, what they do, and where. A few words are enough")


class WhyForm(PageForm):
    why = TextAreaField("In your own words")


class RefereeForm(PageForm):
    name = StringField("Full name")
    email = EmailField("E-mail address", description="We send the questions there")
    phone = TelField("Telephone", description="If you know it")
    relation = StringField(
        "How do they know you?", description="Such as: my manager for four years, or a neighbour since 2015"
    )
    is_no_relative = BooleanField("This person is not related to me")


class HeardForm(PageForm):
    heard = StringField("How did you hear of us?", description="Leave it empty if you would rather not say")


class ConsentForm(PageForm):
    vetting = BooleanField("I agree to be vetted by the police")
    references = BooleanField("I agree that my referees are asked about me")

    def fit(self, choices: Choices) -> None:
        if not choices.references_wanted:
            del self.references


PAGE_FORMS: Mapping[str, type[PageForm]] = {
    "name": NameForm,
    "contact": ContactForm,
    "area": AreaForm,
    "age": AgeForm,
    "roles": RolesForm,
    "connections": ConnectionsForm,
    "why": WhyForm,
    "heard": HeardForm,
    "consent": ConsentForm,
}


def form_of(asked: Page, saved: Mapping[str, Any] | None, choices: Choices) -> PageForm:
    """The page's form, with what is saved or with what was sent."""
    kind = RefereeForm if asked.is_referee else PAGE_FORMS[asked.name]
    form = kind(data=saved)
    form.fit(choices)
    return form


class AboutYouForm(FlaskForm):
    """The voluntary questions: any of them may be left out."""

    def given(self) -> dict[str, str | None]:
        return {question.name: self[question.name].data for question in QUESTIONS}


for question in QUESTIONS:
    options = [SelectChoice(answer, words) for answer, words in question.answers.items()]
    setattr(
        AboutYouForm,
        question.name,
        RadioField(question.title, [Optional()], choices=options, description=question.hint),
    )
