"""The days and times of visits in sentences: what a panel asks, and what is still missing."""

from collections.abc import Callable, Iterator, Sequence

from icv.rules.days import WEEKDAYS
from icv.rules.exhibits.told import listed, named_or_counted
from icv.rules.figures.spread import WEEK, WEEKEND, PartOfDay, Spread, parts_of_day
from icv.rules.words import plural_in_words, sentence, share_in_words, were

MOST_LISTED = 12
"""So many timeslots that lack a visit are named; of more the table shows which."""


def told(whole: Spread, suites: Sequence[tuple[str, Spread]]) -> tuple[str, ...]:
    """Of all suites together and of each by name."""
    if not whole.undertaken:
        return ("No visit was made in the period.",)
    if not whole.timed:
        made = plural_in_words(whole.undertaken, "visit")
        return (sentence(f"{made} {were(whole.undertaken)} made, at times that are not on record"),)
    return tuple(_told(whole, suites))


def _told(whole: Spread, suites: Sequence[tuple[str, Spread]]) -> Iterator[str]:
    yield _days(whole)
    yield _rare(whole)
    yield from _everywhere(suites, "at the weekend", lambda one: one.on(WEEKEND))
    if _has_night(whole):
        yield from _everywhere(suites, "at night", lambda one: one.on(WEEK, PartOfDay.NIGHT))
    yield from _slots(suites)
    if whole.untimed:
        unknown = plural_in_words(whole.untimed, "visit")
        yield sentence(f"the time of {unknown} is not known: what is said here is of the others")


def _has_night(spread: Spread) -> bool:
    """Told only of weeks that have another part too."""
    parts = parts_of_day(spread.coverage.grid)
    return PartOfDay.NIGHT in parts and len(set(parts)) > 1


def _days(whole: Spread) -> str:
    without = [WEEKDAYS[day] for day in whole.days_without]
    if not without:
        return "Visits were made on every day of the week."
    if len(without) < len(WEEKDAYS) / 2:
        return f"No visit was made on a {listed(without, 'or')}."
    return f"Visits were made only on a {listed([day for day in WEEKDAYS if day not in without], 'or')}."


def _rare(whole: Spread) -> str:
    weekend = share_in_words(whole.on(WEEKEND), whole.timed)
    if not _has_night(whole):
        return f"At the weekend came {weekend}."
    night = share_in_words(whole.on(WEEK, PartOfDay.NIGHT), whole.timed)
    return f"Of the visits, {weekend} came at the weekend and {night} at night."


def _everywhere(
    suites: Sequence[tuple[str, Spread]], when: str, number: Callable[[Spread], int]
) -> Iterator[str]:
    """Of one suite the sentence before has told it."""
    if len(suites) < 2:
        return
    without = {name: spread for name, spread in suites if not number(spread)}
    visit = f"{_visit(*without.values())} {when}"
    if not without:
        yield f"Every suite was visited {when} at least once."
    elif len(without) == len(suites):
        yield f"No suite had a {visit}."
    else:
        yield sentence(f"{named_or_counted(list(without), len(suites))} had no {visit}")


def _slots(suites: Sequence[tuple[str, Spread]]) -> Iterator[str]:
    """Each of a few suites; of many the least and the most."""
    slots = sorted((one.coverage.covered, name) for name, one in suites)
    size = suites[0][1].coverage.grid.size
    if len(slots) <= 3:
        name, first = suites[0]
        others = [f"{other} in {spread.coverage.covered}" for other, spread in suites[1:]]
        yield f"{listed([f'{name} was visited in {_slots_of(first)} of the week', *others])}."
        return
    (least, where_least), (most, where_most) = slots[0], slots[-1]
    if least == most:
        yield f"Each suite was visited in {share_in_words(least, size)} of the week’s timeslots."
        return
    yield (
        f"Suites were visited in {least} ({where_least}) to {most} ({where_most})"
        f" of the week’s {size} timeslots."
    )


def _slots_of(spread: Spread) -> str:
    return f"{spread.coverage.covered} of {spread.coverage.grid.size} timeslots"


def unvisited(spread: Spread) -> str:
    """Not visited: Monday 10–14 and 22–06; Saturday 06–10."""
    lacking, size = spread.coverage.lacking, spread.coverage.grid.size
    if not spread.timed:
        return ""
    if not lacking:
        return f"Each of the {size} timeslots was visited."
    visit = _visit(spread)
    if len(lacking) > MOST_LISTED:
        return f"{len(lacking)} of {size} timeslots had no {visit}."
    days = [(WEEKDAYS[day], spread.coverage.lacking_on(day)) for day in WEEK]
    return f"No {visit}: {'; '.join(f'{day} {listed(bands)}' for day, bands in days if bands)}."


def _visit(*spreads: Spread) -> str:
    """Whether one came whose time is not known nobody can tell."""
    return "known visit" if any(one.untimed for one in spreads) else "visit"
