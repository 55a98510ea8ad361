"""The dated records of a person, and which days of each contradict one another."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from icv.rules.days import day_in_words

Faults = dict[str, str]
"""What is wrong, by the name of the field it stands beside."""


class Facts(Protocol):
    """What is recorded, and what speaks against it on the day of recording."""

    kind: ClassVar[str]

    def faults(self, today: date) -> Faults: ...


@dataclass(frozen=True, slots=True)
class VettingFacts:
    """`refused_on` is also the day on which a clearance was withdrawn. Never what was disclosed."""

    kind: ClassVar[str] = "vetting"

    level: str = ""
    requested_on: date | None = None
    cleared_on: date | None = None
    expires_on: date | None = None
    refused_on: date | None = None

    def faults(self, today: date) -> Faults:
        if not (self.requested_on or self.cleared_on or self.refused_on):
            return {"requested_on": "Enter the day vetting was asked for, cleared or refused"}
        found = _not_to_come(today, requested_on=self.requested_on, cleared_on=self.cleared_on)
        found |= _not_to_come(today, refused_on=self.refused_on)
        if self.expires_on and not self.cleared_on:
            found["cleared_on"] = "Enter the day it was cleared: without it an expiry counts for nothing"
        found |= _in_order(
            (
                "cleared_on",
                self.requested_on,
                self.cleared_on,
                "It cannot be cleared before it was asked for",
            ),
            ("expires_on", self.cleared_on, self.expires_on, "It cannot expire before it was cleared"),
            (
                "refused_on",
                self.requested_on,
                self.refused_on,
                "It cannot be refused before it was asked for",
            ),
            ("refused_on", self.cleared_on, self.refused_on, "It cannot be withdrawn before it was cleared"),
        )
        return found

    @property
    def words(self) -> str:
        """asked for on 3 May 2026; cleared on 4 June 2026; counts until 3 June 2029"""
        days = (
            ("asked for on ", self.requested_on),
            ("cleared on ", self.cleared_on),
            ("counts until ", self.expires_on),
            ("refused or withdrawn on ", self.refused_on),
        )
        return "; ".join(f"{what}{day_in_words(day)}" for what, day in days if day)


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    kind: ClassVar[str] = "training"

    course: str
    trained_on: date
    expires_on: date | None = None

    def faults(self, today: date) -> Faults:
        return _not_to_come(today, trained_on=self.trained_on) | _in_order(
            ("expires_on", self.trained_on, self.expires_on, "It cannot run out before it was taken")
        )


@dataclass(frozen=True, slots=True)
class TermFacts:
    """`ends_on` is the last day of the term. One to come may be recorded ahead."""

    kind: ClassVar[str] = "term"

    starts_on: date
    ends_on: date | None = None

    def faults(self, today: date) -> Faults:
        return _in_order(("ends_on", self.starts_on, self.ends_on, "A term cannot end before it begins"))


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    kind: ClassVar[str] = "agreement"

    version: str
    signed_on: date

    def faults(self, today: date) -> Faults:
        return _not_to_come(today, signed_on=self.signed_on)


@dataclass(frozen=True, slots=True)
class CardFacts:
    """`returned_on` is the first day the card no longer counts."""

    kind: ClassVar[str] = "card"

    number: str
    issued_on: date
    expires_on: date | None = None
    returned_on: date | None = None

    def faults(self, today: date) -> Faults:
        return _not_to_come(today, issued_on=self.issued_on, returned_on=self.returned_on) | _in_order(
            ("expires_on", self.issued_on, self.expires_on, "A card cannot expire before it is issued"),
            ("returned_on", self.issued_on, self.returned_on, "A card cannot come back before it is issued"),
        )


def _not_to_come(today: date, **days: date | None) -> Faults:
    return {
        name: "This day is still to come: enter the day it happened"
        for name, day in days.items()
        if day and day > today
    }


def _in_order(*pairs: tuple[str, date | None, date | None, str]) -> Faults:
    """Each pair: the field of the later day, where a fault stands; the earlier day; the later."""
    return {later: fault for later, first, second, fault in pairs if first and second and second < first}
