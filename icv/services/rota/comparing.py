"""Two drafts of the same weeks side by side: how far each meets the goals, and the places that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from icv.planner.problem import Planned
from icv.planner.rechecking import bars_now, judged_again
from icv.planner.rota import Aim
from icv.planner.rota import Rota as Plan
from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.services.rota.asking import Asked, asked_of
from icv.services.rota.drafts import Where, lines_of
from icv.store.rota import DraftLine, Rota, suggested_of

COUNTED = {
    Aim.UNFILLED: "Visits without a pair",
    Aim.TIMESLOTS: "Timeslot faults: quotas missed, a day or time twice running",
    Aim.REPEATED_PAIRS: "Pairs that go together more than once",
    Aim.SAME_SUITE: "Visitors sent to the same suite twice running",
    Aim.MET_BEFORE: "Times the pairs had gone together before",
}
"""Goals of which less is better, as they are counted."""


class Better(StrEnum):
    """Which of the two is better in one thing."""

    EARLIER = "the earlier"
    LATER = "the new one"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One goal, as it is met by each."""

    words: str
    earlier: str
    later: str
    better: Better


@dataclass(frozen=True, slots=True)
class Difference:
    """A visit with other people on it: who goes by the earlier draft and by the later, by name."""

    suite: str
    week_starts_on: date
    week_ends_on: date
    earlier: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """A place locked in one of the two that is not so in the other."""

    suite: str
    week_starts_on: date
    week_ends_on: date
    name: str
    is_in_later: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`common` visits are in both, and only they are measured."""

    measures: tuple[Measure, ...]
    differences: tuple[Difference, ...]
    locks: tuple[Lock, ...]
    common: int
    only_earlier: int
    only_later: int


Lines = dict[Where, DraftLine]


def comparison_of(session: Session, earlier: Rota, later: Rota, choices: Choices) -> Comparison:
    """Both measured by the same records, those of today; in the same number of queries however long."""
    before, after = lines_of(session, [earlier]), lines_of(session, [later])
    common = [where for where in after if where in before]
    asked = _asked(session, earlier, later, common, [before, after], choices)
    return Comparison(
        measures=tuple(
            _measures(
                asked,
                _Side(asked, common, before, suggested_of(session, earlier.id)),
                _Side(asked, common, after, suggested_of(session, later.id)),
            )
        ),
        differences=tuple(_differences(asked, common, before, after)),
        locks=(*_locks(asked, before, after, False), *_locks(asked, after, before, True)),
        common=len(common),
        only_earlier=len(before) - len(common),
        only_later=len(after) - len(common),
    )


def _asked(
    session: Session,
    earlier: Rota,
    later: Rota,
    common: Sequence[Where],
    sides: Sequence[Lines],
    choices: Choices,
) -> Asked:
    return asked_of(
        session,
        Period(min(earlier.first_on, later.first_on), max(earlier.last_on, later.last_on)),
        [Planned(key, where[0], where[1]) for key, where in enumerate(common, 1)],
        seed=later.seed,
        choices=choices,
        placed={who for side in sides for line in side.values() for who in line.visitors if who is not None},
    )


class _Side:
    """One of the two, its common visits put before the planner again; each by its place among them."""

    def __init__(
        self, asked: Asked, common: Sequence[Where], lines: Lines, aims: Mapping[int, tuple[int, int]]
    ) -> None:
        pairs = {key: lines[where].visitors for key, where in enumerate(common, 1)}
        aimed = {key: aims[lines[where].id] for key, where in enumerate(common, 1) if lines[where].id in aims}
        self.plan = judged_again(asked.problem, pairs, aimed)
        locked = tuple(
            replace(visit, locked=lines[where].locked_visitors)
            for visit, where in zip(asked.problem.visits, common, strict=True)
        )
        bars = bars_now(replace(asked.problem, visits=locked), pairs)
        self.against = sum(not lines[common[key - 1]].overridden[place] for key, place in bars)


def _measures(asked: Asked, earlier: _Side, later: _Side) -> list[Measure]:
    """In the order in which they count."""
    one, other = _values(earlier.plan), _values(later.plan)
    counted = {aim: _counted(words, one[aim], other[aim]) for aim, words in COUNTED.items()}
    return [
        _counted("Places a rule stands against today", earlier.against, later.against),
        counted[Aim.UNFILLED],
        Measure(
            "Visits for each visitor, beside their fair shares",
            _spread(earlier.plan),
            _spread(later.plan),
            _better(one[Aim.LOAD], other[Aim.LOAD]),
        ),
        counted[Aim.TIMESLOTS],
        Measure(
            "Timeslots the pairs could go in",
            _reached(earlier.plan),
            _reached(later.plan),
            _better(-earlier.plan.quality.timeslots_reachable, -later.plan.quality.timeslots_reachable),
        ),
        counted[Aim.REPEATED_PAIRS],
        counted[Aim.SAME_SUITE],
        counted[Aim.MET_BEFORE],
    ]


def _values(plan: Plan) -> dict[Aim, int]:
    return {goal.aim: goal.value for goal in plan.certificate}


def _counted(words: str, earlier: int, later: int) -> Measure:
    return Measure(words, str(earlier), str(later), _better(earlier, later))


def _better(earlier: int, later: int) -> Better:
    """The less the better."""
    if earlier == later:
        return Better.NEITHER
    return Better.EARLIER if earlier < later else Better.LATER


def _spread(plan: Plan) -> str:
    return f"{plan.quality.visits_per_visitor_min} to {plan.quality.visits_per_visitor_max}"


def _reached(plan: Plan) -> str:
    return f"{plan.quality.timeslots_reachable} of {plan.quality.timeslots}"


def _differences(asked: Asked, common: Sequence[Where], before: Lines, after: Lines) -> list[Difference]:
    """By week and suite. Who has which of the two places does not matter."""
    return [
        Difference(
            asked.suites[where[0]],
            after[where].week_starts_on,
            after[where].week_ends_on,
            _names(asked, before[where]),
            _names(asked, after[where]),
        )
        for where in common
        if set(before[where].visitors) != set(after[where].visitors)
    ]


def _names(asked: Asked, line: DraftLine) -> tuple[str, ...]:
    return tuple(asked.name_of(who) for who in line.visitors)


def _locks(asked: Asked, lines: Lines, others: Lines, is_in_later: bool) -> list[Lock]:
    """Those of one draft that the other lacks."""
    return [
        Lock(
            asked.suites[where[0]],
            line.week_starts_on,
            line.week_ends_on,
            asked.people[who].name,
            is_in_later,
        )
        for where, line in lines.items()
        for who in line.locked_visitors
        if who is not None and (where not in others or who not in others[where].locked_visitors)
    ]
