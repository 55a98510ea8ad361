"""What reports of other strands ask: the day, the custody records that were read, the dogs that were seen."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, ClassVar

from icv.rules.checks import DOG_CHECKS, RECORD_CHECKS
from icv.rules.days import day_in_words, london_day
from icv.rules.report.numbers import MOST_CHARACTERS_OF_NUMBER, doubt
from icv.rules.report.parts import (
    Fault,
    Frame,
    Line,
    Part,
    Questions,
    Three,
    answered,
    checks_in_words,
    day_of,
    three_ways,
    words_of,
)

MOST_DOGS = 500
NOT_RECORDED, NOT_LOOKED_AT = "Not recorded", "Not looked at"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNote(Part):
    """The day alone: nobody waits at a door."""

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"on": day_of}

    on: date | None = None

    def faults(self, frame: Frame) -> list[Fault]:
        if self.on is None:
            return []
        if self.on > london_day(frame.now):
            return [Fault("on", "This day is still to come. Check the day")]
        if self.on < frame.week.first:
            first = day_in_words(frame.week.first)
            sentence = f"It was planned from {first} on. If it was made before, tell the coordinator"
            return [Fault("on", sentence)]
        return []

    def missing(self, frame: Frame) -> list[Fault]:
        return [] if self.on else [Fault("on", "Enter the day")]

    def lines(self) -> list[Line]:
        return answered([("Day", day_in_words(self.on) if self.on else None)])


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNote(Part):
    """A custody record that was read, by custody number or its number in the sample, as chosen."""

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"checks": three_ways}

    custody_number: str = ""
    checks: Mapping[str, Three] = field(default_factory=dict)
    remarks: str = ""
    titles: Mapping[str, str] = words_of(RECORD_CHECKS)

    @property
    def noes(self) -> list[str]:
        """What is not as it should be, in order of the form: each may be a finding."""
        return [check for check in self.titles if self.checks.get(check) is Three.NO]

    def faults(self, frame: Frame) -> list[Fault]:
        if not self.custody_number:
            return [Fault("custody_number", "Enter the number of the record")]
        if len(self.custody_number) > MOST_CHARACTERS_OF_NUMBER:
            return [Fault("custody_number", "The number is shorter. Never write a name")]
        if not re.search(r"\d", self.custody_number):
            return [Fault("custody_number", "The number has figures in it. Never write a name")]
        return []

    def doubts(self, frame: Frame) -> list[Fault]:
        pattern = frame.choices.custody_number_pattern if frame.choices.records_by_custody_number else ""
        sentence = doubt(pattern, self.custody_number)
        return [Fault("custody_number", sentence)] if sentence else []

    def asked(self, questions: Questions) -> "RecordNote":
        return replace(self, titles=questions.record_checks)

    def lines(self) -> list[Line]:
        return answered([*checks_in_words(self.checks, self.titles, NOT_RECORDED), ("Remarks", self.remarks)])


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsNote(Part):
    """Said of all records together: how they were chosen."""

    sample: str = ""

    def lines(self) -> list[Line]:
        return answered([("How they were chosen", self.sample)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DogsNote(Part):
    """A visit on which no dog was there is a visit all the same."""

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"checks": three_ways}

    seen: int | None = None
    checks: Mapping[str, Three] = field(default_factory=dict)
    notes: str = ""
    titles: Mapping[str, str] = words_of(DOG_CHECKS)

    @property
    def noes(self) -> list[str]:
        return [check for check in self.titles if self.checks.get(check) is Three.NO]

    def faults(self, frame: Frame) -> list[Fault]:
        if self.seen is None or 0 <= self.seen <= MOST_DOGS:
            return []
        return [Fault("seen", f"Enter how many dogs you saw, from 0 to {MOST_DOGS}")]

    def missing(self, frame: Frame) -> list[Fault]:
        return [Fault("seen", "Enter how many dogs you saw, 0 if none")] if self.seen is None else []

    def asked(self, questions: Questions) -> "DogsNote":
        return replace(self, titles=questions.dog_checks)

    def lines(self) -> list[Line]:
        return answered(
            [
                ("Dogs seen", None if self.seen is None else str(self.seen)),
                *checks_in_words(self.checks, self.titles, NOT_LOOKED_AT),
                ("Notes", self.notes),
            ]
        )
