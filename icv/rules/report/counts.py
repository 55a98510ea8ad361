"""Counts: who was in custody, and what became of the offer of a visit. They add up or say why not."""

from dataclasses import dataclass

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
    """All None until answered; then an empty box is none."""

    in_custody: int | None = None
    offered: int | None = None
    accepted: int | None = None
    declined: int | None = None
    not_offered: int | None = None
    not_available: int | None = None
    observed_only: int | None = None
    why_not_adding_up: str = ""

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
        if not found and not self.why_not_adding_up and (apart := counts.faults()):
            sentence = " ".join(apart) + " Correct the numbers, or say why they do not add up"
            found.append(Fault("why_not_adding_up", sentence))
        return found

    def missing(self, frame: Frame) -> list[Fault]:
        return [] if self.counts else [Fault("in_custody", "Enter how many people were in custody")]

    def lines(self) -> list[Line]:
        if (counts := self.counts) is None:
            return []
        numbers = [Line(label, str(getattr(counts, name))) for name, label in LABELS.items()]
        return numbers + answered([("Why they do not add up", self.why_not_adding_up)])
