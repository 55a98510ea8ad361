"""Groups of people and suites that have nothing to do with each other: each is drawn for itself."""

from collections import defaultdict
from collections.abc import Iterable

from icv.planner.ground import Ground


def groups(ground: Ground) -> list[list[int]]:
    """The visits, those together whose suites share somebody who could go, in their order.

    The goals are sums over visits and visitors: what is best for each group is best for all.
    """
    leader = {suite: suite for suite in ground.suite}

    def lead(suite: int) -> int:
        while leader[suite] != suite:
            leader[suite] = leader[leader[suite]]
            suite = leader[suite]
        return suite

    for suites in _suites_of_each(ground):
        first, *others = suites
        for other in others:
            leader[lead(other)] = lead(first)
    found: dict[int, list[int]] = defaultdict(list)
    for at, suite in enumerate(ground.suite):
        found[lead(suite)].append(at)
    return sorted(found.values())


def _suites_of_each(ground: Ground) -> Iterable[list[int]]:
    of: dict[int, set[int]] = defaultdict(set)
    for at, suite in enumerate(ground.suite):
        for who in (*ground.who_could[at], *ground.held[at]):
            of[who].add(suite)
    return (sorted(suites) for suites in of.values())
