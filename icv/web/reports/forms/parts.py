"""Forms of the report's parts. They read what is typed; what must hold is said by `icv.rules.report`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    Field,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from icv.rules.report import (
    ABSENT,
    AGES,
    CELLS,
    DELAYS,
    ESCORTS,
    LABELS,
    MODES,
    OUTCOMES,
    RANKS,
    SEXES,
    TRAINEE_CHECKS,
    AbsentNote,
    Arrival,
    Fault,
    Group,
    Headcount,
    Part,
    Remarks,
    SuiteNote,
    TerrorismNote,
    TraineeNote,
    read,
)
from icv.rules.visits import Mode, Outcome
from icv.web.reports.forms.fields import (
    SHORT,
    ChecksField,
    DayKnownField,
    choices,
    numbers,
    three_ways,
    words,
    yes_or_no,
)

NOT_ANSWERS = frozenset({"csrf_token", "version"})


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
        """Puts each fault beside its field; split-offered_adult is a box of the split."""
        for fault in faults:
            whole, _, box = fault.field.partition("-")
            field = self[whole].form[box] if box else self[whole]
            field.errors = [*field.errors, fault.sentence]


class ArrivalForm(PartForm):
    kind: ClassVar[type[Part]] = Arrival

    outcome = RadioField("How did the visit go?", [Optional()], choices=choices(OUTCOMES))
    reason = words("What happened?", "Only if you were not let in, had to break off, or found it closed")
    mode = RadioField("How was it made?", [Optional()], choices=choices(MODES), default=Mode.IN_PERSON.value)
    arrived_at = DayKnownField("When did you arrive?", [Optional()])
    admitted_at = DayKnownField("When were you let in?", [Optional()])
    left_at = DayKnownField("When did you leave?", [Optional()])
    delay = SelectField("Why did you have to wait?", [Optional()], choices=choices(DELAYS, "Choose a reason"))
    delay_words = StringField("More about the wait", [Length(max=SHORT)])
    rank = SelectField("Who decided it?", [Optional()], choices=choices(RANKS, "Choose a rank"))
    escort = SelectField(
        "Who showed you round?",
        [Optional()],
        choices=choices(ESCORTS, "Choose a role"),
        description="Their role, never a name",
    )

    def part(self) -> Part:
        arrival = super().part()
        return arrival.past_midnight if isinstance(arrival, Arrival) else arrival

    def asks_of_wait(self, long_wait_minutes: int) -> bool:
        """Whether there was a wait to explain, as far as the boxes tell."""
        arrived_at, admitted_at = self.arrived_at.data, self.admitted_at.data
        times = Arrival(arrived_at=arrived_at, admitted_at=admitted_at)
        said = self.delay.data or self.delay_words.data or self.delay.errors
        return bool(said) or times.asks_of_wait(long_wait_minutes)

    def asks_of_rank(self, long_wait_minutes: int) -> bool:
        is_refused = self.outcome.data == Outcome.NO_ACCESS
        return is_refused or bool(self.rank.errors) or self.asks_of_wait(long_wait_minutes)

    def suppose_days(self, day: date) -> None:
        """Times are mostly of one day."""
        for field in (self.arrived_at, self.admitted_at, self.left_at):
            field.suppose(day)


class CountsForm(PartForm):
    kind: ClassVar[type[Part]] = Headcount
    ages: ClassVar[Sequence[Group]] = AGES
    sexes: ClassVar[Sequence[Group]] = SEXES

    in_custody = IntegerField(LABELS["in_custody"], [Optional()])
    offered = IntegerField(LABELS["offered"], [Optional()])
    accepted = IntegerField(LABELS["accepted"], [Optional()])
    declined = IntegerField(LABELS["declined"], [Optional()])
    not_offered = IntegerField(LABELS["not_offered"], [Optional()])
    not_available = IntegerField(
        LABELS["not_available"], [Optional()], description="In interview, with a solicitor, at hospital"
    )
    observed_only = IntegerField(
        LABELS["observed_only"], [Optional()], description="Seen through the hatch, for example asleep"
    )
    split = FormField(numbers(CELLS), "By age and sex")
    why_not_adding_up = words("If the numbers do not add up, say why", most=SHORT)


class TerrorismForm(PartForm):
    kind: ClassVar[type[Part]] = TerrorismNote

    was_arranged = yes_or_no("Was the visit arranged beforehand?", "Most are, rather than unannounced")
    arranged_words = StringField(
        "How was it arranged?", [Length(max=SHORT)], description="With which role, and how long before"
    )
    detention_day = IntegerField(
        "On which day of the detention did you come?",
        [Optional()],
        description="From 1, the day of arrest, to 14. Of several people, the one held longest",
    )
    reviewer_informed = yes_or_no("Was the Independent Reviewer told of the visit?")


class AbsentForm(PartForm):
    kind: ClassVar[type[Part]] = AbsentNote

    words = words(
        "What happened?", "When and where you waited, and whether you reached your partner", most=SHORT
    )


class SuiteForm(PartForm):
    kind: ClassVar[type[Part]] = SuiteNote

    checks = ChecksField("What you saw", lambda asked: asked.suite_checks, "Not looked at")
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


VISIT_FORMS: dict[str, type[PartForm]] = {
    "arrival": ArrivalForm,
    "counts": CountsForm,
    "terrorism": TerrorismForm,
    "suite": SuiteForm,
    "remarks": RemarksForm,
    "trainee": TraineeForm,
    ABSENT: AbsentForm,
}


def _tidy(field: Field) -> Any:
    """The answer; words without spaces around them, and empty where the box was not sent at all."""
    return (field.data or "").strip() if isinstance(field, StringField) else field.data
