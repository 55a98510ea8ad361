"""Which timeslot each visit aims at: what the suite still lacks, no weekday or band twice running, quotas."""

from collections import Counter
from collections.abc import Iterable
from random import Random

from icv.planner.draft import Draft
from icv.planner.grid import positions
from icv.planner.problem import Slot

CHOICES = 6
"""Equally good timeslots compared by how many visitors could go then."""
ROUNDS = 4
SATURDAY = 5


class SuiteTimes:
    """The timeslots that the visits to one suite aim at, as positions on the grid."""

    def __init__(self, draft: Draft, suite: int) -> None:
        ground = draft.ground
        self.draft, self.rules = draft, ground.rules
        self.visits = sorted(
            (at for at, of in enumerate(ground.suite) if of == suite), key=lambda at: (ground.week[at], at)
        )
        needs = next(one for one in ground.problem.suites if one.suite == suite)
        self.open = positions(ground.open[self.visits[0]])
        bands = self.rules.bands
        self.past = Counter({weekday * bands + band: times for (weekday, band), times in needs.covered})
        self.aims = {at: draft.target[at].bit_length() - 1 for at in self.visits if draft.target[at]}
        self.worn = self.past + Counter(self.aims.values())
        self.by_week: dict[int, list[int]] = {}
        for at in self.visits:
            self.by_week.setdefault(ground.week[at], []).append(at)

    def choose(self, at: int, slot: int) -> None:
        self.drop(at)
        self.aims[at] = slot
        self.worn[slot] += 1
        self.draft.target[at] = 1 << slot

    def drop(self, at: int) -> None:
        if at in self.aims:
            self.worn[self.aims.pop(at)] -= 1
            self.draft.target[at] = 0

    def faults_of(self, at: int, slot: int) -> int:
        """What aiming a visit without an aim at this timeslot adds to the suite's faults."""
        return (
            self._clashes(at, slot)
            + (self.worn[slot] > 0)
            - sum(short > 0 and slot in kind for short, kind in self._shortages())
        )

    def _clashes(self, at: int, slot: int) -> int:
        week, bands = self.draft.ground.week[at], self.rules.bands
        near = (
            other for w in (week - 1, week + 1) for other in self.by_week.get(w, ()) if other in self.aims
        )
        return sum(
            (slot // bands == self.aims[other] // bands) + (slot % bands == self.aims[other] % bands)
            for other in near
        )

    def _shortages(self) -> list[tuple[int, frozenset[int]]]:
        """How many weekend and night visits the suite is short of its even share of them."""
        bands, drawn = self.rules.bands, len(self.visits)
        weekend = frozenset(slot for slot in self.open if slot // bands >= SATURDAY)
        night = frozenset(slot for slot in self.open if slot % bands == self.rules.night_band)
        aims = list(self.aims.values())
        return [
            (drawn * len(kind) // len(self.open) - sum(slot in kind for slot in aims), kind)
            for kind in (weekend, night)
            if kind
        ]

    def faults(self) -> int:
        """Weekdays and bands repeated in consecutive weeks, timeslots lacking that could have been new ones,
        and visits short of the weekend and night quotas."""
        clashes = sum(self._clashes(at, slot) for at, slot in self.aims.items())
        lacking = {slot for slot in self.open if not self.past[slot]}
        wasted = min(len(self.aims), len(lacking)) - len(lacking & set(self.aims.values()))
        return clashes // 2 + wasted + sum(max(0, short) for short, _ in self._shortages())


def aim(draft: Draft, visits: Iterable[int], chance: Random) -> None:
    """Before anybody is drawn: a timeslot for each visit, by need, then by how many could go, then by chance."""
    wanted = set(visits)
    for suite in sorted({draft.ground.suite[at] for at in wanted}):
        times = SuiteTimes(draft, suite)
        for at in times.visits:
            if at in wanted and times.open:
                times.choose(at, _popular(times, at, chance))


def _popular(times: SuiteTimes, at: int, chance: Random) -> int:
    ground = times.draft.ground
    options = times.open[:]
    chance.shuffle(options)
    options.sort(key=lambda slot: (times.faults_of(at, slot), times.worn[slot]))
    least = times.faults_of(at, options[0])
    best = [slot for slot in options[:CHOICES] if times.faults_of(at, slot) == least]
    week = ground.week[at]
    could = [ground.weeks[who][week].bits for who in ground.who_could[at]]
    return max(best, key=lambda slot: sum(bits >> slot & 1 for bits in could))


def settle(draft: Draft) -> int:
    """When the pairs are known: aim at timeslots in which they can go. Answers the faults that remain."""
    return sum(_settle(SuiteTimes(draft, suite)) for suite in sorted(set(draft.ground.suite)))


def _settle(times: SuiteTimes) -> int:
    draft = times.draft
    options = {
        at: positions(draft.ground.common(*draft.pairs[at], at)) for at in times.visits if draft.is_filled(at)
    }
    for at in times.visits:
        if at not in options or times.aims.get(at) not in options[at]:
            times.drop(at)
    for _ in range(ROUNDS):
        before = dict(times.aims)
        for at, slots in options.items():
            now = times.aims.get(at)
            times.drop(at)
            if slots:
                times.choose(
                    at,
                    min(slots, key=lambda slot: (times.faults_of(at, slot), times.worn[slot], slot != now)),
                )
        if times.aims == before:
            break
    return times.faults()


def suggested(draft: Draft, at: int) -> tuple[Slot, ...]:
    """The timeslots in which the pair can go, the one aimed at first."""
    if not draft.is_filled(at):
        return ()
    bands = draft.ground.rules.bands
    slots = positions(draft.ground.common(*draft.pairs[at], at))
    slots.sort(key=lambda slot: (1 << slot != draft.target[at], slot))
    return tuple(divmod(slot, bands) for slot in slots)
