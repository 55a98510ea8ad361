"""Saying why: who could take a place and who not, why a visit stayed empty, and what would fill it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from icv.planner.bounds import Limits, is_hopeless
from icv.planner.draft import Draft
from icv.planner.ground import Ground
from icv.planner.pairing import Bar
from icv.planner.problem import Problem
from icv.planner.rota import Rota
from icv.planner.ways import Chance, GivenUp, Way, Ways


@dataclass(frozen=True, slots=True)
class Candidate:
    """One visitor for one place, with every reason against; none means that they may be put there."""

    visitor: int
    bars: tuple[Bar, ...]
    visits: int
    """Visits in this rota, the place asked about not counted."""

    @property
    def may_go(self) -> bool:
        return not self.bars


class Cause(StrEnum):
    STRUCTURAL = "structural"
    """No rota could fill the visit while the rules and the locked places stand."""
    COMPETITION = "competition"
    """A pair could, if other visits gave them up."""
    OPEN = "open"
    """A pair could be put on it at once: something changed since the rota was drawn."""


@dataclass(frozen=True, slots=True)
class WhyEmpty:
    """Each visitor not on the visit is counted once, at the first reason: the counts and `left` add up."""

    visit: int
    visitors: int
    removed: tuple[tuple[Bar, int], ...]
    left: int
    needs: int
    """Places to fill: one where somebody is locked to the other."""
    cause: Cause
    given_up: tuple[tuple[int, int], ...] = ()
    """With competition, the cheapest way out: visitors, and the visit that would have to give each up."""
    rule: str = ""
    """The rule that alone stands in the way of everybody left, and what to do about it."""

    @property
    def sentence(self) -> str:
        """ "31 visitors: 5 not cleared, 8 away, 17 not free, 1 left, a visit needs 2", and the rule."""
        people = f"{self.visitors} visitor{'' if self.visitors == 1 else 's'}"
        counts = [f"{count} {bar.short}" for bar, count in self.removed]
        said = f"{people}: {', '.join([*counts, f'{self.left} left'])}, {_needs(self.needs)}"
        return f"{said}. {self.rule}" if self.rule else said


def _needs(places: int) -> str:
    return "a visit needs 2" if places == 2 else "this visit needs 1 more"


def candidates(problem: Problem, rota: Rota, visit: int, place: int) -> tuple[Candidate, ...]:
    """Every visitor for place 0 or 1 of a visit: first those who may go, the least loaded first; then the
    cleared ones with something against them; then the others."""
    ground = Ground(problem)
    draft, at = Draft.of(ground, rota.pairs), _place_of(ground, visit)
    holder, partner = rota.pairs[visit][place], rota.pairs[visit][1 - place]
    if holder is not None:
        draft.release(at, ground.at[holder])
    beside = None if partner is None else ground.at[partner]
    found = [
        (who, Candidate(visitor.key, _bars(draft, who, at, beside), draft.count[who]))
        for who, visitor in enumerate(ground.visitors)
    ]
    found.sort(key=lambda one: (len(one[1].bars) > 0, Bar.NOT_CLEARED in one[1].bars, draft.dear[one[0]]))
    return tuple(candidate for _, candidate in found)


def _place_of(ground: Ground, visit: int) -> int:
    return next(at for at, one in enumerate(ground.visits) if one.key == visit)


def _bars(draft: Draft, who: int, at: int, beside: int | None) -> tuple[Bar, ...]:
    if who == beside:
        return (Bar.ALREADY_ON_VISIT,)
    bars = draft.ground.bars_alone(who, at)
    now = draft.bar_now(who, at)
    together = None if beside is None or bars else draft.ground.bar_together(beside, who, at)
    return (*bars, *(bar for bar in (now, together) if bar is not None))


def _first_bar(draft: Draft, who: int, at: int, beside: int | None) -> Bar | None:
    """The first of them: asked of everybody for every empty visit, most are told by the week or the suite."""
    alone = draft.ground.first_bar_alone(who, at)
    if alone is not None:
        return alone
    now = draft.bar_now(who, at)
    return draft.ground.bar_together(beside, who, at) if now is None and beside is not None else now


def why_empty(problem: Problem, rota: Rota, visit: int) -> WhyEmpty:
    """Why an unfilled visit has no pair; only for one that is not filled."""
    return Inquiry(problem, rota).why_empty(visit)


class Inquiry:
    """One rota, laid out once however many of its empty visits are asked about.

    Visits, by their keys, that are `fixed` give nobody up.
    """

    def __init__(self, problem: Problem, rota: Rota, fixed: Collection[int] = ()) -> None:
        self._ground = ground = Ground(problem)
        self._draft, self._start = Draft.of(ground, rota.pairs), Draft(ground)
        self._ways = Ways(ground, self._draft, fixed)

    def why_empty(self, visit: int) -> WhyEmpty:
        """Only for a visit that is not filled."""
        why = self.shortly(visit)
        is_wanted = why.cause is Cause.COMPETITION
        return replace(why, given_up=_freed_by(self.cheapest(visit))) if is_wanted else why

    def shortly(self, visit: int) -> WhyEmpty:
        """The same without the way out, which takes longer to find."""
        at = _place_of(self._ground, visit)
        cause = self._cause(at)
        is_alone = cause is Cause.STRUCTURAL and not self._draft.pairs[at]
        return _cascade(self._start if is_alone else self._draft, at, cause)

    def cheapest(self, visit: int) -> Way | None:
        return self._ways.cheapest(_place_of(self._ground, visit))

    def given_up(self, visit: int) -> tuple[GivenUp, ...]:
        return self._ways.given_up(_place_of(self._ground, visit))

    def chances(self, visit: int) -> tuple[Chance, ...]:
        return self._ways.chances(_place_of(self._ground, visit))

    def _cause(self, at: int) -> Cause:
        if next(self._draft.legal_pairs(at), None) is not None:
            return Cause.OPEN
        is_hopeless_beside = self._draft.pairs[at] and not self._ways.could_go(at)
        return Cause.STRUCTURAL if is_hopeless_beside or is_hopeless(self._start, at) else Cause.COMPETITION


def _freed_by(way: Way | None) -> tuple[tuple[int, int], ...]:
    """Who is taken off which visit."""
    moves = way.moves if way else ()
    return tuple((one.instead_of, one.visit) for one in moves if one.instead_of is not None)


def _cascade(draft: Draft, at: int, cause: Cause, given_up: tuple[tuple[int, int], ...] = ()) -> WhyEmpty:
    ground, held = draft.ground, draft.pairs[at]
    others = [who for who in range(len(ground.visitors)) if who not in held]
    beside = held[0] if held else None
    first = {who: _first_bar(draft, who, at, beside) for who in others}
    left = [who for who in others if first[who] is None]
    rule = ""
    if len(left) > 1 and cause is not Cause.OPEN and not held:
        rule = _probation_rule(ground, left, at)
        first |= dict.fromkeys(left, Bar.ALL_ON_PROBATION if rule else Bar.NO_PARTNER)
        left = []
    counts = Counter(bar for bar in first.values() if bar is not None)
    return WhyEmpty(
        visit=ground.visits[at].key,
        visitors=len(others),
        removed=tuple((bar, counts[bar]) for bar in Bar if counts[bar]),
        left=len(left),
        needs=2 - len(held),
        cause=cause,
        given_up=given_up,
        rule=rule,
    )


def _probation_rule(ground: Ground, left: Sequence[int], at: int) -> str:
    """Empty where somebody left is not on probation, or two who are may go together."""
    most = ground.rules.most_probationers
    if most >= 2 or any(ground.week[at] not in ground.probation[who] for who in left):
        return ""
    allowed = f"at most {most} of a pair" if most else "nobody of a pair"
    return (
        f"Everybody left is on probation, and {allowed} may be: change the rule in Settings, or wait for an"
        " appointment to be confirmed"
    )


def way_out(problem: Problem, why: WhyEmpty, names: Mapping[int, str]) -> str:
    """What would fill the visit, naming visitors by their key: "Ann could, if Euston Street gave them up in
    the week of 1 January 2024"; empty where nothing is known to help."""
    visits = {one.key: one for one in problem.visits}
    suites = {one.suite: one.name for one in problem.suites}
    parts = []
    for visitor, key in why.given_up:
        monday = visits[key].week_starts
        parts.append(
            f"{names[visitor]} could, if {suites[visits[key].suite]} gave them up in the week of "
            f"{monday.day} {monday:%B %Y}"
        )
    return f"{'; '.join(parts)}." if parts else ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """One sum over the whole period, before any rota is drawn."""

    visits: int
    places: int
    can_give: int
    """Places that all visitors together can take."""

    @property
    def sentence(self) -> str:
        visits = "1 visit needs" if self.visits == 1 else f"{self.visits} visits need"
        need = f"{visits} {self.places} places; your visitors can give at most {self.can_give}"
        empty = self.visits - self.can_give // 2
        return f"{need}, so at least {empty} stay empty." if empty > 0 else f"{need}."


def capacity(problem: Problem) -> Capacity:
    visits = len(problem.visits)
    return Capacity(visits, 2 * visits, sum(Limits(Ground(problem)).most))
