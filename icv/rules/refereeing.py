"""Referees: how far each has come, and how the references of one applicant stand together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RefereeState(StrEnum):
    NAMED = "named"
    ASKED = "asked"
    FAILED = "failed"
    ANSWERED = "answered"
    GIVEN_UP = "given_up"

    @property
    def words(self) -> str:
        return STATE_WORDS[self]


STATE_WORDS = {
    RefereeState.NAMED: "not asked yet",
    RefereeState.ASKED: "asked, no answer yet",
    RefereeState.FAILED: "no answer in time",
    RefereeState.ANSWERED: "answered",
    RefereeState.GIVEN_UP: "given up",
}


@dataclass(frozen=True, slots=True)
class RefereeDays:
    """The days of one referee, by the London calendar. `fails_on` is the last day an answer is in time."""

    asked_on: date | None = None
    fails_on: date | None = None
    answered_on: date | None = None
    given_up_on: date | None = None

    def state_on(self, day: date) -> RefereeState:
        if self.given_up_on and self.given_up_on <= day:
            return RefereeState.GIVEN_UP
        if self.answered_on and self.answered_on <= day:
            return RefereeState.ANSWERED
        if self.asked_on is None or self.asked_on > day:
            return RefereeState.NAMED
        is_late = self.fails_on is not None and self.fails_on < day
        return RefereeState.FAILED if is_late else RefereeState.ASKED


@dataclass(frozen=True, slots=True)
class References:
    """The references of one applicant on a day: how many of each state, and until when an answer may come."""

    by_state: Counter[RefereeState]
    due_on: date | None
    failed_on: date | None

    @property
    def answered(self) -> int:
        return self.by_state[RefereeState.ANSWERED]

    @property
    def in_hand(self) -> int:
        """Those that are answered or may still be."""
        return self.by_state.total() - self.by_state[RefereeState.GIVEN_UP]


def references_on(referees: Iterable[RefereeDays], day: date) -> References:
    """`due_on` is the first day after which one of those asked has failed; `failed_on` the oldest passed."""
    stated = [(referee.state_on(day), referee.fails_on) for referee in referees]
    return References(
        by_state=Counter(state for state, _ in stated),
        due_on=_first(stated, RefereeState.ASKED),
        failed_on=_first(stated, RefereeState.FAILED),
    )


def _first(stated: Iterable[tuple[RefereeState, date | None]], wanted: RefereeState) -> date | None:
    return min((on for state, on in stated if state is wanted and on), default=None)


class Recommendation(StrEnum):
    YES = "yes"
    WITH_RESERVATIONS = "with_reservations"
    NO = "no"

    @property
    def words(self) -> str:
        """What the referee does."""
        return RECOMMENDATION_WORDS[self]

    @property
    def heading(self) -> str:
        """What the referee ticks."""
        return {"yes": "Yes", "with_reservations": "Yes, with reservations", "no": "No"}[self.value]


RECOMMENDATION_WORDS = {
    Recommendation.YES: "recommends them",
    Recommendation.WITH_RESERVATIONS: "recommends them, with reservations",
    Recommendation.NO: "does not recommend them",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a referee answers, by the name of each question; `signed` is the name they put to it."""

    capacity: str
    reliable: str
    respectful: str
    unsuited: str
    recommends: Recommendation
    more: str
    signed: str

    def as_kept(self) -> dict[str, str]:
        return {name: str(getattr(self, name)).strip() for name in QUESTIONS}


QUESTIONS = {
    "capacity": "How do you know the applicant, and for how long?",
    "reliable": "Are they reliable and discreet?",
    "respectful": "Do they treat all people with respect?",
    "unsuited": "Does anything make them unsuited to visiting people in custody?",
    "recommends": "Do you recommend them?",
    "more": "Anything else",
    "signed": "Signed",
}
"""The questions in order. All but the last but one must be answered."""
DECLINED = "declined"
"""The name under which the words are kept of a referee who would rather not answer."""
