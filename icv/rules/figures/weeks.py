"""The share of any stretch of time, judged from what became of the scheduled visits of each week."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from icv.rules.days import Period
from icv.rules.figures.shares import percent
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome


@dataclass(frozen=True, slots=True)
class WeekEnd:
    """Visits on a published rota whose week ends on that day, by outcome; those taken out are not among them.

    None: nothing recorded. Cancelled: once the week had begun.
    """

    ends_on: date
    by_outcome: Mapping[Outcome | None, int]


@dataclass(frozen=True, slots=True)
class Step:
    """The scheduled visits of one stretch of time; `is_on_record`: not all of it lies before the records.

    `not_completed` says why, and adds up to what is scheduled less what is completed.
    """

    period: Period
    scheduled: int = 0
    completed: int = 0
    not_yet_due: int = 0
    not_completed: Mapping[Outcome | None, int] = field(default_factory=dict)
    is_on_record: bool = True
    counts_as_completed: frozenset[Outcome] = frozenset({Outcome.COMPLETED})

    @property
    def percent(self) -> float | None:
        return percent(self.completed, self.scheduled)


def step(
    period: Period, weeks: Sequence[WeekEnd], *, as_of: date, choices: Choices, since: date | None
) -> Step:
    """Of weeks in their order. `since`: the first day on record, None before there is any."""
    inside = weeks[
        bisect_left(weeks, period.first, key=_ends_on) : bisect_right(weeks, period.last, key=_ends_on)
    ]
    due: Counter[Outcome | None] = Counter()
    for week in inside:
        if week.ends_on < as_of:
            due.update(week.by_outcome)
    completed = sum(due[outcome] for outcome in choices.completed_outcomes)
    return Step(
        period,
        due.total(),
        completed,
        sum(sum(week.by_outcome.values()) for week in inside) - due.total(),
        {why: due[why] for why in _WHY if due[why] and why not in choices.completed_outcomes},
        is_on_record=since is not None and since <= period.last,
        counts_as_completed=choices.completed_outcomes,
    )


def _ends_on(week: WeekEnd) -> date:
    return week.ends_on


_WHY: tuple[Outcome | None, ...] = (
    Outcome.MISSED,
    Outcome.CANCELLED,
    None,
    Outcome.ABANDONED,
    Outcome.NO_ACCESS,
    Outcome.SUITE_CLOSED,
    Outcome.COMPLETED,
)
"""In the order in which reasons are told; completed only where the scheme does not count it as such."""
