"""Figures of findings by category, state and age, and of the replies that the police owed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from icv.rules.findings import AGES, WITH_POLICE, YOUNGEST, FindingState


class Place(StrEnum):
    """Where a finding is now, in the order of its way: each of its states is one of these."""

    PUT_RIGHT = "put right"
    IN_HAND = "in hand"
    TO_DECIDE = "to decide"
    WITH_POLICE = "with police"
    REPLIED = "replied"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Place.PUT_RIGHT: "Put right at the visit",
    Place.IN_HAND: "Already in hand",
    Place.TO_DECIDE: "To decide",
    Place.WITH_POLICE: "With the police",
    Place.REPLIED: "Replied",
    Place.CLOSED: "Closed",
}
PLACES = {
    FindingState.RESOLVED_AT_VISIT: Place.PUT_RIGHT,
    FindingState.ALREADY_ACTIONED: Place.IN_HAND,
    FindingState.RAISED: Place.TO_DECIDE,
    FindingState.REPLIED: Place.REPLIED,
    FindingState.CLOSED: Place.CLOSED,
    **dict.fromkeys(WITH_POLICE, Place.WITH_POLICE),
}
OPEN_PLACES = (Place.TO_DECIDE, Place.WITH_POLICE, Place.REPLIED)
OPEN_STATES = frozenset(state for state, place in PLACES.items() if place in OPEN_PLACES)


def age_in_words(raised_on: date, day: date) -> str:
    waited = (day - raised_on).days
    return next((words for words, days in AGES if waited >= days), YOUNGEST)


@dataclass(frozen=True, slots=True)
class Found:
    """Findings raised in the period: by suite, and in the places they are in now by category.

    `themes`: a finding may have several, or none. `open_ages` holds all that are open, whenever raised until
    the period's end.
    """

    suites: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, Mapping[Place, int]] = field(default_factory=dict)
    themes: Mapping[str, int] = field(default_factory=dict)
    open_ages: Mapping[str, Mapping[Place, int]] = field(default_factory=dict)


class Reply(StrEnum):
    """What became of a reply that was due in the period: one of these, never two."""

    IN_TIME = "in time"
    LATE = "late"
    OVERDUE = "overdue"
    CLOSED = "closed"
    TO_COME = "to come"

    @property
    def words(self) -> str:
        return _REPLY_WORDS[self]


_REPLY_WORDS = {
    Reply.IN_TIME: "In time",
    Reply.LATE: "Late",
    Reply.OVERDUE: "Overdue",
    Reply.CLOSED: "Closed without a reply",
    Reply.TO_COME: "May still come in time",
}


@dataclass(frozen=True, slots=True)
class Replies:
    """Of some findings put to the police. `median_days` from asking to reply, of those replied to."""

    became: Mapping[Reply, int] = field(default_factory=dict)
    escalated: int = 0
    median_days: float | None = None

    def number(self, reply: Reply) -> int:
        return self.became.get(reply, 0)

    @property
    def due(self) -> int:
        return sum(self.became.values())

    @property
    def answered(self) -> int:
        return self.number(Reply.IN_TIME) + self.number(Reply.LATE)

    @property
    def judged(self) -> int:
        """Those of which it is settled whether the reply came in time."""
        return self.due - self.number(Reply.TO_COME)


@dataclass(frozen=True, slots=True)
class Answers:
    """Replies due in the period: to serious findings, to the others, and to all. `before`: all due before it.

    `closed` are the findings put to the police that were closed in the period.
    """

    serious: Replies = Replies()
    others: Replies = Replies()
    whole: Replies = Replies()
    before: Replies = Replies()
    closed: int = 0
