"""The letters that ask a referee: who applies, for what, what is asked, until when, and who reads it."""

from dataclasses import dataclass
from datetime import date

from icv.rules.days import day_in_words
from icv.rules.scheme import Choices

ROLE = (
    "Independent custody visitors are volunteers who call unannounced at police stations, in pairs, to see"
    " that people held there are treated properly and know their rights."
)
ASKED = (
    "It is a few questions, about ten minutes: how you know them, whether they are reliable and discreet and"
    " treat all people with respect, and whether you recommend them. You need no account."
)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a letter speaks of."""

    referee: str
    applicant: str
    until: date
    link: str


def first_letter(asking: Asking, choices: Choices) -> tuple[str, str]:
    """Subject and body."""
    body = (
        f"Dear {asking.referee},\n\n{asking.applicant} has applied to become an independent custody visitor"
        f" with us ({choices.scheme_name}), and named you as somebody who knows them well. {ROLE}\n\n"
        f"Would you write a reference? {_how(asking)}\n\n{_who_reads(asking)}\n\n"
        f"Thank you for your help.\n\n{choices.office_name}\n"
    )
    return f"A reference for {asking.applicant}", body


def second_letter(asking: Asking, choices: Choices) -> tuple[str, str]:
    """Subject and body of the one reminder."""
    body = (
        f"Dear {asking.referee},\n\nSome days ago we asked you for a reference for {asking.applicant}, who"
        f" has applied to become an independent custody visitor with us ({choices.scheme_name}). No answer"
        f" has reached us yet. If you have just answered, please forgive this letter.\n\n{ROLE}\n\n"
        f"{_how(asking)}\n\n{_who_reads(asking)}\n\n"
        f"Thank you for your help. We do not remind you again.\n\n{choices.office_name}\n"
    )
    return f"A reminder: a reference for {asking.applicant}", body


def declined_letter(coordinator: str, applicant: str) -> tuple[str, str]:
    """To the coordinator, subject and body; what was said is read after signing in."""
    body = (
        f"Dear {coordinator},\n\nA referee of {applicant} would rather not write a reference. Sign in to the"
        " custody visiting service and open their references to read why, and to name somebody else.\n"
    )
    return "A referee would rather not answer", body


def _how(asking: Asking) -> str:
    return (
        f"{ASKED} Please answer by {day_in_words(asking.until)}, on this page, which is for you alone:\n\n"
        f"{asking.link}\n\nIf you would rather not, the same page has a button to say so."
    )


def _who_reads(asking: Asking) -> str:
    return (
        f"What you write is read by the coordinator of the scheme only, and is not shown to"
        f" {asking.applicant}. Should they ask for the records held about them, the office decides under data"
        " protection law what is given."
    )
