"""Clearance: the one answer to *may this person visit on this day?*, with every reason against it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from icv.rules.days import ONE_DAY, Period, day_in_words, merged
from icv.rules.needs import faults, terrorism_faults
from icv.rules.scheme import Choices, Need
from icv.rules.stages import APPOINTED, VISITING, Stage
from icv.rules.standing import Standing, Step, Validity

__all__ = [
    "Clearance",
    "Cleared",
    "Standing",
    "Step",
    "Validity",
    "changes",
    "clearance",
    "cleared_as",
    "cleared_spans",
    "faults",
    "may_change",
    "may_visit",
    "reasons_against",
]


class Cleared(StrEnum):
    """As what a cleared person visits."""

    FULL = "full"
    PROBATION = "probation"


@dataclass(frozen=True, slots=True)
class Clearance:
    """May this person visit on `day`, as what, and terrorism detainees too.

    `reasons` are all that speaks against it, `warnings` what the scheme has not made binding,
    `terrorism_reasons` what more speaks against visits to terrorism detainees; all in words.
    `changes_on` is the first later day on which `cleared` differs, None if nothing recorded changes it.
    """

    day: date
    cleared: Cleared | None
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    changes_on: date | None = None
    terrorism_reasons: tuple[str, ...] = ()

    @property
    def may_visit(self) -> bool:
        return self.cleared is not None

    @property
    def is_for_terrorism(self) -> bool:
        return not self.terrorism_reasons

    @property
    def sentence(self) -> str:
        """cleared; cleared, on probation; not cleared: vetting expired on 3 May 2026"""
        if self.cleared is Cleared.PROBATION:
            return "cleared, on probation"
        return "cleared" if self.may_visit else "not cleared: " + "; ".join(self.reasons)


def clearance(standing: Standing, day: date, choices: Choices) -> Clearance:
    """The answer for one day, with the day it next changes."""
    answer = _answer(standing, day, choices)
    later = sorted(edge for edge in standing.edges() if edge > day)
    differs = (edge for edge in later if cleared_as(standing, edge, choices) is not answer.cleared)
    return replace(answer, changes_on=next(differs, None))


def changes(standing: Standing, period: Period, choices: Choices) -> list[Clearance]:
    """The answer on the first day of the period, then on every later day of it on which it differs.

    They come without `changes_on`: the day of the one that follows says it.
    """
    found: list[Clearance] = []
    for edge in sorted({period.first, *standing.edges_in(period)}):
        answer = _answer(standing, edge, choices)
        if not found or _parts(answer) != _parts(found[-1]):
            found.append(answer)
    return found


def reasons_against(standing: Standing, day: date, choices: Choices) -> tuple[str, ...]:
    """All that speaks against a visit on the day, in words; nothing: they may visit."""
    of_needs = faults(standing, day, choices, choices.clearance_needs)
    return (*_reasons_of_stage(standing, day), *of_needs)


def cleared_as(standing: Standing, day: date, choices: Choices) -> Cleared | None:
    """As what the person may visit on the day, alone; None: they may not."""
    if reasons_against(standing, day, choices):
        return None
    return Cleared.PROBATION if standing.stage_on(day) is Stage.PROBATION else Cleared.FULL


def may_visit(standing: Standing, day: date, choices: Choices) -> bool:
    """The answer alone, for many people at once."""
    return not reasons_against(standing, day, choices)


def may_change(standing: Standing, days: Period) -> bool:
    """Whether anything on record begins or ends in those days; if not, one answer holds for all of them."""
    return bool(standing.edges_in(days))


def cleared_spans(standing: Standing, period: Period, choices: Choices) -> list[tuple[Period, Cleared]]:
    """The days of the period on which the person may visit, and as what, in order: no call a day."""
    edges = sorted({period.first, *standing.edges_in(period)})
    ends = [edge - ONE_DAY for edge in edges[1:]] + [period.last]
    spans = [
        (Period(first, last), cleared_as(standing, first, choices))
        for first, last in zip(edges, ends, strict=True)
    ]
    return sorted(
        (span, kind)
        for kind in Cleared
        for span in merged([span for span, cleared in spans if cleared is kind])
    )


def _answer(standing: Standing, day: date, choices: Choices) -> Clearance:
    cleared = cleared_as(standing, day, choices)
    return Clearance(
        day,
        cleared,
        reasons_against(standing, day, choices),
        faults(standing, day, choices, frozenset(Need) - choices.clearance_needs),
        terrorism_reasons=_terrorism_reasons(standing, day, choices, cleared),
    )


def _parts(answer: Clearance) -> Sequence[object]:
    """What is told apart from day to day; why not for terrorism detainees is asked of one day."""
    return (answer.cleared, answer.reasons, answer.warnings, answer.is_for_terrorism)


def _terrorism_reasons(
    standing: Standing, day: date, choices: Choices, cleared: Cleared | None
) -> tuple[str, ...]:
    of_needs = terrorism_faults(standing, day, choices)
    if cleared is None:
        return ("not cleared to visit", *of_needs)
    return ("on probation", *of_needs) if cleared is Cleared.PROBATION else of_needs


def _reasons_of_stage(standing: Standing, day: date) -> list[str]:
    if standing.left_on is not None and standing.left_on <= day:
        return [f"left on {day_in_words(standing.left_on)}"]
    step = standing.step_on(day)
    if step and step.stage in VISITING:
        return []
    coming = standing.next_step(day)
    until = ""
    if coming and coming.on and coming.stage in VISITING:
        until = f" until {day_in_words(coming.on - ONE_DAY)}"
    if step is None:
        return [
            f"joins on {day_in_words(coming.on)}" if until and coming and coming.on else "not yet applied"
        ]
    if step.stage not in APPOINTED:
        return [f"not appointed ({step.stage.words}){until}"]
    since = f" since {day_in_words(step.on)}" if step.on else ""
    return [f"{step.stage.words}{since}{until}"]
