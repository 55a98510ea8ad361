"""What the second visitor may say of a report, how it was signed, and what becomes of a second copy."""

from enum import StrEnum


class Answer(StrEnum):
    """The word of the visitor who did not send the report."""

    AGREES = "agrees"
    ADDS = "adds"
    DISAGREES = "disagrees"

    @property
    def words(self) -> str:
        return ANSWERS[self]

    @property
    def said(self) -> str:
        """As others read it, after a name."""
        return SAID[self]


ANSWERS = {
    Answer.AGREES: "I agree with the report",
    Answer.ADDS: "I agree, and add something",
    Answer.DISAGREES: "I do not agree with a part of it",
}


SAID = {
    Answer.AGREES: "agrees with the report",
    Answer.ADDS: "agrees, and adds something",
    Answer.DISAGREES: "does not agree with a part of it",
}


class Signed(StrEnum):
    """How the second visitor's word came in."""

    OWN = "own"
    TOGETHER = "together"
    ON_PAPER = "on_paper"

    @property
    def words(self) -> str:
        return SIGNED[self]


SIGNED = {
    Signed.OWN: "on their own account",
    Signed.TOGETHER: "together with the one who sent it",
    Signed.ON_PAPER: "on paper, entered by the coordinator",
}


ASKED_FOR_DAYS = 92
"""How long a word on a filed report is waited for. It may be given later; nobody is asked for it any more."""


class SubmissionState(StrEnum):
    """Filed: it is the report. Apart: another had been filed, this one waits for the coordinator."""

    FILED = "filed"
    APART = "apart"
    SETTLED = "settled"
