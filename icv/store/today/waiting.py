"""What a thing that waits is like, and how near it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Urgency(StrEnum):
    NOW = "needs you now"
    THIS_WEEK = "this week"
    COMING = "coming"


class About(StrEnum):
    """What kind of record a waiting thing leads to."""

    VISIT = "visit"
    STRAND = "strand"
    FINDING = "finding"
    PERSON = "person"
    ROTA = "rota"
    DRAFTS = "drafts"
    NEXT_ROTA = "next rota"
    REBUILD = "rebuild"
    COPIES = "copies"
    UNSIGNED = "unsigned"
    APPOINTMENT = "appointment"
    AWAY = "away"
    CALL = "call"
    COVER = "cover"
    REFERENCES = "references"
    APPLICATIONS = "applications"
    KNOWN_APPLICANTS = "known applicants"
    ROUND = "round"
    TRAINING = "training"
    LETTERS = "letters"
    PAPER = "paper"
    BINDER = "binder"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thing that waits for somebody: what, about whom, since when or by when.

    `subject_id` is 0 where it leads to a list; `other_id` is there where it leads to two of a kind.
    """

    urgency: Urgency
    about: About
    subject_id: int
    what: str
    who: str
    on: date
    other_id: int = 0


def nearness(day: date, on: date) -> Urgency:
    """A week ahead and less is now, three weeks are soon."""
    if day - on <= timedelta(days=7):
        return Urgency.NOW
    return Urgency.THIS_WEEK if day - on <= timedelta(days=21) else Urgency.COMING
