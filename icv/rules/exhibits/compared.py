"""The period beside the one before and the same a year earlier: points for a share, numbers for counts."""

from collections.abc import Callable, Iterator

from icv.rules.days import day_in_words
from icv.rules.exhibits.shape import Column, Exhibit, Kind, Row, Share, Table
from icv.rules.exhibits.steps import NO_RECORDS, OF_THE_SHARE, share_of
from icv.rules.exhibits.told import listed
from icv.rules.figures import change_in_points, points_in_words
from icv.rules.figures.headline import Headline, change, change_in_percent
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.periods import name_of
from icv.rules.figures.weeks import Step

_COUNTS: tuple[tuple[str, Callable[[Headline], int | None]], ...] = (
    ("Visits made", lambda one: one.undertaken),
    ("People in custody on arrival", lambda one: one.in_custody),
    ("People offered a visit", lambda one: one.offered),
    ("Findings raised", lambda one: one.raised),
    ("Serious findings", lambda one: one.serious),
    ("Visitors at the period’s end", lambda one: one.closing),
)
_SAID_OF_COUNTS = (
    *("visits.undertaken", "detainees.in_custody", "detainees.offered"),
    *("findings.raised", "findings.serious", "volunteers.closing"),
)
_JUDGED_APART = "What counts as completed was not the same in these periods: each is judged by its own."


def compared(found: PanelFigures) -> Exhibit:
    others = found.others
    return Exhibit(
        "compared",
        "Compared with before",
        words=tuple(_words(found, others)),
        tables=(
            _share(found.headline, others),
            *(_counts(found, words, other) for words, other in others.items() if _has_counts(other)),
        ),
    )


def _share(now: Headline, others: dict[str, Headline]) -> Table:
    shares = [now.share, *(other.share for other in others.values())]
    is_same = len({share.counts_as_completed for share in shares if share.is_on_record}) <= 1
    return Table(
        "compared-share",
        "Share of scheduled visits completed, and its change",
        "Period",
        (Column("Completed", Kind.SHARE), Column("Change to this period, in points")),
        (
            Row(f"This period: {name_of(now.period)}", (share_of(now.share), None)),
            *(
                Row(
                    f"{words.capitalize()}: {name_of(other.period)}",
                    (share_of(other.share), change_in_points(now.share.percent, other.share.percent)),
                )
                for words, other in others.items()
            ),
        ),
        said=OF_THE_SHARE,
        note="" if is_same else _JUDGED_APART,
    )


def _has_counts(other: Headline) -> bool:
    """Of a period before all visits and findings the line of its share says enough."""
    return other.undertaken is not None or other.raised is not None


def _counts(found: PanelFigures, words: str, other: Headline) -> Table:
    return Table(
        "compared-before" if other is found.before else "compared-year",
        f"This period and {words}: {name_of(other.period)}",
        "Counted",
        (Column("This period"), Column(words.capitalize()), Column("Change"), Column("Change in per cent")),
        tuple(_row(name, number(found.headline), number(other)) for name, number in _COUNTS),
        said=_SAID_OF_COUNTS,
    )


def _row(name: str, now: int | None, before: int | None) -> Row:
    cells = (NO_RECORDS if number is None else number for number in (now, before))
    return Row(name, (*cells, change(now, before), change_in_percent(now, before)))


def _words(found: PanelFigures, others: dict[str, Headline]) -> Iterator[str]:
    now = found.headline.share
    if found.as_of <= now.period.last:
        yield f"The period is not over: it is compared as it stood on {day_in_words(found.as_of)}."
    if not any(other.share.is_on_record for other in others.values()):
        periods = listed([f"{name_of(other.period)} ({words})" for words, other in others.items()], "or")
        yield f"No visits are on record of {periods}: nothing can be compared."
        return
    for words, other in others.items():
        yield _compared(now, other.share, words)
    since = found.on_record.visits
    for other in others.values():
        if since and other.period.first < since <= other.period.last:
            yield f"Of {name_of(other.period)} visits are on record only from {day_in_words(since)} on."


def _compared(now: Step, other: Step, words: str) -> str:
    when = f"{words} ({name_of(other.period)})"
    named = f"{'On' if other.period.days == 1 else 'In'} {name_of(other.period)} ({words})"
    if not other.is_on_record:
        return f"No visits are on record of {when}: nothing can be compared with it."
    if not other.scheduled:
        return f"{named} no visits were scheduled and due: the share cannot be compared with it."
    share = Share(other.completed, other.scheduled).words
    if not now.scheduled:
        return f"{named} the share of scheduled visits completed was {share}; this period has none yet."
    points = points_in_words(change_in_points(now.percent, other.percent))
    return f"Against {when}, with {share} of scheduled visits completed, the share is {_direction(points)}."


def _direction(points: str) -> str:
    return "unchanged" if points == "no change" else points
