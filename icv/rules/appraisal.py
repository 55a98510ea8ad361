"""The words of what is declared, and of what comes of a review."""

from enum import StrEnum


class DeclarationKind(StrEnum):
    ELIGIBILITY = "eligibility"
    CIRCUMSTANCES = "circumstances"

    @property
    def words(self) -> str:
        return {"eligibility": "eligibility", "circumstances": "change in circumstances"}[self.value]


class ReviewKind(StrEnum):
    PROBATION = "probation"
    REAPPRAISAL = "reappraisal"

    @property
    def words(self) -> str:
        return {"probation": "review of probation", "reappraisal": "reappraisal"}[self.value]


class ReviewOutcome(StrEnum):
    """What the review says: go on, wait with the decision, or come to an end."""

    GO_ON = "go_on"
    EXTEND = "extend"
    END = "end"

    @property
    def words(self) -> str:
        return {"go_on": "to go on", "extend": "to be decided later", "end": "to come to an end"}[self.value]
