"""What each stage of the path requires of a person, and what of it is missing."""

from enum import StrEnum

from icv.rules.stages import Stage


class Requirement(StrEnum):
    """What a scheme may ask for before somebody moves to a stage."""

    DECLARATION = "declaration"
    INTERVIEW = "interview"
    REFERENCES = "references"
    VETTING = "vetting"
    TRAINING = "training"
    AGREEMENT = "agreement"
    CARD = "card"
    REVIEW = "review"

    @property
    def words(self) -> str:
        return REQUIREMENT_WORDS[self]


REQUIREMENT_WORDS = {
    Requirement.DECLARATION: "eligibility declared",
    Requirement.INTERVIEW: "notes of an interview",
    Requirement.REFERENCES: "references answered",
    Requirement.VETTING: "vetting cleared and not expired",
    Requirement.TRAINING: "initial training done",
    Requirement.AGREEMENT: "memorandum of understanding signed",
    Requirement.CARD: "identity card in date",
    Requirement.REVIEW: "review of the probation",
}

CHOICE_OF_STAGE: dict[Stage, str] = {
    Stage.SHORTLISTED: "before_shortlist",
    Stage.INTERVIEWED: "before_interviewed",
    Stage.VETTING: "before_vetting",
    Stage.TRAINING: "before_training",
    Stage.PROBATION: "before_appointment",
    Stage.ACTIVE: "before_confirmation",
}
"""The name of the scheme's choice of what is required before each stage; others require nothing.

Before probation it is asked at the first appointment only, before active at its confirmation only.
"""
