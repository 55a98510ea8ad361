"""How far a person has come on the path, and what the scheme requires before a stage that they have not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from icv.rules.appraisal import ReviewOutcome
from icv.rules.clearance import Standing, faults
from icv.rules.days import day_in_words
from icv.rules.refereeing import RefereeDays, references_on
from icv.rules.requirements import CHOICE_OF_STAGE, Requirement
from icv.rules.scheme import Choices, Need
from icv.rules.stages import VISITING, Stage
from icv.rules.words import plural

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """All of a person's record that the path looks at.

    `interviews` and `reviews` (of the probation) are in the order of entry, with whether they recommend and
    what came of it.
    """

    standing: Standing
    appointed_on: date | None = None
    probation_ends_on: date | None = None
    interviews: tuple[tuple[date, bool], ...] = ()
    reviews: tuple[tuple[date, ReviewOutcome], ...] = ()
    referees: tuple[RefereeDays, ...] = ()

    @property
    def is_on_probation(self) -> bool:
        """Whether it has not ended well: they were at probation last, or at it before leave or suspension."""
        turns = [step for step in self.standing.steps if step.stage in VISITING]
        latest_turn = max(reversed(turns), key=lambda step: step.on or date.min, default=None)
        return latest_turn is not None and latest_turn.stage is Stage.PROBATION


def required(progress: Progress, stage: Stage, choices: Choices) -> frozenset[Requirement]:
    """What the scheme asks of this person before the stage. Who comes back from leave is asked nothing."""
    if stage is Stage.PROBATION and progress.appointed_on is not None:
        return frozenset()
    if stage is Stage.ACTIVE and not progress.is_on_probation:
        return frozenset()
    choice = CHOICE_OF_STAGE.get(stage)
    return getattr(choices, choice) if choice else frozenset()


def lacking(progress: Progress, stage: Stage, choices: Choices, day: date) -> dict[Requirement, str]:
    """What of it is missing on the day, each in words that follow "not yet:", in the order of the path."""
    asked = required(progress, stage, choices)
    found = ((one, _LACKS[one](progress, choices, day)) for one in Requirement if one in asked)
    return {one: words for one, words in found if words}


def missing(progress: Progress, stage: Stage, choices: Choices, day: date) -> tuple[str, ...]:
    """The words alone."""
    return tuple(lacking(progress, stage, choices, day).values())


def latest(dated: tuple[tuple[date, T], ...], day: date) -> tuple[date, T] | None:
    """The latest by that day; of one day, the one entered last."""
    held = [one for one in dated if one[0] <= day]
    return max(reversed(held), key=lambda one: one[0], default=None)


def _no_declaration(progress: Progress, choices: Choices, day: date) -> str | None:
    return (
        None if any(one.covers(day) for one in progress.standing.eligibility) else "eligibility not declared"
    )


def _no_interview(progress: Progress, choices: Choices, day: date) -> str | None:
    held_on, is_recommended = latest(progress.interviews, day) or (None, False)
    if held_on is None:
        return "no notes of an interview"
    return None if is_recommended else f"the interview of {day_in_words(held_on)} does not recommend them"


def _no_references(progress: Progress, choices: Choices, day: date) -> str | None:
    wanted, stand = choices.references_wanted, references_on(progress.referees, day)
    if stand.answered >= wanted:
        return None
    if not stand.by_state.total():
        return "no referees named"
    return f"{stand.answered} of {plural(wanted, 'reference')} answered"


def _no_review(progress: Progress, choices: Choices, day: date) -> str | None:
    held_on, outcome = latest(progress.reviews, day) or (None, None)
    if held_on is None or outcome is None:
        return "no review of the probation"
    said = f"the review of {day_in_words(held_on)} says the appointment is {outcome.words}"
    return None if outcome is ReviewOutcome.GO_ON else said


def _fault_of(need: Need) -> Callable[[Progress, Choices, date], str | None]:
    return lambda progress, choices, day: ", ".join(
        faults(progress.standing, day, choices, frozenset({need}))
    )


_LACKS: dict[Requirement, Callable[[Progress, Choices, date], str | None]] = {
    Requirement.DECLARATION: _no_declaration,
    Requirement.INTERVIEW: _no_interview,
    Requirement.REFERENCES: _no_references,
    Requirement.VETTING: _fault_of(Need.VETTING),
    Requirement.TRAINING: _fault_of(Need.TRAINING),
    Requirement.AGREEMENT: _fault_of(Need.AGREEMENT),
    Requirement.CARD: _fault_of(Need.CARD),
    Requirement.REVIEW: _no_review,
}
