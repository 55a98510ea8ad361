"""Forms about references: who may speak for somebody, what they said, and notes of an interview."""

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, SelectChoice, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from icv.rules.bounds import MOST_PHONE
from icv.rules.reaching import LONGEST_ADDRESS
from icv.rules.refereeing import QUESTIONS, Answer, Recommendation
from icv.services.people import InterviewNotes
from icv.services.references import RefereeContact
from icv.web.accounts.forms import has_an_address
from icv.web.fields import DayField

LONGEST_ANSWER = 4000
LONG = Length(max=LONGEST_ANSWER, message=f"Keep it to {LONGEST_ANSWER:,} characters")
SHORT = Length(max=100, message="Keep it to 100 characters")
SOME_WORDS = DataRequired("Answer this question, however shortly")


class RefereeForm(FlaskForm):
    name = StringField("Name", [DataRequired("Enter the referee’s name"), SHORT])
    email = EmailField(
        "E-mail address",
        [Optional(), Length(max=LONGEST_ADDRESS), has_an_address],
        description="Where they are asked. Leave empty if the reference comes on paper",
    )
    phone = TelField("Telephone", [Length(max=MOST_PHONE)])
    relation = StringField(
        "How they know the applicant", [SHORT], description="Such as employer, or neighbour for six years"
    )

    def contact(self) -> RefereeContact:
        return RefereeContact(
            self.name.data, self.email.data or "", self.phone.data or "", self.relation.data or ""
        )


class AnswerForm(FlaskForm):
    """The questions of a reference, by the names the answer is kept under."""

    capacity = TextAreaField(QUESTIONS["capacity"], [SOME_WORDS, LONG])
    reliable = TextAreaField(
        QUESTIONS["reliable"],
        [SOME_WORDS, LONG],
        description="Do they turn up when they said so, and keep to themselves what they see and hear?",
    )
    respectful = TextAreaField(
        QUESTIONS["respectful"],
        [SOME_WORDS, LONG],
        description="Whoever people are, and whatever they may have done",
    )
    unsuited = TextAreaField(
        QUESTIONS["unsuited"], [SOME_WORDS, LONG], description="If nothing does, write “no”"
    )
    recommends = RadioField(
        QUESTIONS["recommends"],
        [InputRequired("Choose one of the three")],
        choices=[SelectChoice(one.value, one.heading) for one in Recommendation],
    )
    more = TextAreaField("Is there anything else we should know? (optional)", [Optional(), LONG])
    signed = StringField(
        "Your name", [DataRequired("Enter your name"), SHORT], description="It stands for your signature"
    )

    def answer(self) -> Answer:
        said = {name: self[name].data or "" for name in QUESTIONS}
        return Answer(**{**said, "recommends": Recommendation(self.recommends.data)})  # type: ignore[arg-type]


class PaperForm(AnswerForm):
    """The same questions as the office types them in; the paper itself may leave some out."""

    signed = StringField(
        "Signed by",
        [DataRequired("Enter whose name stands under it"), SHORT],
        description="The name at its end",
    )
    received_on = DayField("Day it came", [InputRequired("Enter the day it came")])


class InterviewForm(FlaskForm):
    held_on = DayField("Day of the interview", [InputRequired("Enter the day it was held")])
    interviewers = StringField(
        "Interviewers", [DataRequired("Enter who held it"), Length(max=200)], description="Their names"
    )
    notes = TextAreaField(
        "Notes",
        [DataRequired("Enter the notes"), Length(max=10_000, message="Keep the notes to 10,000 characters")],
        description="What was asked and answered, and why you recommend them or not",
    )
    is_recommended = RadioField(
        "Is the applicant recommended?",
        [InputRequired("Choose yes or no")],
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
    )

    def noted(self) -> InterviewNotes:
        return InterviewNotes(
            self.held_on.data,
            self.interviewers.data,
            self.notes.data,
            is_recommended=self.is_recommended.data == "yes",
        )
