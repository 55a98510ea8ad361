"""Standing: all of a person's record that clearance looks at, and the days on which it may change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from icv.rules.catalogue import Catalogue
from icv.rules.days import ONE_DAY, Period
from icv.rules.stages import Stage

NO_CATALOGUE = Catalogue()


@dataclass(frozen=True, slots=True)
class Validity:
    """Something that counts from `since` to `until`, both included; None: no end.

    `of` tells it apart from others of its kind: the course, the level of vetting, the version signed.
    """

    since: date
    until: date | None = None
    of: str = ""

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Step:
    """A dated change of stage; without a day it was always so. Steps of one day keep their order."""

    stage: Stage
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`left_on` is the first day away for good; `changes` are circumstances declared and not yet settled.

    `catalogue` is the scheme's, the same for everybody: what of the trainings is wanted.
    """

    steps: tuple[Step, ...] = ()
    left_on: date | None = None
    vettings: tuple[Validity, ...] = ()
    vetting_requested_on: date | None = None
    vetting_refused_on: date | None = None
    trainings: tuple[Validity, ...] = ()
    terms: tuple[Validity, ...] = ()
    agreements: tuple[Validity, ...] = ()
    cards: tuple[Validity, ...] = ()
    eligibility: tuple[Validity, ...] = ()
    changes: tuple[Validity, ...] = ()
    catalogue: Catalogue = NO_CATALOGUE

    def step_on(self, day: date) -> Step | None:
        """The latest step made by that day; None before the first."""
        found, found_on = None, date.min
        for step in self.steps:
            on = step.on or date.min
            if found_on <= on <= day:
                found, found_on = step, on
        return found

    def stage_on(self, day: date) -> Stage | None:
        step = self.step_on(day)
        return step.stage if step else None

    def next_step(self, day: date) -> Step | None:
        """What is recorded ahead: the step that holds from the first later day on which one is made."""
        days = [step.on for step in self.steps if step.on and step.on > day]
        return self.step_on(min(days)) if days else None

    def edges(self) -> set[date]:
        """Every day on which some part of the answer, its words included, may begin to differ."""
        single = (self.left_on, self.vetting_requested_on, self.vetting_refused_on)
        edges = {day for day in (*single, *(step.on for step in self.steps)) if day}
        for record in self._records():
            edges.add(record.since)
            if record.until and record.until < date.max:
                edges.add(record.until + ONE_DAY)
        return edges

    def edges_in(self, days: Period) -> list[date]:
        """Those of them within the period, in order."""
        first, last = days.first, days.last
        return sorted(edge for edge in self.edges() if first <= edge <= last)

    def _records(self) -> Iterator[Validity]:
        return chain(
            self.vettings,
            self.trainings,
            self.terms,
            self.agreements,
            self.cards,
            self.eligibility,
            self.changes,
        )
