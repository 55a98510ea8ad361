"""People in custody, as the visits counted them."""

from dataclasses import dataclass

from icv.rules.figures.shape.part import Part
from icv.rules.figures.shares import percent


@dataclass(frozen=True, slots=True)
class DetaineeFigures(Part):
    KEYS = (
        *("in_custody", "offered", "accepted", "declined", "not_offered", "not_available", "observed_only"),
        *("unreconciled", "offered_percent_of_in_custody", "accepted_percent_of_offered"),
    )

    in_custody: int = 0
    offered: int = 0
    accepted: int = 0
    declined: int = 0
    not_offered: int = 0
    not_available: int = 0
    observed_only: int = 0

    @property
    def unreconciled(self) -> int:
        """People in custody whom the records put in none of the four categories; below zero, too many."""
        return self.in_custody - self.offered - self.not_offered - self.not_available - self.observed_only

    @property
    def offered_percent_of_in_custody(self) -> float | None:
        return percent(self.offered, self.in_custody)

    @property
    def accepted_percent_of_offered(self) -> float | None:
        return percent(self.accepted, self.offered)
