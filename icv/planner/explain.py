"""Saying why: who could take a place and who not, why a visit stayed empty, what is proven of a rota."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from icv.planner.bounds import Limits, is_hopeless
from icv.planner.draft import Draft
from icv.planner.ground import Ground
from icv.planner.pairing import Bar
from icv.planner.problem import Problem
from icv.planner.rota import Rota


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

    @property
    def sentence(self) -> str:
        """ "31 visitors: 5 not cleared, 8 away, 17 not free, 1 left, a visit needs 2"."""
        people = f"{self.visitors} visitor{'' if self.visitors == 1 else 's'}"
        counts = [f"{count} {bar.short}" for bar, count in self.removed]
        return f"{people}: {', '.join([*counts, f'{self.left} left'])}, {_needs(self.needs)}"


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


def why_empty(problem: Problem, rota: Rota, visit: int) -> WhyEmpty:
    """Why an unfilled visit has no pair; only for one that is not filled."""
    ground = Ground(problem)
    draft, start = Draft.of(ground, rota.pairs), Draft(ground)
    at = _place_of(ground, visit)
    if is_hopeless(start, at):
        return _cascade(start, at, Cause.STRUCTURAL)
    if next(draft.legal_pairs(at), None) is not None:
        return _cascade(draft, at, Cause.OPEN)
    return _cascade(draft, at, Cause.COMPETITION, _cheapest_way_out(start, draft, at))


def _cascade(draft: Draft, at: int, cause: Cause, given_up: tuple[tuple[int, int], ...] = ()) -> WhyEmpty:
    ground, held = draft.ground, draft.pairs[at]
    others = [who for who in range(len(ground.visitors)) if who not in held]
    beside = held[0] if held else None
    first = {who: next(iter(_bars(draft, who, at, beside)), None) for who in others}
    left = [who for who in others if first[who] is None]
    if len(left) > 1 and cause is not Cause.OPEN and not held:
        first |= dict.fromkeys(left, Bar.NO_PARTNER)
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
    )


def _cheapest_way_out(start: Draft, draft: Draft, at: int) -> tuple[tuple[int, int], ...]:
    """The pair that would have to be freed from the fewest other visits, and from which."""
    best: tuple[tuple[int, int], ...] | None = None
    for pair in start.legal_pairs(at):
        ways = [_freed_from(draft, who, at) for who in pair if who not in draft.pairs[at]]
        if None in ways:
            continue
        found = tuple(way for way in ways if way)
        if best is None or len(found) < len(best):
            best = found
    return best or ()


def _freed_from(draft: Draft, who: int, at: int) -> tuple[int, int] | tuple[()] | None:
    """The visitor and the visit that is in the way; empty if none is, None if more than one."""
    if draft.bar_now(who, at) is None:
        return ()
    ground = draft.ground
    for other, pair in enumerate(draft.pairs):
        if who in pair and who not in ground.held[other]:
            draft.release(other, who)
            is_freed = draft.bar_now(who, at) is None
            draft.place(other, who)
            if is_freed:
                return ground.visitors[who].key, ground.visits[other].key
    return None


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
