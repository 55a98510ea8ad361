"""What comes next for a person: the day something runs out, and the one thing to do for them now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from icv.rules.appraisal import ReviewOutcome
from icv.rules.clearance import Standing, Validity, faults
from icv.rules.days import day_in_words
from icv.rules.progress import Progress, lacking, latest
from icv.rules.refereeing import RefereeState, references_on
from icv.rules.requirements import Requirement
from icv.rules.scheme import Choices, Need
from icv.rules.stages import APPOINTED, NEXT, PIPELINE, VISITING, Stage
from icv.rules.words import plural, sentence

REVIEW_AHEAD = timedelta(days=28)
"""How long before a probation ends its review is spoken of."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day to it: vetting expires, 3 May 2026."""

    what: str
    on: date


class Act(StrEnum):
    """What a coordinator can do about a person's record."""

    MOVE = "move"
    APPOINT = "appoint"
    DECLARATION = "declaration"
    INTERVIEW = "interview"
    REFERENCES = "references"
    VETTING = "vetting"
    TRAINING = "training"
    TERM = "term"
    AGREEMENT = "agreement"
    CARD = "card"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Needed:
    """The one thing to do next, and why. `is_waiting`: until somebody else answers, nothing can be done."""

    act: Act
    sentence: str
    is_waiting: bool = False


_ACTS = {
    Need.VETTING: Act.VETTING,
    Need.TRAINING: Act.TRAINING,
    Need.TERM: Act.TERM,
    Need.AGREEMENT: Act.AGREEMENT,
    Need.CARD: Act.CARD,
    Need.COURSES: Act.TRAINING,
    Need.DECLARATIONS: Act.DECLARATION,
}
_LASTING: tuple[tuple[str, Act, Callable[[Standing], tuple[Validity, ...]]], ...] = (
    ("vetting expires", Act.VETTING, lambda it: it.vettings),
    ("term ends", Act.TERM, lambda it: it.terms),
    ("identity card expires", Act.CARD, lambda it: it.cards),
    ("training runs out", Act.TRAINING, lambda it: it.trainings),
)


def next_due(standing: Standing, probation_ends_on: date | None, day: date) -> Due | None:
    """What runs out first for a visitor in office, or since when vetting is awaited.

    A probation past its end stays due; what else has run out is a reason against clearance instead.
    """
    stage = standing.stage_on(day)
    if stage is Stage.VETTING and standing.vetting_requested_on:
        return Due("vetting asked for", standing.vetting_requested_on)
    if stage not in APPOINTED:
        return None
    ends = [due for _, due in _running_out(standing, day)]
    if stage is Stage.PROBATION and probation_ends_on:
        ends.append(Due("probation ends", probation_ends_on))
    return min(ends, key=lambda due: due.on, default=None)


def joins_on(standing: Standing, day: date) -> date | None:
    """The day of somebody's first step, into office, that is still to come; None: it is none, or past."""
    coming = standing.next_step(day)
    is_first = coming is not None and standing.step_on(day) is None
    return coming.on if coming and is_first and coming.stage in APPOINTED else None


def needed_next(progress: Progress, day: date, choices: Choices) -> Needed | None:
    """None: nothing waits for the coordinator, or the person is away, gone, or on record from a later day."""
    stage = progress.standing.stage_on(day)
    if joins_on(progress.standing, day):
        return None
    if stage in VISITING:
        return next(_in_office(progress, day, choices), None)
    if stage is None or stage in PIPELINE:
        return _on_the_way(progress, stage or Stage.APPLIED, day, choices)
    return None


def _on_the_way(progress: Progress, stage: Stage, day: date, choices: Choices) -> Needed:
    """What can be done for the next stage first, then what it waits for; then the step itself."""
    onward = next(step for step in (*PIPELINE, Stage.PROBATION) if step in NEXT[stage])
    lacks = lacking(progress, onward, choices, day)
    found = [_NEEDED[one](progress, words, day, choices) for one, words in lacks.items()]
    if Requirement.REFERENCES not in lacks:
        found += [needed for needed in [_failed(progress, day, choices)] if needed]
    if found:
        return min(found, key=lambda needed: needed.is_waiting)
    if onward is Stage.PROBATION:
        return Needed(Act.APPOINT, "Ready to be appointed on probation.")
    if stage is Stage.VETTING and not _fault(progress.standing, day, choices, Need.VETTING):
        return Needed(Act.MOVE, "Vetting is cleared: training is next.")
    return Needed(Act.MOVE, f"Decide: {onward.words}, or an end to the application.")


def _vetting(progress: Progress, words: str, day: date, choices: Choices) -> Needed:
    asked_on = progress.standing.vetting_requested_on
    if asked_on is None:
        return Needed(Act.VETTING, f"{sentence(words)} Record when it was asked for.")
    waited = (day - asked_on).days
    is_late = waited > choices.vetting_overdue_days
    late = f", more than the scheme’s {choices.vetting_overdue_days}" if is_late else ""
    asked = f"Vetting was asked for on {day_in_words(asked_on)}, {waited:,} days ago{late}."
    return Needed(Act.VETTING, f"{asked} Record the outcome when it comes.", is_waiting=not is_late)


def _interview(progress: Progress, words: str, day: date, choices: Choices) -> Needed:
    if any(held_on <= day for held_on, _ in progress.interviews):
        return Needed(Act.MOVE, f"{sentence(words)} End the application, or hold another.")
    return Needed(Act.INTERVIEW, f"{sentence(words)} Enter them when it has been held.")


def _references(progress: Progress, words: str, day: date, choices: Choices) -> Needed:
    if failed := _failed(progress, day, choices):
        return failed
    stand = references_on(progress.referees, day)
    if more := max(choices.references_wanted - stand.in_hand, 0):
        return Needed(Act.REFERENCES, f"{sentence(words)} Name {plural(more, 'referee')} more.")
    if unasked := stand.by_state[RefereeState.NAMED]:
        return Needed(Act.REFERENCES, f"{sentence(words)} Ask {plural(unasked, 'referee')}.")
    until = f" The next is due by {day_in_words(stand.due_on)}." if stand.due_on else ""
    return Needed(Act.REFERENCES, f"{sentence(words)}{until}", is_waiting=True)


def _plainly(act: Act, what_to_do: str = "") -> "_Way":
    return lambda progress, words, day, choices: Needed(act, f"{sentence(words)}{what_to_do}")


def _failed(progress: Progress, day: date, choices: Choices) -> Needed | None:
    """A referee who has not answered in time, while too few have."""
    stand = references_on(progress.referees, day)
    if stand.failed_on is None or stand.answered >= choices.references_wanted:
        return None
    failed = f"A referee did not answer by {day_in_words(stand.failed_on)}"
    return Needed(Act.REFERENCES, f"{failed}: ask again, or name another.")


_Way = Callable[[Progress, str, date, Choices], Needed]
_NEEDED: dict[Requirement, _Way] = {
    Requirement.DECLARATION: _plainly(Act.DECLARATION, " Record it when they have declared it."),
    Requirement.INTERVIEW: _interview,
    Requirement.REFERENCES: _references,
    Requirement.VETTING: _vetting,
    Requirement.TRAINING: _plainly(Act.TRAINING),
    Requirement.AGREEMENT: _plainly(Act.AGREEMENT),
    Requirement.CARD: _plainly(Act.CARD),
    Requirement.REVIEW: _plainly(Act.REVIEW),
}


def _in_office(progress: Progress, day: date, choices: Choices) -> Iterator[Needed]:
    """In order of weight: what forbids visits, the end of probation, what is missing, what runs out soon."""
    standing = progress.standing
    absent = [(need, fault) for need in Need if (fault := _fault(standing, day, choices, need))]
    for need, fault in absent:
        if need in choices.clearance_needs:
            yield Needed(_ACTS[need], sentence(fault))
    if standing.stage_on(day) is Stage.PROBATION:
        yield from _at_the_end_of_probation(progress, day, choices)
    for need, fault in absent:
        yield Needed(_ACTS[need], sentence(fault))
    soon = day + timedelta(days=choices.expiry_warning_days)
    for act, due in sorted(_running_out(standing, day), key=lambda one: one[1].on):
        if due.on <= soon:
            yield Needed(act, f"{sentence(f'{due.what} on {day_in_words(due.on)}')} Begin its renewal.")


def _at_the_end_of_probation(progress: Progress, day: date, choices: Choices) -> Iterator[Needed]:
    """From some weeks before its last day: what the confirmation asks for; after it, the confirmation."""
    ends_on = progress.probation_ends_on
    if ends_on is None or ends_on - REVIEW_AHEAD > day:
        return
    ended = f"Probation {'ended' if ends_on < day else 'ends'} on {day_in_words(ends_on)}"
    for one, words in lacking(progress, Stage.ACTIVE, choices, day).items():
        _, outcome = latest(progress.reviews, day) or (None, None)
        is_to_end = one is Requirement.REVIEW and outcome is ReviewOutcome.END
        yield Needed(
            Act.MOVE if is_to_end else _NEEDED[one](progress, words, day, choices).act, f"{ended}: {words}."
        )
    if ends_on < day:
        yield Needed(Act.MOVE, f"{ended}: confirm the appointment, or end it.")


def _running_out(standing: Standing, day: date) -> list[tuple[Act, Due]]:
    """The last day of each kind of record that has one to come; one without an end, and it never runs out."""
    found = []
    for what, act, records_of in _LASTING:
        ends = [record.until for record in records_of(standing)]
        last = max((end for end in ends if end), default=None)
        if last and last >= day and None not in ends:
            found.append((act, Due(what, last)))
    return found


def _fault(standing: Standing, day: date, choices: Choices, need: Need) -> str | None:
    return next(iter(faults(standing, day, choices, frozenset({need}))), None)
