"""What comes next for a person: the day something runs out, and the one thing to do for them now."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from icv.rules.clearance import Standing, Validity, faults
from icv.rules.days import day_in_words
from icv.rules.scheme import Choices, Need
from icv.rules.stages import APPOINTED, NEXT, PIPELINE, Stage


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a day to it: vetting expires, 3 May 2026."""

    what: str
    on: date


class Act(StrEnum):
    """What a coordinator can do about a person's record."""

    MOVE = "move"
    APPOINT = "appoint"
    VETTING = "vetting"
    TRAINING = "training"
    TERM = "term"
    AGREEMENT = "agreement"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Needed:
    """The one thing to do next, and why."""

    act: Act
    sentence: str


_ACTS = {
    Need.VETTING: Act.VETTING,
    Need.TRAINING: Act.TRAINING,
    Need.TERM: Act.TERM,
    Need.AGREEMENT: Act.AGREEMENT,
    Need.CARD: Act.CARD,
    Need.COURSES: Act.TRAINING,
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


def needed_next(
    standing: Standing, probation_ends_on: date | None, day: date, choices: Choices
) -> Needed | None:
    """None: nothing waits for the coordinator, or the person is away or gone."""
    match standing.stage_on(day):
        case Stage.VETTING:
            return _while_vetting(standing, day, choices)
        case Stage.TRAINING:
            return _before_appointment(standing, day, choices)
        case Stage.PROBATION | Stage.ACTIVE as stage:
            ends_on = probation_ends_on if stage is Stage.PROBATION else None
            return next(_in_office(standing, ends_on, day, choices), None)
        case None | Stage.APPLIED | Stage.SHORTLISTED | Stage.INTERVIEWED as early:
            onward = next(step for step in PIPELINE if step in NEXT[early or Stage.APPLIED])
            return Needed(Act.MOVE, f"Decide: {onward.words}, or an end to the application.")
    return None


def _while_vetting(standing: Standing, day: date, choices: Choices) -> Needed:
    fault = _fault(standing, day, Need.VETTING)
    if fault is None:
        return Needed(Act.MOVE, "Vetting is cleared: training is next.")
    asked_on = standing.vetting_requested_on
    if asked_on is None:
        return Needed(Act.VETTING, f"{_sentence(fault)} Record when it was asked for.")
    waited = (day - asked_on).days
    late = (
        f", more than the scheme’s {choices.vetting_overdue_days}"
        if waited > choices.vetting_overdue_days
        else ""
    )
    asked = f"Vetting was asked for on {day_in_words(asked_on)}, {waited:,} days ago{late}."
    return Needed(Act.VETTING, f"{asked} Record the outcome when it comes.")


def _before_appointment(standing: Standing, day: date, choices: Choices) -> Needed:
    for need in (Need.VETTING, Need.TRAINING):
        if need in choices.clearance_needs and (fault := _fault(standing, day, need)):
            return Needed(_ACTS[need], _sentence(fault))
    return Needed(Act.APPOINT, "Ready to be appointed on probation.")


def _in_office(
    standing: Standing, probation_ends_on: date | None, day: date, choices: Choices
) -> Iterator[Needed]:
    """In order of weight: what forbids visits, the end of probation, what is missing, what runs out soon."""
    missing = [(need, fault) for need in Need if (fault := _fault(standing, day, need))]
    for need, fault in missing:
        if need in choices.clearance_needs:
            yield Needed(_ACTS[need], _sentence(fault))
    if probation_ends_on and probation_ends_on < day:
        ended = f"Probation ended on {day_in_words(probation_ends_on)}"
        yield Needed(Act.MOVE, f"{ended}: confirm the appointment, or end it.")
    for need, fault in missing:
        yield Needed(_ACTS[need], _sentence(fault))
    soon = day + timedelta(days=choices.expiry_warning_days)
    for act, due in sorted(_running_out(standing, day), key=lambda one: one[1].on):
        if due.on <= soon:
            yield Needed(act, f"{_sentence(f'{due.what} on {day_in_words(due.on)}')} Begin its renewal.")


def _running_out(standing: Standing, day: date) -> list[tuple[Act, Due]]:
    """The last day of each kind of record that has one to come; one without an end, and it never runs out."""
    found = []
    for what, act, records_of in _LASTING:
        ends = [record.until for record in records_of(standing)]
        last = max((end for end in ends if end), default=None)
        if last and last >= day and None not in ends:
            found.append((act, Due(what, last)))
    return found


def _fault(standing: Standing, day: date, need: Need) -> str | None:
    return next(iter(faults(standing, day, frozenset({need}))), None)


def _sentence(fault: str) -> str:
    return f"{fault[0].upper()}{fault[1:]}."
