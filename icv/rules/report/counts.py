"""Counts: who was in custody, and what became of the offer of a visit. They add up or say why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from icv.rules.report import split as splitting
from icv.rules.report.parts import Fault, Frame, Line, Part, answered
from icv.rules.visits import COUNTS, Counts

MOST_IN_CUSTODY = 500
"""More than any custody suite holds: a slip of the finger."""

LABELS = {
    "in_custody": "In custody when you arrived",
    "offered": "Offered a visit",
    "accepted": "Accepted",
    "declined": "Declined",
    "not_offered": "Not offered a visit",
    "not_available": "Not available",
    "observed_only": "Observed only",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount(Part):
    """All None until answered; then an empty box is none. `split`: numbers by cell, where they were given."""

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"split": lambda cells: numbers_of(cells)}

    in_custody: int | None = None
    offered: int | None = None
    accepted: int | None = None
    declined: int | None = None
    not_offered: int | None = None
    not_available: int | None = None
    observed_only: int | None = None
    why_not_adding_up: str = ""
    split: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> Counts | None:
        return Counts.of([getattr(self, name) for name in COUNTS])

    def faults(self, frame: Frame) -> list[Fault]:
        counts = self.counts
        if counts is None:
            return []
        found = []
        for name in LABELS:
            if getattr(counts, name) < 0:
                found.append(Fault(name, "A count cannot be below zero"))
            elif getattr(counts, name) > MOST_IN_CUSTODY:
                found.append(Fault(name, "That is more people than any suite holds. Check the number"))
        found += splitting.impossible(self.split)
        return found or ([] if self.why_not_adding_up else self._apart(counts))

    def _apart(self, counts: Counts) -> list[Fault]:
        """What a reason may stand in for."""
        found = []
        if faults := counts.faults():
            sentence = " ".join(faults) + " Correct the numbers, or say why they do not add up"
            found.append(Fault("why_not_adding_up", sentence))
        return found + splitting.apart(self.split, counts, LABELS)

    def missing(self, frame: Frame) -> list[Fault]:
        return [] if self.counts else [Fault("in_custody", "Enter how many people were in custody")]

    def lines(self) -> list[Line]:
        if (counts := self.counts) is None:
            return []
        numbers = [Line(label, self._said(name, counts)) for name, label in LABELS.items()]
        return numbers + answered([("Why they do not add up", self.why_not_adding_up)])

    def _said(self, name: str, counts: Counts) -> str:
        """5 (adults 3, aged 14 to 17 2)"""
        said = [
            ", ".join(f"{group.words.lower()} {number}" for group, number in people.items() if number)
            for count, _, people in splitting.rows(self.split, counts)
            if count == name
        ]
        total = str(getattr(counts, name))
        return f"{total} ({'; '.join(filter(None, said))})" if any(said) else total


def numbers_of(cells: Mapping[str, int | None]) -> dict[str, int]:
    """The cells in which there is a number."""
    return {name: number for name, number in cells.items() if number is not None and name in splitting.CELLS}
