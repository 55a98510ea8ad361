"""Which timeslot each visit aims at: what the suite still lacks, no weekday or band twice running, quotas."""

from collections import Counter
from collections.abc import Collection, Mapping

from icv.planner.draft import Draft
from icv.planner.grid import positions
from icv.planner.problem import Slot

ROUNDS = 4
SATURDAY = 5


class SuiteTimes:
    """The timeslots that the visits to one suite aim at, as positions on the grid."""

    def __init__(self, draft: Draft, suite: int) -> None:
        ground = draft.ground
        self.draft, self.bands = draft, ground.rules.bands
        self.visits = sorted(
            (at for at, of in enumerate(ground.suite) if of == suite), key=lambda at: (ground.week[at], at)
        )
        needs = next(one for one in ground.problem.suites if one.suite == suite)
        self.open = positions(ground.open[self.visits[0]])
        self.past = Counter({weekday * self.bands + band: times for (weekday, band), times in needs.covered})
        self.lacking = frozenset(slot for slot in self.open if not self.past[slot])
        self.aims: dict[int, int] = {}
        self.worn = self.past.copy()
        self.quotas = self._quotas(ground.rules.night_band)
        self.short = [quota for quota, _ in self.quotas]
        self._neighbours = self._by_neighbours()
        for at in self.visits:
            if draft.target[at]:
                self._count(at, draft.target[at].bit_length() - 1)

    def _by_neighbours(self) -> dict[int, list[int]]:
        """The visits of the week before and the week after each."""
        by_week: dict[int, list[int]] = {}
        for at in self.visits:
            by_week.setdefault(self.draft.ground.week[at], []).append(at)
        return {
            at: [*by_week.get(week - 1, ()), *by_week.get(week + 1, ())]
            for week, visits in by_week.items()
            for at in visits
        }

    def neighbours(self) -> list[tuple[int, int]]:
        """Each two visits of consecutive weeks."""
        return [(at, other) for at in self.visits for other in self._neighbours[at] if at < other]

    def _quotas(self, night_band: int | None) -> list[tuple[int, frozenset[int]]]:
        """The weekend's and the night's even share of the visits, and which timeslots those are."""
        weekend = frozenset(slot for slot in self.open if slot // self.bands >= SATURDAY)
        night = frozenset(slot for slot in self.open if slot % self.bands == night_band)
        share = len(self.visits) / max(1, len(self.open))
        return [(int(share * len(kind)), kind) for kind in (weekend, night)]

    def _count(self, at: int, slot: int) -> None:
        self.aims[at] = slot
        self.worn[slot] += 1
        self.short = [
            short - (slot in kind) for short, (_, kind) in zip(self.short, self.quotas, strict=True)
        ]

    def choose(self, at: int, slot: int) -> None:
        self._count(at, slot)
        self.draft.target[at] = 1 << slot

    def drop(self, at: int) -> int | None:
        """Answers the timeslot aimed at until now."""
        slot = self.aims.pop(at, None)
        if slot is not None:
            self.worn[slot] -= 1
            self.short = [
                short + (slot in kind) for short, (_, kind) in zip(self.short, self.quotas, strict=True)
            ]
            self.draft.target[at] = 0
        return slot

    def set(self, aims: Mapping[int, int]) -> None:
        """All visits given aim anew."""
        for at in aims:
            self.drop(at)
        for at, slot in aims.items():
            self.choose(at, slot)

    def costs(self, at: int, slots: Collection[int]) -> dict[int, tuple[int, int]]:
        """What aiming a visit that aims at nothing at each of these adds to the suite's faults, and how often
        it has been visited already."""
        wanted = [kind for short, (_, kind) in zip(self.short, self.quotas, strict=True) if short > 0]
        near = [divmod(slot, self.bands) for slot in self._near(at)]
        days, bands = Counter(day for day, _ in near), Counter(band for _, band in near)
        return {
            slot: (
                days[slot // self.bands]
                + bands[slot % self.bands]
                + (self.worn[slot] > 0)
                - sum(slot in kind for kind in wanted),
                self.worn[slot],
            )
            for slot in slots
        }

    def _near(self, at: int) -> list[int]:
        """The timeslots aimed at in the week before and the week after."""
        return [self.aims[other] for other in self._neighbours[at] if other in self.aims]

    def _alike(self, one: int, other: int) -> int:
        return (one // self.bands == other // self.bands) + (one % self.bands == other % self.bands)

    def faults(self) -> int:
        """Weekdays and bands repeated in consecutive weeks, timeslots lacking that could have been new ones,
        and visits short of the weekend and night quotas."""
        clashes = sum(self._alike(slot, other) for at, slot in self.aims.items() for other in self._near(at))
        wasted = min(len(self.aims), len(self.lacking)) - len(self.lacking & set(self.aims.values()))
        return clashes // 2 + wasted + sum(max(0, short) for short in self.short)


def settle(draft: Draft) -> int:
    """When the pairs are known: aim at timeslots in which they can go. Answers the faults that remain."""
    return sum(_settle(SuiteTimes(draft, suite)) for suite in sorted(set(draft.ground.suite)))


def _settle(times: SuiteTimes) -> int:
    options = {at: _options(times, at) for at in times.visits}
    for at in times.visits:
        if times.aims.get(at) not in options[at]:
            times.drop(at)
    for _ in range(ROUNDS):
        before = dict(times.aims)
        for at, slots in options.items():
            if slots:
                now = times.drop(at)
                costs = times.costs(at, slots)
                times.choose(at, min(slots, key=lambda slot: (costs[slot], slot != now)))
        if times.aims == before:
            break
    return times.faults()


def _options(times: SuiteTimes, at: int) -> list[int]:
    draft = times.draft
    return positions(draft.ground.common(*draft.couple(at), at)) if draft.is_filled(at) else []


def faulty(draft: Draft) -> list[int]:
    """The visits that would fault least by aiming elsewhere: those whose timeslot repeats or is not new."""
    found = []
    for suite in sorted(set(draft.ground.suite)):
        times = SuiteTimes(draft, suite)
        for at in times.visits:
            slot = times.drop(at)
            if slot is not None:
                costs = times.costs(at, times.open)
                times.choose(at, slot)
                if costs[slot][0] > min(costs.values())[0]:
                    found.append(at)
    return found


def suggested(draft: Draft, at: int) -> tuple[Slot, ...]:
    """The timeslots in which the pair can go, the one aimed at first."""
    if not draft.is_filled(at):
        return ()
    slots = positions(draft.ground.common(*draft.couple(at), at))
    slots.sort(key=lambda slot: (1 << slot != draft.target[at], slot))
    return tuple(divmod(slot, draft.ground.rules.bands) for slot in slots)
