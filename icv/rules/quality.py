"""The quality binder: the scheme's own list of criteria by level, and what in the data may be evidence."""

from enum import StrEnum


class Level(StrEnum):
    """Levels of a quality assessment, from the least."""

    CODE_COMPLIANT = "code_compliant"
    SILVER = "silver"
    GOLD = "gold"
    PLATINUM = "platinum"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Evidence(StrEnum):
    """What fills itself from the data beside a criterion; `none`: notes alone."""

    NONE = "none"
    VISITS_AGAINST_PLAN = "visits_against_plan"
    SPREAD = "spread"
    TRAINING = "training"
    REVIEWS = "reviews"
    FINDINGS_ANSWERED = "findings_answered"
    PAPERS_PUBLISHED = "papers_published"


class Verdict(StrEnum):
    """Whether a criterion is met: by its evidence, or as the coordinator says."""

    BY_EVIDENCE = "by_evidence"
    MET = "met"
    NOT_MET = "not_met"
