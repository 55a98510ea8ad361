"""Entry: how long visitors waited at the door, where they waited long, and where they were not let in."""

from collections.abc import Sequence

from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Kind, Order, Picture, Row, Share, Table
from icv.rules.figures.door import Door, Wait, all_of
from icv.rules.figures.panel import PanelFigures
from icv.rules.words import amount_in_words, sentence, share_in_words, times_in_words

NOBODY_CAME = "No visits were attempted in the period, so there is nothing to say of entry."


def entry(found: PanelFigures) -> Exhibit:
    doors = found.doors
    if not doors:
        return Exhibit("entry", "Entry to custody suites", words=(NOBODY_CAME,))
    whole = all_of(doors)
    waits = tuple((wait, whole.number(wait)) for wait in Wait)
    return Exhibit(
        "entry",
        "Entry to custody suites",
        words=tuple(_words(whole, found.now.entry.median_wait_minutes)),
        drawings=(
            Drawing(
                Picture.BARS,
                "Visits by the wait at the door",
                "entry-waits",
                tuple((wait.words, number) for wait, number in waits),
            ),
        ),
        tables=(_waits(waits), _suites(doors)),
    )


def _words(whole: Door, median: float | None) -> list[str]:
    refused = times_in_words(whole.no_access)
    last = f"Visitors were refused entry {refused}." if whole.no_access else "Nobody was refused entry."
    if median is None:
        return ["How long visitors waited at the door is not on record.", last]
    half = f"the median wait at the door was {amount_in_words(median, 'minute')}"
    if whole.unknown:
        half += f"; how long it was is known of {share_in_words(whole.timed, whole.attempted, 'visits')}"
    long = share_in_words(whole.long, whole.timed, "visits")
    waited = f"Visitors waited for more than ten minutes at {long}."
    if not whole.long:
        waited = "Nobody waited for more than ten minutes."
        if whole.unknown:
            waited = "Nobody is known to have waited for more than ten minutes."
    return [sentence(half), waited, last]


def _waits(waits: Sequence[tuple[Wait, int]]) -> Table:
    whole = sum(number for _, number in waits)
    return Table(
        "entry-waits",
        "Visits attempted, by the wait from arrival to admission",
        "Wait",
        (Column("Visits", Kind.SHARE),),
        tuple(Row(wait.words, (Share(number, whole),)) for wait, number in waits),
        Row("Visits attempted", (Share(whole, whole),)),
        said=("visits.attempted", "entry.waits", "entry.median_wait_minutes"),
    )


def _suites(doors: Sequence[Door]) -> Table:
    return Table(
        "entry-suites",
        "Waits of more than ten minutes, and entry refused, by suite",
        "Suite",
        (Column("Over ten minutes", Kind.SHARE), Column("Wait not known"), Column("Entry refused")),
        tuple(_suite(door) for door in doors),
        _suite(all_of(doors)),
        said=("entry.visits_with_wait_over_10_minutes", "visits.no_access"),
        order=Order("highest", "share", "waits of more than ten minutes", "had no visit with a known wait"),
    )


def _suite(door: Door) -> Row:
    return Row(door.suite, (Share(door.long, door.timed), door.unknown, door.no_access))
