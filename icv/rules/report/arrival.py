"""Arrival and entry: how the visit went, how long at the door, and who decided on a delay."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from icv.rules.days import DoubledTime, NoSuchTime, from_wall_clock, london, london_day, week_in_words
from icv.rules.report.parts import Fault, Frame, Line, Part, answered, at_in_words, moment
from icv.rules.report.waits import Delay, Escort, Rank, is_below
from icv.rules.visits import ATTEMPTED, Mode, Outcome
from icv.rules.words import plural

LONGEST_VISIT = timedelta(hours=24)
JUST_AFTER = timedelta(hours=6)

OUTCOMES = {
    Outcome.COMPLETED: "We were let in and made the visit",
    Outcome.ABANDONED: "We were let in, but had to break off",
    Outcome.NO_ACCESS: "We came, and were not let in",
    Outcome.SUITE_CLOSED: "We came, and the suite was closed",
}
MODES = {Mode.IN_PERSON: "In person", Mode.TELEPHONE: "By telephone", Mode.VIDEO: "By video"}

DISTANT = frozenset({Mode.TELEPHONE, Mode.VIDEO})
"""Visits without a door, cells or anybody who shows one round."""

TIMES = {"arrived_at": "arrived", "admitted_at": "were let in", "left_at": "left"}
_TIMES_NEEDED: dict[Outcome | None, tuple[str, ...]] = {
    Outcome.COMPLETED: ("arrived_at", "admitted_at", "left_at"),
    Outcome.ABANDONED: ("arrived_at", "admitted_at", "left_at"),
    Outcome.NO_ACCESS: ("arrived_at", "left_at"),
    Outcome.SUITE_CLOSED: ("arrived_at",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival(Part):
    """`reason` says why a visit was not completed, `delay` and `rank` why the visitors had to wait.

    For a visit that was not let in, `rank` is that of whoever decided so.
    """

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "outcome": Outcome,
        "mode": Mode,
        "arrived_at": moment,
        "admitted_at": moment,
        "left_at": moment,
        "delay": Delay,
        "rank": Rank,
        "escort": Escort,
    }

    outcome: Outcome | None = None
    mode: Mode | None = Mode.IN_PERSON
    arrived_at: datetime | None = None
    admitted_at: datetime | None = None
    left_at: datetime | None = None
    delay: Delay | None = None
    delay_words: str = ""
    rank: Rank | None = None
    reason: str = ""
    escort: Escort | None = None

    @property
    def is_distant(self) -> bool:
        return self.mode in DISTANT

    @property
    def pruned(self) -> "Arrival":
        """Without what is not asked of such a visit, had it been typed before the answer changed."""
        if not self.is_distant and self.outcome not in {Outcome.NO_ACCESS, Outcome.SUITE_CLOSED}:
            return self
        kept_rank = self.rank if self.outcome is Outcome.NO_ACCESS and not self.is_distant else None
        return replace(self, admitted_at=None, delay=None, delay_words="", rank=kept_rank, escort=None)

    @property
    def past_midnight(self) -> "Arrival":
        """With times just after midnight on the next day, where the day before was left in the boxes."""
        known = [field for field in TIMES if getattr(self, field)]
        moved = self
        for earlier, later in pairwise(known):
            first, second = getattr(moved, earlier), getattr(moved, later)
            next_day = _a_day_later(second)
            if second < first and next_day and next_day - first <= JUST_AFTER:
                changed: dict[str, Any] = {later: next_day}
                moved = replace(moved, **changed)
        return moved

    @property
    def wait_minutes(self) -> int | None:
        """From arriving to being let in, in whole minutes; None while either is unknown."""
        if self.arrived_at is None or self.admitted_at is None:
            return None
        return int((self.admitted_at - self.arrived_at).total_seconds() // 60)

    def faults(self, frame: Frame) -> list[Fault]:
        found = [
            Fault(field, f"The time you {words} is still to come. Check the day and the time")
            for field, words in TIMES.items()
            if (at := getattr(self, field)) and at > frame.now
        ]
        known = [field for field in TIMES if getattr(self, field)]
        found += [
            Fault(later, f"The time you {TIMES[later]} is before the time you {TIMES[earlier]}")
            for earlier, later in pairwise(known)
            if getattr(self, later) < getattr(self, earlier)
        ]
        if self.arrived_at and self.left_at and self.left_at - self.arrived_at > LONGEST_VISIT:
            found.append(Fault("left_at", "That is more than a day after you arrived. Check the day"))
        if self.arrived_at and london_day(self.arrived_at) not in frame.week:
            week = week_in_words(frame.week.first, frame.week.last)
            found.append(
                Fault(
                    "arrived_at",
                    f"This visit is for the week {week}. If you came on another day, tell the coordinator:"
                    " they can record it as an extra visit",
                )
            )
        return found

    def missing(self, frame: Frame) -> list[Fault]:
        if self.outcome not in ATTEMPTED:
            return [Fault("outcome", "Say how the visit went")]
        lacking = [
            Fault(field, f"Enter when you {TIMES[field]}")
            for field in _TIMES_NEEDED[self.outcome]
            if getattr(self, field) is None and not (self.is_distant and field == "admitted_at")
        ]
        if self.mode is None:
            lacking.append(Fault("mode", "Say whether you went in person"))
        if self.outcome is not Outcome.COMPLETED and not self.reason:
            lacking.append(Fault("reason", f"Say why: {OUTCOMES[self.outcome].lower()}"))
        if self.outcome is Outcome.NO_ACCESS and not self.is_distant and self.rank is None:
            lacking.append(Fault("rank", "Say who decided that you were not let in"))
        return lacking + self.pruned._missing_of_delay(frame.choices.long_wait_minutes)

    def asks_of_wait(self, long_wait_minutes: int) -> bool:
        """Whether there was a wait to explain: a long one, or one of which something is said already."""
        return (self.wait_minutes or 0) > long_wait_minutes or bool(self.delay or self.delay_words)

    def _missing_of_delay(self, long_wait_minutes: int) -> list[Fault]:
        if self.outcome is Outcome.NO_ACCESS:
            return []
        waited = self.wait_minutes or 0
        if waited <= long_wait_minutes and not (self.delay or self.delay_words or self.rank):
            return []
        lacking = []
        if self.delay is None:
            asked = f"You waited {plural(waited, 'minute')}: say why" if waited else "Say why you had to wait"
            lacking.append(Fault("delay", asked))
        if self.delay is Delay.OTHER and not self.delay_words:
            lacking.append(Fault("delay_words", "Say what the reason for the wait was"))
        if self.rank is None:
            lacking.append(Fault("rank", "Say who decided that you should wait"))
        return lacking

    def flags(self, delay_rank: str) -> list[str]:
        """What the Code of Practice does not allow: another reason than safety, or too low a rank."""
        is_low = is_below(self.rank, delay_rank)
        if self.outcome is Outcome.NO_ACCESS:
            return [f"Access was not refused by an officer of the rank of {delay_rank} or above."] * is_low
        if self.delay is None:
            return []
        found = []
        if self.delay is not Delay.SAFETY:
            found.append("Entry was delayed for another reason than the visitors' safety.")
        if is_low:
            found.append(f"The delay was not authorised by an officer of the rank of {delay_rank} or above.")
        return found

    def lines(self) -> list[Line]:
        waited = self.wait_minutes
        return answered(
            [
                ("How the visit went", OUTCOMES.get(self.outcome) if self.outcome else None),
                ("Why", self.reason),
                ("Made", MODES[self.mode] if self.mode else None),
                ("Began" if self.is_distant else "Arrived", _at(self.arrived_at)),
                ("Let in", _at(self.admitted_at)),
                ("Waited", plural(waited, "minute") if waited is not None and waited >= 0 else None),
                (
                    "Why the wait",
                    ". ".join(filter(None, [self.delay and self.delay.words, self.delay_words])),
                ),
                ("Who decided", self.rank.words if self.rank else None),
                ("Shown round by", self.escort.words if self.escort else None),
                ("Ended" if self.is_distant else "Left", _at(self.left_at)),
            ]
        )


def _a_day_later(at: datetime) -> datetime | None:
    """The same time on the clock the next day; None where it does not exist, or happens twice."""
    try:
        return from_wall_clock(london(at).replace(tzinfo=None) + timedelta(days=1))
    except (NoSuchTime, DoubledTime):
        return None


def _at(at: datetime | None) -> str | None:
    return at_in_words(at) if at else None
