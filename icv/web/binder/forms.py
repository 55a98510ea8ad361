"""Forms of the quality binder."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from icv.rules.quality import (
    MOST_CODE,
    MOST_NOTE,
    MOST_WORDS,
    Evidence,
    Level,
    NewCriterion,
    Verdict,
    pasted,
)
from icv.store.quality import CriterionLine
from icv.web.fields import NumberSeenField
from icv.web.guarding import GuardedForm
from icv.web.settings.fields import WholeNumberField

SHOWN_BY = {
    Evidence.NONE.value: "Nothing in the data shows it: you say whether it is met, with a note",
    Evidence.VISITS_AGAINST_PLAN.value: "Scheduled visits completed, in per cent",
    Evidence.SPREAD.value: "Timeslots visited, in per cent, and each suite visited at a weekend and at night",
    Evidence.TRAINING.value: "Visitors with initial training and courses in date, in per cent",
    Evidence.REVIEWS.value: "Reviews and reappraisals held of those due, in per cent",
    Evidence.FINDINGS_ANSWERED.value: "Findings answered by the day a reply was due, in per cent",
    Evidence.PAPERS_PUBLISHED.value: "How many panel papers were frozen",
}


class VersionField(NumberSeenField):
    """The version of the criterion as it was seen."""

    def show_now(self, current: CriterionLine) -> None:
        """Refused, what it says now is shown: saved again, it is put in the place of that."""
        if self.errors:
            self.data = str(current.version)


def _levels() -> list[SelectChoice]:
    return [SelectChoice(level.value, level.heading) for level in Level]


class PasteForm(GuardedForm):
    level = RadioField("Level", [InputRequired("Choose a level")], choices=_levels())
    lines = TextAreaField(
        "Criteria",
        [DataRequired("Enter at least one criterion")],
        description="One a line; before it its code and a tab, as copied from a spreadsheet, if it has one",
    )

    def read(self) -> list[NewCriterion] | None:
        """None, and an error beside the field, where a line cannot be read."""
        try:
            return pasted(Level(self.level.data), self.lines.data or "")
        except ValueError as fault:
            self.lines.errors = [str(fault)]
            return None


class CriterionForm(GuardedForm):
    level = RadioField("Level", [InputRequired("Choose a level")], choices=_levels())
    code = StringField("Code", [Length(max=MOST_CODE)], description="If it has one")
    words = TextAreaField(
        "Criterion", [DataRequired("Enter the words of the criterion"), Length(max=MOST_WORDS)]
    )
    evidence = RadioField(
        "What in the data shows it?",
        [InputRequired("Choose what shows it")],
        choices=[SelectChoice(one.value, one.heading) for one in Evidence],
    )
    at_least = WholeNumberField(
        "At least", description="Per cent, or for papers how many. Leave empty for notes alone"
    )
    version = VersionField()

    def told(self) -> NewCriterion:
        return NewCriterion(
            Level(self.level.data),
            " ".join((self.code.data or "").split()),
            " ".join((self.words.data or "").split()),
            Evidence(self.evidence.data),
            self.at_least.data,
        )


def criterion_form(line: CriterionLine) -> CriterionForm:
    return CriterionForm(
        level=line.level.value,
        code=line.code,
        words=line.words,
        evidence=line.evidence.value,
        at_least=line.at_least,
        version=line.version,
    )


class JudgeForm(GuardedForm):
    verdict = RadioField("Is it met?", [InputRequired("Say whether it is met")])
    words = TextAreaField(
        "Note",
        [Length(max=MOST_NOTE)],
        description="What shows it, where it is kept, what is still to be done. It stands in the binder",
    )
    version = VersionField()

    def offer(self, evidence: Evidence) -> None:
        usual = (
            SelectChoice(Verdict.OPEN.value, "Nobody can say yet")
            if evidence is Evidence.NONE
            else SelectChoice(Verdict.BY_EVIDENCE.value, "As the evidence says, now and later")
        )
        self.verdict.choices = [
            usual,
            SelectChoice(Verdict.MET.value, "Met, in your own word"),
            SelectChoice(Verdict.NOT_MET.value, "Not met, in your own word"),
        ]


def judge_form(line: CriterionLine) -> JudgeForm:
    form = JudgeForm(verdict=line.verdict.value, words=line.note, version=line.version)
    form.offer(line.evidence)
    return form


class RemoveForm(FlaskForm):
    version = VersionField()
