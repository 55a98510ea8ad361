"""Forms of the parts that come in numbers, people met and findings, and of what is said of them together."""

from typing import ClassVar

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, Optional

from icv.rules.report import (
    RANKS,
    SETTLED,
    WHY_NOT_SEEN,
    ContactNote,
    ContactsNote,
    FindingNote,
    FindingsNote,
    Part,
)
from icv.web.reports.forms.fields import SHORT, ChecksField, choices, three, words, yes_or_no
from icv.web.reports.forms.parts import PartForm

SHORT_KEY = 80


class ContactForm(PartForm):
    kind: ClassVar[type[Part]] = ContactNote

    custody_number = StringField(
        "Custody number", [Length(max=20)], description="As on the custody record, never a name"
    )
    is_child = BooleanField("A child, under 18")
    is_vulnerable = BooleanField("Vulnerable")
    was_seen = yes_or_no("Did you see this person?")
    why_not_seen = SelectField("Why not?", [Optional()], choices=choices(WHY_NOT_SEEN, "Choose a reason"))
    grounds = words("Grounds", "If the police refused or it was another reason: what was said, and by whom")
    refused_by = SelectField(
        "Who decided it?",
        [Optional()],
        choices=choices(RANKS, "Choose a rank"),
        description="Only an inspector or above may, for safety or so that justice is not interfered with",
    )
    consents_to_talk = three("Did they agree to talk to you?")
    consents_to_record = three("Did they agree that you look at their custody record?")
    checks = ChecksField("What you checked", lambda asked: asked.contact_checks, "Not asked")
    remarks = words("Remarks", "Never write a name, or what somebody is suspected of")


class ContactsForm(PartForm):
    kind: ClassVar[type[Part]] = ContactsNote

    why_fewer = words("Why are fewer people entered than accepted a visit?", most=SHORT)


class FindingForm(PartForm):
    kind: ClassVar[type[Part]] = FindingNote

    category = SelectField("What is it about?", [Optional()])
    detail = words(
        "What did you see or hear?",
        "The police may read this as you write it. Never write a name, yours included",
    )
    settled = RadioField("What became of it?", [Optional()], choices=choices(SETTLED))
    put_right_by = words("Who put it right, and how?", "By their role: the sergeant brought a blanket", SHORT)
    is_serious = BooleanField("This is serious")
    themes = SelectMultipleField("Themes", [Optional()], description="Tick any that it is about")
    check = StringField("The answer that showed it", [Length(max=SHORT_KEY)])


class FindingsForm(PartForm):
    kind: ClassVar[type[Part]] = FindingsNote

    nothing_to_raise = BooleanField("We found nothing to raise")
