"""The funnel of a recruitment round: how many came to each stage, are there, or were lost there and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from icv.rules.figures.shares import percent
from icv.rules.stages import APPOINTED, GONE, PIPELINE, Stage
from icv.rules.words import capital

FUNNEL = (*PIPELINE, Stage.PROBATION)
"""The stages of a funnel; the last stands for being appointed, whatever became of the visitor since."""

TITLES = {
    Stage.APPLIED: "Received",
    Stage.SHORTLISTED: "Shortlisted",
    Stage.INTERVIEWED: "Interviewed",
    Stage.VETTING: "Vetting",
    Stage.TRAINING: "Training",
    Stage.PROBATION: "Appointed",
}
_PLACES = range(len(FUNNEL))
_PLACE = {stage: place for place, stage in enumerate(FUNNEL)} | dict.fromkeys(APPOINTED, len(PIPELINE))


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken and stands; without a day it was always so."""

    stage: Stage
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How far one person came: the steps that stand, in order, without corrected ones and corrections."""

    steps: tuple[Taken, ...] = ()
    was_appointed: bool = False

    @property
    def end(self) -> Taken | None:
        """The step out, where the way has come to an end."""
        return self.steps[-1] if self.steps and self.steps[-1].stage in GONE else None

    @property
    def place(self) -> int:
        """The place in the funnel the person is at, or was when it ended. Whoever applied was received."""
        if self.was_appointed:
            return len(PIPELINE)
        return next((_PLACE[step.stage] for step in reversed(self.steps) if step.stage not in GONE), 0)

    @property
    def since(self) -> date | None:
        """The day the stage the person is at began; None where nobody knows."""
        return self._stays()[-1][1] if self.steps else None

    def days_spent(self) -> dict[int, int]:
        """Days in each stage that is over, by place, where the day in and the day out are known.

        Somebody imported at a later stage has spent days in the earlier ones that nobody can divide.
        """
        spent: dict[int, int] = {}
        stays = self._stays()
        for (place, since), (onward, until) in pairwise(stays):
            follows = onward is None or (place is not None and onward == place + 1)
            if place is not None and since and until and follows:
                spent[place] = (until - since).days
        return spent

    def _stays(self) -> list[tuple[int | None, date | None]]:
        """Each stay at a place (None: away) with its first day; several steps at one place are one stay."""
        stays: list[tuple[int | None, date | None]] = []
        for step in self.steps:
            place = _PLACE.get(step.stage)
            if not stays or stays[-1][0] != place:
                stays.append((place, step.on))
        return stays


@dataclass(frozen=True, slots=True)
class Loss:
    """Why people were lost at a stage. `reason` is empty where none was recorded."""

    how: Stage
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """One stage: reached = now + lost + those who went on to the next.

    At the last, `now` are the visitors still in office and `lost` those who have left since, without days.
    `median_days` is of those whose time there is over and known, `timed` of them.
    """

    stage: Stage
    reached: int
    now: int
    losses: tuple[Loss, ...] = ()
    median_days: float | None = None
    timed: int = 0
    waiting_since: date | None = None

    @property
    def title(self) -> str:
        return TITLES[self.stage]

    @property
    def lost(self) -> int:
        return sum(loss.people for loss in self.losses)

    @property
    def over(self) -> int:
        """How many have been there and are not any more."""
        return self.reached - self.now


@dataclass(frozen=True, slots=True)
class Funnel:
    """A line a stage, in the order of the path."""

    lines: tuple[FunnelLine, ...]

    @property
    def received(self) -> int:
        return self.lines[0].reached

    @property
    def appointed(self) -> int:
        return self.lines[-1].reached

    @property
    def in_pipeline(self) -> int:
        return sum(line.now for line in self.lines[:-1])

    @property
    def lost(self) -> int:
        """Before an appointment."""
        return sum(line.lost for line in self.lines[:-1])

    def percent(self, line: FunnelLine) -> float | None:
        """Of those received, who came to this stage."""
        return percent(line.reached, self.received)


@dataclass(frozen=True, slots=True)
class Cohort:
    """Members on a day, and those who may join them: of one round, and of all others."""

    members: int
    of_round: int
    of_others: int

    @property
    def projected(self) -> int:
        """If everybody still in the pipeline is appointed and nobody leaves."""
        return self.members + self.of_round + self.of_others


def funnel(ways: Sequence[Way]) -> Funnel:
    """Whoever came to a stage has been at every one before it, recorded or not."""
    come = [(way, way.place, way.days_spent()) for way in ways]
    return Funnel(tuple(_line(place, [one for one in come if one[1] >= place]) for place in _PLACES))


def _line(place: int, reached: Sequence[tuple[Way, int, dict[int, int]]]) -> FunnelLine:
    """Of those who came so far: each way with the place it came to and the days spent on it."""
    there = [way for way, came_to, _ in reached if came_to == place]
    waiting = [way for way in there if way.end is None]
    over = [spent for way, came_to, spent in reached if came_to > place or way.end]
    days = [spent[place] for spent in over if place in spent and FUNNEL[place] in PIPELINE]
    return FunnelLine(
        FUNNEL[place],
        reached=len(reached),
        now=len(waiting),
        losses=_losses(way.end for way in there if way.end),
        median_days=median(days) if days else None,
        timed=len(days),
        waiting_since=min((since for way in waiting if (since := way.since)), default=None),
    )


def _losses(ends: Iterable[Taken]) -> tuple[Loss, ...]:
    """Reasons that differ in spaces, capitals or the full stop are one; the most frequent come first."""
    counted: Counter[tuple[Stage, str]] = Counter()
    words: dict[str, str] = {}
    for end in ends:
        reason = " ".join(end.reason.split()).rstrip(".")
        words.setdefault(reason.casefold(), capital(reason))
        counted[end.stage, reason.casefold()] += 1
    return tuple(
        Loss(how, words[reason], people)
        for (how, reason), people in sorted(
            counted.items(), key=lambda one: (list(Stage).index(one[0][0]), -one[1], one[0][1])
        )
    )
