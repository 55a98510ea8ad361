"""What no rota can beat: limits that follow from counting alone."""

from collections import Counter
from heapq import heapify, heapreplace

from icv.planner.draft import Draft
from icv.planner.ground import Ground

NEVER = 10**18


class Limits:
    """The limits of one problem, counted once for all its drafts. `start` holds only what is locked."""

    def __init__(self, ground: Ground) -> None:
        self.start = Draft(ground)
        self.hopeless = frozenset(at for at in range(len(ground.visits)) if is_hopeless(self.start, at))
        self.most = [most_visits(self.start, who) for who in range(len(ground.visitors))]
        self.least_unfilled = self._least_unfilled()

    def _least_unfilled(self) -> int:
        """By visits that no pair may make, by who could go each week, by all that everybody may give."""
        week = self.start.ground.week
        others = Counter(week[at] for at in range(len(week)) if at not in self.hopeless)
        short = sum(max(0, visits - _most_filled(self.start, number)) for number, visits in others.items())
        return max(len(self.hopeless) + short, len(week) - sum(self.most) // 2)

    def least_load(self, draft: Draft) -> int | None:
        """The fairest way to share out the places that the draft has taken, if all suited everything; None
        where somebody put more people on visits than the rules can give."""
        ground, counts = draft.ground, self.start.count[:]
        places = sum(draft.count) - sum(counts)
        if places > sum(self.most) - sum(counts):
            return None
        steps = [(ground.step(who, count), who) for who, count in enumerate(counts) if count < self.most[who]]
        heapify(steps)
        for _ in range(places):
            who = steps[0][1]
            counts[who] += 1
            is_full = counts[who] == self.most[who]
            heapreplace(steps, (NEVER if is_full else ground.step(who, counts[who]), who))
        return sum(ground.load(who, count) for who, count in enumerate(counts))


def is_hopeless(start: Draft, at: int) -> bool:
    """No rota fills this visit: beside what is locked, no pair may make it."""
    if start.is_filled(at):
        return False
    ground, beside = start.ground, start.pairs[at][:]
    is_held = bool(beside)
    for who in ground.who_could[at]:
        if who not in beside and start.bar_now(who, at) is None:
            if any(ground.bar_together(one, who, at) is None for one in beside):
                return False
            if not is_held:
                beside.append(who)
    return True


def most_visits(start: Draft, who: int) -> int:
    """Visits that one visitor could have at most, from a draft that holds only what is locked."""
    visitor, ground = start.ground.visitors[who], start.ground
    weeks = {week: _give(start, who, week) for week in ground.mondays}
    most = sum(weeks.values())
    if visitor.most_a_month is not None:
        most = min(most, _within_months(start, who, weeks, visitor.most_a_month))
    if visitor.most_in_period is not None:
        most = min(most, visitor.most_in_period)
    if ground.rules.gap_weeks:
        most = min(most, _spaced(weeks, ground.rules.gap_weeks) * ground.rules.visits_a_week)
    return max(most, start.count[who])


def _give(start: Draft, who: int, week: int) -> int:
    """Visits that one visitor could have in one week, those locked included."""
    locked = start.ground.locked_in[who][week]
    if not start.ground.could_in_week(who, week):
        return locked
    elsewhere = start.in_week[who][week] - locked
    return max(locked, start.ground.rules.visits_a_week - elsewhere)


def _within_months(start: Draft, who: int, weeks: dict[int, int], most_a_month: int) -> int:
    months: Counter[tuple[int, int]] = Counter()
    locked: Counter[tuple[int, int]] = Counter()
    for week, give in weeks.items():
        month = start.ground.month_of_week[week]
        months[month] += give
        locked[month] += start.ground.locked_in[who][week]
    return sum(
        min(give, max(locked[month], most_a_month - (start.in_month[who][month] - locked[month])))
        for month, give in months.items()
    )


def _spaced(weeks: dict[int, int], gap: int) -> int:
    """Weeks that can be chosen with the gap between each two."""
    chosen, last = 0, None
    for week in sorted(week for week, give in weeks.items() if give):
        if last is None or week - last > gap:
            chosen, last = chosen + 1, week
    return chosen


def _most_filled(start: Draft, week: int) -> int:
    """Visits of one week that its visitors could fill; one with too many probationers cannot go."""
    ground = start.ground
    people = range(len(ground.visitors))
    most = sum(_give(start, who, week) for who in people) // 2
    experienced = 2 - ground.rules.most_probationers
    if experienced < 1:
        return most
    locked = sum(start.ground.locked_in[who][week] for who in people if week in ground.probation[who])
    able = sum(_give(start, who, week) for who in people if week not in ground.probation[who])
    return min(most, (able + locked) // experienced)


def least_repeated(draft: Draft) -> int:
    """So many visits cannot all have different pairs if the visitors do not make so many pairs."""
    people = {who for able in draft.ground.who_could for who in able} | {
        who for pair in draft.pairs for who in pair
    }
    filled = sum(1 for pair in draft.pairs if len(pair) == 2)
    return max(0, filled - len(people) * (len(people) - 1) // 2)
