"""Forms of acts on findings."""

from collections.abc import Collection, Sequence

from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from icv.rules.bounds import MOST_REASON
from icv.rules.findings import FindingState
from icv.services.findings import MOST_WORDS, HowKnown, NewFinding
from icv.services.findings.changing import Changed
from icv.store.findings import FindingThread
from icv.web.fields import DayField
from icv.web.guarding import GuardedForm

SERIOUS = (
    "Somebody’s safety, health or dignity was at risk, or somebody said they were ill-treated. Every"
    " coordinator is told at once, and the police are asked to reply sooner"
)
BECAME = {
    FindingState.RAISED: "It is open: somebody has to decide on it or reply",
    FindingState.RESOLVED_AT_VISIT: "It was put right during the visit",
    FindingState.ALREADY_ACTIONED: "The police had acted on it already",
}


class WordsForm(GuardedForm):
    words = TextAreaField("", [Length(max=MOST_WORDS)])

    @property
    def typed(self) -> str:
        return (self.words.data or "").strip()


class MoveForm(WordsForm):
    """Putting, sending back, closing and taking up again: the words of it are set by the page."""


class NoteForm(WordsForm):
    words = TextAreaField(
        "Note",
        [Length(max=MOST_WORDS)],
        description="For the office alone: neither the police nor the visitors read it. It stays as written",
    )


class TellForm(WordsForm):
    words = TextAreaField(
        "What should its visitors know?",
        [Length(max=MOST_WORDS)],
        description="They read replies and why it was closed anyway. The police do not read this",
    )


class SortedForm(GuardedForm):
    """What a finding is sorted by. What the service refuses it says itself."""

    category = SelectField("Category", [InputRequired("Choose a category")], validate_choice=False)
    themes = SelectMultipleField("Themes", validate_choice=False, description="As many as fit, or none")
    is_serious = BooleanField("Serious", description=SERIOUS)

    def offer(self, categories: Sequence[str], themes: Collection[str], *, first: str = "") -> None:
        offered = [SelectChoice(name, name.capitalize()) for name in categories]
        self.category.choices = [SelectChoice("", first), *offered] if first else offered
        self.themes.choices = [SelectChoice(name, name.capitalize()) for name in themes]


class ChangeForm(SortedForm):
    reason = TextAreaField(
        "Why is it changed?",
        [Length(max=MOST_REASON)],
        description="For the office. What it was before stays readable beside it",
    )

    def asked(self) -> Changed:
        return Changed(
            category=self.category.data or "",
            themes=frozenset(self.themes.data or ()),
            is_serious=bool(self.is_serious.data),
            reason=(self.reason.data or "").strip(),
        )

    def suppose(self, finding: FindingThread) -> None:
        if not self.is_submitted():
            self.category.data, self.themes.data = finding.category, list(finding.themes)
            self.is_serious.data = finding.is_serious


class RaiseForm(SortedForm):
    how = RadioField(
        "How do you know of it?",
        [InputRequired("Say how you know of it")],
        choices=[SelectChoice(how.value, how.words) for how in HowKnown],
    )
    raised_on = DayField("When was it seen?", [InputRequired("Enter the day it was seen")])
    detail = TextAreaField(
        "What was seen",
        [Length(max=MOST_WORDS)],
        description="The police may read this as it stands: no names, and no custody number",
    )
    became = RadioField(
        "What became of it?",
        [InputRequired("Say what became of it")],
        choices=[SelectChoice(state.value, words) for state, words in BECAME.items()],
    )
    put_right_by = StringField(
        "Who put it right", [Length(max=200)], description="By rank or role, such as the custody sergeant"
    )
    what_became = TextAreaField(
        "What was done", [Length(max=MOST_WORDS)], description="If anything was. The police do not read this"
    )

    def told(self) -> NewFinding:
        return NewFinding(
            how=HowKnown(self.how.data),
            category=self.category.data or "",
            detail=(self.detail.data or "").strip(),
            raised_on=self.raised_on.data,
            became=FindingState(self.became.data),
            put_right_by=(self.put_right_by.data or "").strip(),
            what_became=(self.what_became.data or "").strip(),
            is_serious=bool(self.is_serious.data),
            themes=frozenset(self.themes.data or ()),
        )
