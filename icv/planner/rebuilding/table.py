"""The published places on the table: which stay, which are filled anew, and what an answer is worth."""

from collections.abc import Iterable
from dataclasses import replace

from icv.planner.cheapest import cheapest
from icv.planner.draft import Draft
from icv.planner.ground import Ground
from icv.planner.problem import Planned, Problem, Visitor
from icv.planner.rebuilding.asking import Rebuilding, Rebuilt
from icv.planner.repair import DEEPEST, PATIENCE, Repair, seat_pair
from icv.planner.rota import Drawn
from icv.planner.timeslots import SuiteTimes, suggested
from icv.planner.wire import BadProblem

EMPTY = 10**4
"""A visit left empty outweighs so many places that change hands."""
AWAY = ((None, None),)


class Table:
    """The published places, those given up empty; `ground` locks whatever must stay."""

    def __init__(self, asked: Rebuilding) -> None:
        self.kept = {one.visit: one for one in asked.kept}
        visits = asked.problem.visits
        if len(asked.kept) != len(visits) or any(one.key not in self.kept for one in visits):
            raise BadProblem("A rota is rebuilt from every visit as it was published, each once.")
        self.asked = asked
        self.stays: dict[int, tuple[int | None, int | None]] = {one.key: self._stays(one) for one in visits}
        self.ground = Ground(self._problem(visits), asked.given_up)
        self._lock_the_irregular()
        self.lost = [
            at for at, one in enumerate(visits) if self.stays[one.key] != self.kept[one.key].visitors
        ]
        self.movable = [
            at
            for at, one in enumerate(visits)
            if None not in self.kept[one.key].visitors and not self._is_frozen(one)
        ]

    def _is_frozen(self, visit: Planned) -> bool:
        return self.asked.frozen_before is not None and visit.week_starts < self.asked.frozen_before

    def _stays(self, visit: Planned) -> tuple[int | None, int | None]:
        one, other = self.kept[visit.key].visitors
        if self._is_frozen(visit):
            return one, other
        return self._unless_given_up(visit, one), self._unless_given_up(visit, other)

    def _unless_given_up(self, visit: Planned, who: int | None) -> int | None:
        if who is None or who in visit.locked:
            return who
        is_given_up = who in self.asked.gone or (visit.key, who) in self.asked.given_up
        return None if is_given_up else who

    def _problem(self, visits: Iterable[Planned]) -> Problem:
        """Frozen visits, and those published empty, are locked; whoever is gone is away throughout."""
        return replace(
            self.asked.problem,
            visits=tuple(self._locked(one) for one in visits),
            visitors=tuple(self._present(one) for one in self.asked.problem.visitors),
        )

    def _locked(self, visit: Planned) -> Planned:
        kept = self.kept[visit.key].visitors
        return replace(visit, locked=kept) if self._is_frozen(visit) or None in kept else visit

    def _present(self, visitor: Visitor) -> Visitor:
        return replace(visitor, away=AWAY) if visitor.key in self.asked.gone else visitor

    def _lock_the_irregular(self) -> None:
        """Places held against a rule were settled with the people: they stay too."""
        draft, ground = self.seated(), self.ground
        locked = {}
        for at, visit in enumerate(ground.visits):
            irregular = {ground.visitors[who].key for who in draft.pairs[at] if _is_irregular(draft, at, who)}
            if irregular - set(visit.locked):
                one, other = self.stays[visit.key]
                locked[visit.key] = (
                    one if one in irregular else visit.locked[0],
                    other if other in irregular else visit.locked[1],
                )
        if locked:
            visits = (replace(one, locked=locked.get(one.key, one.locked)) for one in ground.visits)
            self.ground = Ground(replace(ground.problem, visits=tuple(visits)), self.asked.given_up)

    def seated(self) -> Draft:
        """Everybody who stays, at the times that were suggested."""
        draft = Draft.of(self.ground, self.stays)
        for at, visit in enumerate(self.ground.visits):
            slot = self.kept[visit.key].timeslot
            if slot is not None:
                draft.target[at] = 1 << slot[0] * self.ground.rules.bands + slot[1]
        return draft

    def mended(self) -> Draft:
        """Fewer people move the earlier a place is filled: first those that somebody may simply take."""
        draft = self.seated()
        repair = Repair(draft, self.movable)
        for deepest in range(DEEPEST + 1):
            for at in sorted(self.lost, key=lambda at: (len(self.ground.who_could[at]), at)):
                if not draft.is_filled(at):
                    repair.patience = PATIENCE
                    _fill(repair, at, deepest)
        self._leave_nobody_alone(draft)
        return draft

    def _leave_nobody_alone(self, draft: Draft) -> None:
        """Somebody may have taken the place of whoever was left on a visit that nobody else can join."""
        for at in self.movable:
            if not draft.is_filled(at):
                published = self.kept[self.ground.visits[at].key].visitors
                for who in draft.pairs[at][:]:
                    if self.ground.visitors[who].key not in published:
                        draft.release(at, who)

    def worth(self, draft: Draft) -> tuple[int, int]:
        """Visits left empty and places that change hands in one number, then the load; less is better."""
        empty = sum(1 for at in self.movable if not draft.is_filled(at))
        return EMPTY * empty + sum(self._changes(draft, at) for at in self.movable), draft.load()

    def _changes(self, draft: Draft, at: int) -> int:
        """No visit published with a pair has more: somebody who leaves and somebody who joins are one."""
        published = self.kept[draft.ground.visits[at].key].visitors
        return 2 - sum(draft.ground.visitors[who].key in published for who in draft.pairs[at])

    def told(self, draft: Draft, least: int | None = None) -> Rebuilt:
        changed = [at for at in self.movable if self._changes(draft, at)]
        self._set_times(draft, changed)
        return Rebuilt(
            changed=tuple(self._drawn(draft, at) for at in changed),
            unfilled=tuple(draft.ground.visits[at].key for at in changed if not draft.is_filled(at)),
            changes=sum(self._changes(draft, at) for at in changed),
            least=least,
        )

    def _set_times(self, draft: Draft, changed: list[int]) -> None:
        """As suggested before, where the new pair can go then."""
        for at in changed:
            slots = suggested(draft, at)
            bits = [day * draft.ground.rules.bands + band for day, band in slots]
            if bits and draft.target[at] != 1 << bits[0]:
                times = SuiteTimes(draft, draft.ground.suite[at])
                times.drop(at)
                costs = times.costs(at, bits)
                times.choose(at, min(bits, key=lambda slot: (costs[slot], slot)))

    def _drawn(self, draft: Draft, at: int) -> Drawn:
        visit = draft.ground.visits[at]
        now = [draft.ground.visitors[who].key for who in draft.pairs[at]]
        published = self.kept[visit.key].visitors
        joining = [key for key in now if key not in published]
        places = [key if key in now else joining.pop(0) if joining else None for key in published]
        return Drawn(visit.key, (places[0], places[1]), suggested(draft, at))


def _is_irregular(draft: Draft, at: int, who: int) -> bool:
    if who not in draft.ground.able[at]:
        return True
    others = [one for one in draft.pairs[at] if one != who]
    if any(draft.ground.bar_together(one, who, at) is not None for one in others):
        return True
    draft.release(at, who)
    bar = draft.bar_now(who, at)
    draft.place(at, who)
    return bar is not None


def _fill(repair: Repair, at: int, deepest: int) -> None:
    if deepest:
        seat_pair(repair, at, deepest)
        return
    for who in cheapest(repair.draft, at, chance=None) or ():
        if who not in repair.draft.pairs[at]:
            repair.place(at, who)
