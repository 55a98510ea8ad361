"""Forms of the report's parts. They read what is typed; what must hold is said by `icv.rules.report`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from icv.rules.report import (
    CHECKS,
    DELAYS,
    LABELS,
    MODES,
    OUTCOMES,
    RANKS,
    SETTLED,
    SUITE_CHECKS,
    TRAINEE_CHECKS,
    WHY_NOT_SEEN,
    Arrival,
    ContactNote,
    ContactsNote,
    Fault,
    FindingNote,
    FindingsNote,
    Headcount,
    Part,
    Remarks,
    SuiteNote,
    Three,
    TraineeNote,
    read,
)
from icv.rules.report.parts import MOST_CHARACTERS
from icv.rules.visits import Mode
from icv.web.fields import MomentField

SHORT = 300
NOT_ANSWERS = frozenset({"csrf_token", "version"})


def choices(words: Mapping[Any, str], empty: str | None = None) -> list[SelectChoice]:
    options = [SelectChoice(str(value), label) for value, label in words.items()]
    return options if empty is None else [SelectChoice("", empty), *options]


def yes_no(value: Any) -> bool | None:
    """Of what a radio sends, or of what is kept."""
    return {"yes": True, "no": False}.get(value, value if isinstance(value, bool) else None)


def yes_or_no(label: str, description: str = "") -> RadioField:
    options = [SelectChoice("yes", "Yes"), SelectChoice("no", "No")]
    return RadioField(label, [Optional()], choices=options, coerce=yes_no, description=description)


def words(label: str, description: str = "", most: int = MOST_CHARACTERS) -> TextAreaField:
    return TextAreaField(label, [Length(max=most)], description=description)


def three_ways(checks: Mapping[str, str], not_asked: str) -> type[Form]:
    """A form of checks, each yes, no or not asked."""
    options = {Three.YES: "Yes", Three.NO: "No", Three.NOT_ASKED: not_asked}
    fields = {
        check: RadioField(title, [Optional()], choices=choices(options), default=Three.NOT_ASKED.value)
        for check, title in checks.items()
    }
    return type("Checks", (Form,), fields)


class DayKnownField(MomentField):
    """A moment whose day is filled in beforehand: without a time it is not an answer yet."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist if valuelist[3] else [""] * len(valuelist))
        self.parts = dict(zip(self.part_names, valuelist, strict=True))

    def suppose(self, day: date) -> None:
        """Fills in the day where nothing is."""
        if not any(self.parts.values()):
            self.parts.update(day=str(day.day), month=str(day.month), year=str(day.year))


class PartForm(FlaskForm):
    """A form of one part. `version` is the one shown, so that a partner's saving in between is seen."""

    kind: ClassVar[type[Part]]

    version = IntegerField(default=0, widget=HiddenInput())

    def part(self) -> Part:
        return read(self.kind, self.typed())

    def typed(self) -> dict[str, Any]:
        """What is typed, without spaces around it."""
        return {name: _tidy(field) for name, field in self._fields.items() if name not in NOT_ANSWERS}

    def tell(self, faults: Sequence[Fault]) -> None:
        """Puts each fault beside its field."""
        for fault in faults:
            field = self[fault.field]
            field.errors = [*field.errors, fault.sentence]


class ArrivalForm(PartForm):
    kind: ClassVar[type[Part]] = Arrival

    outcome = RadioField("How did the visit go?", [Optional()], choices=choices(OUTCOMES))
    reason = words("What happened?", "Only if you were not let in, had to break off, or found it closed")
    mode = RadioField("How was it made?", [Optional()], choices=choices(MODES), default=Mode.IN_PERSON.value)
    arrived_at = DayKnownField("When did you arrive?", [Optional()])
    admitted_at = DayKnownField("When were you let in?", [Optional()])
    left_at = DayKnownField("When did you leave?", [Optional()])
    delay = SelectField(
        "Why did you have to wait?", [Optional()], choices=choices(DELAYS, "We did not have to")
    )
    delay_words = StringField("More about the wait", [Length(max=SHORT)])
    rank = SelectField(
        "Who decided that you should wait?", [Optional()], choices=choices(RANKS, "Nobody: no wait")
    )

    def suppose_days(self, day: date) -> None:
        """Times are mostly of one day."""
        for field in (self.arrived_at, self.admitted_at, self.left_at):
            field.suppose(day)


class CountsForm(PartForm):
    kind: ClassVar[type[Part]] = Headcount

    in_custody = IntegerField(LABELS["in_custody"], [Optional()])
    offered = IntegerField(LABELS["offered"], [Optional()])
    accepted = IntegerField(LABELS["accepted"], [Optional()], description="Of those offered a visit")
    declined = IntegerField(LABELS["declined"], [Optional()], description="Of those offered a visit")
    not_offered = IntegerField(LABELS["not_offered"], [Optional()])
    not_available = IntegerField(
        LABELS["not_available"], [Optional()], description="In interview, with a solicitor, at hospital"
    )
    observed_only = IntegerField(
        LABELS["observed_only"], [Optional()], description="Seen through the hatch, for example asleep"
    )
    why_not_adding_up = words("If the numbers do not add up, say why", most=SHORT)


class SuiteForm(PartForm):
    kind: ClassVar[type[Part]] = SuiteNote

    checks = FormField(three_ways(SUITE_CHECKS, "Not looked at"), "What you saw")
    notes = words("Notes", "What is wrong and should be answered belongs in Findings")


class RemarksForm(PartForm):
    kind: ClassVar[type[Part]] = Remarks

    positives = words("What was good?")
    other = words("Anything else?", "Never write a name, or what somebody is suspected of")
    saw_serious = yes_or_no(
        "Did you see or hear anything serious?",
        "A risk to somebody's safety, health or dignity, or word of ill-treatment. Say so even if nothing",
    )


class TraineeForm(PartForm):
    kind: ClassVar[type[Part]] = TraineeNote

    checks = FormField(three_ways(TRAINEE_CHECKS, "Cannot say"), "How they did")
    went_well = words("What went well?")
    work_on = words("What should they work on?")


class ContactForm(PartForm):
    kind: ClassVar[type[Part]] = ContactNote

    custody_number = StringField(
        "Custody number", [Length(max=20)], description="As on the custody record, never a name"
    )
    was_seen = yes_or_no("Did you see this person?")
    why_not_seen = SelectField("Why not?", [Optional()], choices=choices(WHY_NOT_SEEN, "Choose a reason"))
    grounds = words("Grounds", "If the police refused or it was another reason: what was said, and by whom")
    consents_to_talk = yes_or_no("Did they agree to talk to you?")
    consents_to_record = yes_or_no("Did they agree that you look at their custody record?")
    checks = FormField(three_ways(CHECKS, "Not asked"), "What you checked")
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


class FindingsForm(PartForm):
    kind: ClassVar[type[Part]] = FindingsNote

    nothing_to_raise = BooleanField("We found nothing to raise")


SECTION_FORMS: dict[str, type[PartForm]] = {
    "arrival": ArrivalForm,
    "counts": CountsForm,
    "suite": SuiteForm,
    "remarks": RemarksForm,
    "trainee": TraineeForm,
}


def _tidy(field: Field) -> Any:
    """The answer; words without spaces around them, and empty where the box was not sent at all."""
    return (field.data or "").strip() if isinstance(field, StringField) else field.data
