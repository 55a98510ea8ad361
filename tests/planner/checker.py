"""An independent judge of rotas: every hard rule said again, day by day, from the words of the rules."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from icv.planner.problem import Duty, Planned, Problem, Slot, Span, Visitor
from icv.planner.rota import Rota


def faults(problem: Problem, rota: Rota) -> list[str]:
    """What is wrong with a rota, in sentences; locked visitors are let off the rules, not their partners."""
    drawn = {one.visit: one for one in rota.drawn}
    if [one.visit for one in rota.drawn] != [one.key for one in problem.visits]:
        return ["the visits drawn are not the visits asked for, in their order"]
    found = []
    for visit in problem.visits:
        found += _locks(visit, drawn[visit.key].visitors)
        found += _visit(problem, visit, drawn[visit.key].visitors, drawn[visit.key].timeslots)
    for visitor in problem.visitors:
        mine = [one for one in problem.visits if visitor.key in drawn[one.key].visitors]
        if any(visitor.key not in one.locked for one in mine):
            found += _spacing(problem, visitor, mine)
    return found


def _locks(visit: Planned, pair: tuple[int | None, int | None]) -> list[str]:
    moved = [held for held, got in zip(visit.locked, pair, strict=True) if held is not None and held != got]
    return [f"visitor {one} was locked to visit {visit.key} and moved" for one in moved]


def _visit(
    problem: Problem, visit: Planned, pair: tuple[int | None, int | None], timeslots: tuple[Slot, ...]
) -> list[str]:
    people = {one.key: one for one in problem.visitors}
    chosen = [key for key in pair if key is not None and key not in visit.locked]
    found = [
        f"visitor {key} could not go on visit {visit.key}"
        for key in chosen
        if not could_go(problem, people[key], visit)
    ]
    one, other = pair
    if one is None or other is None:
        return [*found, *(["an unfilled visit has timeslots"] if timeslots else []), *_lonely(visit, pair)]
    if one == other:
        found.append(f"visitor {one} is on visit {visit.key} twice")
    if {one, other} <= set(visit.locked):
        return found
    return found + _pair(problem, visit, people[one], people[other], timeslots)


def _lonely(visit: Planned, pair: tuple[int | None, int | None]) -> list[str]:
    alone = [key for key in pair if key is not None and key not in visit.locked]
    return [f"visitor {key} is alone on visit {visit.key}" for key in alone]


def _pair(
    problem: Problem, visit: Planned, one: Visitor, other: Visitor, timeslots: tuple[Slot, ...]
) -> list[str]:
    found = []
    if not may_go_together(problem, visit, one, other):
        found.append(f"visitors {one.key} and {other.key} may not go together on visit {visit.key}")
    if set(timeslots) != common_times(problem, visit, one, other) or len(set(timeslots)) != len(timeslots):
        found.append(f"the timeslots of visit {visit.key} are not those in which both can go")
    return found


def may_go_together(problem: Problem, visit: Planned, one: Visitor, other: Visitor) -> bool:
    learning = sum(any(within(day, v.probation) for day in days(visit)) for v in (one, other))
    return (
        one.key != other.key
        and one.key not in other.barred_people
        and other.key not in one.barred_people
        and learning <= problem.rules.most_probationers
        and bool(common_times(problem, visit, one, other))
    )


def common_times(problem: Problem, visit: Planned, one: Visitor, other: Visitor) -> set[Slot]:
    return times(problem, visit, one) & times(problem, visit, other)


def times(problem: Problem, visit: Planned, visitor: Visitor) -> set[Slot]:
    suite_times = open_times(problem, visit)
    mine = free_times(problem, visit, visitor) & suite_times
    is_held = visitor.key in visit.locked
    if is_held and (not mine or not cleared_when_free(problem, visit, visitor)):
        return suite_times
    return mine


def could_go(problem: Problem, visitor: Visitor, visit: Planned) -> bool:
    return (
        visit.suite not in visitor.barred_suites
        and (visitor.suites is None or visit.suite in visitor.suites)
        and cleared_when_free(problem, visit, visitor)
        and bool(free_times(problem, visit, visitor) & open_times(problem, visit))
    )


def cleared_when_free(problem: Problem, visit: Planned, visitor: Visitor) -> bool:
    weekdays = {weekday for weekday, _ in free_times(problem, visit, visitor)}
    return all(within(days(visit)[weekday], visitor.cleared) for weekday in weekdays)


def free_times(problem: Problem, visit: Planned, visitor: Visitor) -> set[Slot]:
    free = set(visitor.free) if visitor.free is not None else set(grid(problem))
    return {(day, band) for day, band in free if not within(days(visit)[day], visitor.away)}


def open_times(problem: Problem, visit: Planned) -> set[Slot]:
    slots = next(one.slots for one in problem.suites if one.suite == visit.suite)
    return set(grid(problem)) if slots is None else set(slots)


def grid(problem: Problem) -> list[Slot]:
    return [(day, band) for day in range(7) for band in range(problem.rules.bands)]


def days(visit: Planned) -> list[date]:
    return [visit.week_starts + timedelta(days=number) for number in range(7)]


def within(day: date, spans: tuple[Span, ...]) -> bool:
    return any((first is None or first <= day) and (last is None or day <= last) for first, last in spans)


def _spacing(problem: Problem, visitor: Visitor, mine: list[Planned]) -> list[str]:
    """Caps are only held against visitors with a drawn place; locked places alone may break them."""
    rules, every = problem.rules, [*mine, *(one for one in problem.duties if one.visitor == visitor.key)]
    found = []
    weeks = Counter(one.week_starts for one in every)
    chosen = {one.week_starts for one in mine if visitor.key not in one.locked}
    if any(weeks[week] > rules.visits_a_week for week in chosen):
        found.append(f"visitor {visitor.key} has too many visits in a week")
    for one, other in combinations(sorted(weeks), 2):
        if (other - one).days // 7 <= rules.gap_weeks and {one, other} & chosen:
            found.append(f"visitor {visitor.key} has visits too close together")
    if visitor.most_in_period is not None and len(mine) > visitor.most_in_period:
        found.append(f"visitor {visitor.key} has too many visits in the period")
    return found + _months(visitor, mine, every)


def _months(visitor: Visitor, mine: list[Planned], every: list[Planned | Duty]) -> list[str]:
    def month(one: Planned | Duty) -> tuple[int, int]:
        sunday = one.week_starts + timedelta(days=6)
        return sunday.year, sunday.month

    months = Counter(month(one) for one in every)
    chosen = {month(one) for one in mine if visitor.key not in one.locked}
    most = visitor.most_a_month
    if most is not None and any(months[one] > most for one in chosen):
        return [f"visitor {visitor.key} has too many visits in a month"]
    return []


def fillable(problem: Problem, rota: Rota, key: int) -> bool:
    """Whether some pair could be put on an unfilled visit, everything else in the rota staying as it is."""
    visit = next(one for one in problem.visits if one.key == key)
    held = {who for who in visit.locked if who is not None}
    able = [one for one in problem.visitors if one.key in held or could_go(problem, one, visit)]
    pairs = (pair for pair in combinations(able, 2) if held <= {pair[0].key, pair[1].key})
    return any(not faults(problem, _filled(problem, rota, visit, *pair)) for pair in pairs)


def _filled(problem: Problem, rota: Rota, visit: Planned, one: Visitor, other: Visitor) -> Rota:
    keys = (one.key, other.key)
    if visit.locked[0] == other.key or visit.locked[1] == one.key:
        keys = (other.key, one.key)
    drawn = tuple(
        replace(each, visitors=keys, timeslots=tuple(common_times(problem, visit, one, other)))
        if each.visit == visit.key
        else each
        for each in rota.drawn
    )
    return replace(rota, drawn=drawn)
