"""Clearance: the one answer to *may this person visit on this day?*, with every reason against it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from icv.rules.days import Period, day_in_words, merged
from icv.rules.scheme import Need
from icv.rules.stages import APPOINTED, Stage


class Cleared(StrEnum):
    """As what a cleared person visits."""

    FULL = "full"
    PROBATION = "probation"


@dataclass(frozen=True, slots=True)
class Validity:
    """Something that counts from `since` to `until`, both included; None: no end."""

    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Step:
    """A dated change of stage; without a day it was always so. Steps of one day keep their order."""

    stage: Stage
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All of a person's record that clearance looks at. `left_on` is the first day away for good."""

    steps: tuple[Step, ...] = ()
    left_on: date | None = None
    vettings: tuple[Validity, ...] = ()
    vetting_requested_on: date | None = None
    vetting_refused_on: date | None = None
    trainings: tuple[Validity, ...] = ()
    terms: tuple[Validity, ...] = ()
    agreements: tuple[Validity, ...] = ()
    cards: tuple[Validity, ...] = ()

    def stage_on(self, day: date) -> Stage | None:
        """The stage of the latest step made by that day; None before the first."""
        # `max` keeps the first of equals, and of one day the last step counts.
        made = [step for step in reversed(self.steps) if step.on is None or step.on <= day]
        return max(made, key=lambda step: step.on or date.min).stage if made else None


@dataclass(frozen=True, slots=True)
class Clearance:
    """May this person visit on `day`, and as what.

    `reasons` are all that speaks against it, `warnings` what the scheme has not made binding; both in words.
    `changes_on` is the first later day on which `cleared` differs, None if nothing recorded changes it.
    """

    day: date
    cleared: Cleared | None
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    changes_on: date | None = None

    @property
    def may_visit(self) -> bool:
        return self.cleared is not None

    @property
    def sentence(self) -> str:
        """cleared; cleared, on probation; not cleared: vetting expired on 3 May 2026"""
        if self.cleared is Cleared.PROBATION:
            return "cleared, on probation"
        return "cleared" if self.may_visit else "not cleared: " + "; ".join(self.reasons)


def clearance(standing: Standing, day: date, needs: frozenset[Need]) -> Clearance:
    """The answer for one day, with the day it next changes."""
    cleared = _cleared(standing, day, needs)
    later = sorted(edge for edge in _edges(standing) if edge > day)
    changes_on = next((edge for edge in later if _cleared(standing, edge, needs) is not cleared), None)
    warnings = faults(standing, day, frozenset(Need) - needs)
    return Clearance(day, cleared, _reasons(standing, day, needs), warnings, changes_on)


def may_visit(standing: Standing, day: date, needs: frozenset[Need]) -> bool:
    """The answer alone, for many people at once."""
    return not _reasons(standing, day, needs)


def may_change(standing: Standing, days: Period) -> bool:
    """Whether anything on record begins or ends in those days; if not, one answer holds for all of them."""
    return any(edge in days for edge in _edges(standing))


def faults(standing: Standing, day: date, needs: frozenset[Need]) -> tuple[str, ...]:
    """Which of the needs are not met on the day, in words; the stage is not looked at."""
    return tuple(
        fault for need, fault_on in _FAULTS.items() if need in needs and (fault := fault_on(standing, day))
    )


def cleared_spans(standing: Standing, period: Period, needs: frozenset[Need]) -> list[tuple[Period, Cleared]]:
    """The days of the period on which the person may visit, and as what, in order: no call a day."""
    edges = sorted({period.first, *(edge for edge in _edges(standing) if edge in period)})
    ends = [edge - timedelta(days=1) for edge in edges[1:]] + [period.last]
    spans = [
        (Period(first, last), _cleared(standing, first, needs))
        for first, last in zip(edges, ends, strict=True)
    ]
    return sorted(
        (span, kind)
        for kind in Cleared
        for span in merged([span for span, cleared in spans if cleared is kind])
    )


def _reasons(standing: Standing, day: date, needs: frozenset[Need]) -> tuple[str, ...]:
    return (*_reasons_of_stage(standing, day), *faults(standing, day, needs))


def _cleared(standing: Standing, day: date, needs: frozenset[Need]) -> Cleared | None:
    if _reasons(standing, day, needs):
        return None
    return Cleared.PROBATION if standing.stage_on(day) is Stage.PROBATION else Cleared.FULL


def _reasons_of_stage(standing: Standing, day: date) -> list[str]:
    if standing.left_on is not None and standing.left_on <= day:
        return [f"left on {day_in_words(standing.left_on)}"]
    stage = standing.stage_on(day)
    if stage in {Stage.PROBATION, Stage.ACTIVE}:
        return []
    if stage is None:
        return ["not yet applied"]
    return [stage.words if stage in APPOINTED else f"not appointed ({stage.words})"]


def _training_fault(standing: Standing, day: date) -> str | None:
    return None if any(one.since <= day for one in standing.trainings) else "not trained"


def _course_fault(standing: Standing, day: date) -> str | None:
    """Whether the latest course has run out. Who is not trained at all is told so once."""
    taken = [one for one in standing.trainings if one.since <= day]
    latest = max(taken, key=lambda one: one.since, default=None)
    if latest is None or latest.until is None or latest.until >= day:
        return None
    return f"training ran out on {day_in_words(latest.until)}"


def _vetting_fault(standing: Standing, day: date) -> str | None:
    if any(vetting.covers(day) for vetting in standing.vettings):
        return None
    if standing.vetting_refused_on and standing.vetting_refused_on <= day:
        return f"vetting refused on {day_in_words(standing.vetting_refused_on)}"
    if ended := _latest_end(standing.vettings, day):
        return f"vetting expired on {day_in_words(ended)}"
    if standing.vetting_requested_on and standing.vetting_requested_on <= day:
        return f"vetting requested on {day_in_words(standing.vetting_requested_on)}, not cleared"
    return "no vetting on record"


def _fault_of(
    records: Callable[[Standing], tuple[Validity, ...]], ended_word: str, missing: str
) -> Callable[[Standing, date], str | None]:
    def fault(standing: Standing, day: date) -> str | None:
        if any(record.covers(day) for record in records(standing)):
            return None
        ended = _latest_end(records(standing), day)
        return f"{ended_word} on {day_in_words(ended)}" if ended else missing

    return fault


_FAULTS: dict[Need, Callable[[Standing, date], str | None]] = {
    Need.VETTING: _vetting_fault,
    Need.TRAINING: _training_fault,
    Need.TERM: _fault_of(lambda it: it.terms, "term ended", "no term of appointment"),
    Need.AGREEMENT: _fault_of(lambda it: it.agreements, "agreement ended", "agreement not signed"),
    Need.CARD: _fault_of(lambda it: it.cards, "identity card expired", "no identity card"),
    Need.COURSES: _course_fault,
}


def _latest_end(records: tuple[Validity, ...], day: date) -> date | None:
    return max((record.until for record in records if record.until and record.until < day), default=None)


def _edges(standing: Standing) -> set[date]:
    """Every day on which some part of the answer may begin to differ."""
    edges = {step.on for step in standing.steps if step.on}
    if standing.left_on:
        edges.add(standing.left_on)
    kinds = (standing.vettings, standing.trainings, standing.terms, standing.agreements, standing.cards)
    for record in (record for records in kinds for record in records):
        edges.add(record.since)
        if record.until and record.until < date.max:
            edges.add(record.until + timedelta(days=1))
    return edges
