"""What a criterion is: its level, what in the data may show it, and who decides whether it is met."""

from enum import StrEnum

MOST_CODE = 20
MOST_WORDS = 600
MOST_NOTE = 4_000
MOST_CRITERIA = 200
"""In all levels together: the schemes' assessments have some forty to eighty."""


class Level(StrEnum):
    """Levels of a quality assessment, from the least."""

    CODE_COMPLIANT = "code_compliant"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")

    @property
    def heading(self) -> str:
        return self.words.capitalize()


class Evidence(StrEnum):
    """What fills itself from the data beside a criterion; `none`: notes alone."""

    NONE = "none"
    VISITS_AGAINST_PLAN = "visits_against_plan"
    SPREAD = "spread"
    TRAINING = "training"
    REVIEWS = "reviews"
    FINDINGS_ANSWERED = "findings_answered"
    PAPERS_PUBLISHED = "papers_published"

    @property
    def heading(self) -> str:
        return _HEADINGS[self]

    @property
    def is_share(self) -> bool:
        """Whether `at_least` is in per cent."""
        return self not in {Evidence.NONE, Evidence.PAPERS_PUBLISHED}


_HEADINGS = {
    Evidence.NONE: "Notes alone",
    Evidence.VISITS_AGAINST_PLAN: "Visits against plan",
    Evidence.SPREAD: "Spread over the week",
    Evidence.TRAINING: "Training",
    Evidence.REVIEWS: "Reviews",
    Evidence.FINDINGS_ANSWERED: "Findings answered",
    Evidence.PAPERS_PUBLISHED: "Papers published",
}


class Verdict(StrEnum):
    """Whether a criterion is met: by its evidence, or as the coordinator says. `open`: nobody has said."""

    BY_EVIDENCE = "by_evidence"
    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"

    @property
    def words(self) -> str:
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.BY_EVIDENCE: "as the evidence says",
    Verdict.MET: "met, in the coordinator’s own word",
    Verdict.NOT_MET: "not met, in the coordinator’s own word",
    Verdict.OPEN: "not judged yet",
}


def first_verdict(evidence: Evidence) -> Verdict:
    """Of a criterion that nobody has looked at yet."""
    return Verdict.OPEN if evidence is Evidence.NONE else Verdict.BY_EVIDENCE
