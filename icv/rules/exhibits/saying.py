"""Drawings in words: all the numbers of a picture, for those who cannot see it."""

from collections.abc import Callable
from typing import TypeAlias

from icv.rules.exhibits.shape import Drawing, Picture
from icv.rules.figures.shares import percent_in_words

Point: TypeAlias = tuple[str | int | float | None, ...]


def said(drawing: Drawing) -> str:
    """Keyham Lane: 9 of 9, 100%; Euston Street: 7 of 8, 88%. The target is 95%."""
    return _SAID[drawing.picture](drawing)


def number(value: str | float | None) -> float:
    """What is drawn of a number; of one that is not known or not shown, nothing."""
    return value if isinstance(value, int | float) else 0


def number_in_words(value: str | float | None) -> str:
    """1,204; 2.5; not shown"""
    match value:
        case None:
            return "not shown"
        case float() if not value.is_integer():
            return f"{value:,.1f}"
        case int() | float():
            return f"{value:,.0f}"
    return str(value)


def percent_said(value: str | float | None) -> str:
    return "not shown" if value is None else f"{number(value):.1f}%"


def days_in_words(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days"


def flow_in_words(point: Point) -> str:
    """16 + 2 − 1 = 17"""
    opening, joined, left, closing = map(number_in_words, point[1:5])
    return f"{opening} + {joined} − {left} = {closing}"


def _completion(drawing: Drawing) -> str:
    aim = "" if drawing.aim is None else f" The target is {drawing.aim}%."
    return f"{_listed(drawing, _share, 'Nothing to show')}.{aim}"


def _share(point: Point) -> str:
    label, completed, scheduled = point
    share = percent_in_words(int(number(completed)), int(number(scheduled)))
    return f"{label}: {number_in_words(completed)} of {number_in_words(scheduled)}" + (
        f", {share}" if share else ""
    )


def _coverage(drawing: Drawing) -> str:
    visited = sum(number(count) > 0 for _, *counts in drawing.points for count in counts)
    defined = len(drawing.points) * len(drawing.labels)
    lines = " ".join(f"{_named_parts(drawing, point)}." for point in drawing.points)
    return f"{visited} of {defined} timeslots visited. {lines}".rstrip()


def _findings(drawing: Drawing) -> str:
    def one(point: Point) -> str:
        label, *counts = point
        whole = number_in_words(sum(map(number, counts)))
        return _named_parts(drawing, point).replace(f"{label}: ", f"{label}: {whole}, of which ", 1)

    return f"{_listed(drawing, one, 'No findings')}."


def _named_parts(drawing: Drawing, point: Point) -> str:
    label, *counts = point
    parts = (f"{name} {number_in_words(count)}" for name, count in zip(drawing.labels, counts, strict=True))
    return f"{label}: {', '.join(parts)}"


def _funnel(drawing: Drawing) -> str:
    def one(point: Point) -> str:
        stage, people, days = point
        took = "" if days is None else f", {days_in_words(number(days))}"
        return f"{stage}: {number_in_words(people)}{took}"

    return f"{_listed(drawing, one, 'Nobody')}."


def _cohort(drawing: Drawing) -> str:
    aim = "" if drawing.aim is None else f" {drawing.aim} are needed."
    return f"{_listed(drawing, _plainly, 'Nothing to show')}.{aim}"


def _bars(drawing: Drawing) -> str:
    return f"{_listed(drawing, _plainly, 'Nothing to show')}."


def _plainly(point: Point) -> str:
    return f"{point[0]}: {number_in_words(point[1])}"


def _flow(drawing: Drawing) -> str:
    def one(point: Point) -> str:
        opening, joined, left, closing = map(number_in_words, point[1:5])
        return f"{point[0]}: {opening} at the start, {joined} joined, {left} left, {closing} at the end"

    if len(drawing.points) > 1:
        whole = one(
            ("All", *(sum(map(number, column)) for column in list(zip(*drawing.points, strict=True))[1:]))
        )
        return f"{whole}; {_listed(drawing, one, '')}."
    return f"{_listed(drawing, one, 'Nobody')}."


def _sides(drawing: Drawing) -> str:
    ours, theirs = (*drawing.labels, "", "")[:2]

    def one(point: Point) -> str:
        return f"{point[0]}: {ours} {percent_said(point[1])}, {theirs} {percent_said(point[2])}"

    return f"{_listed(drawing, one, 'Nothing to show')}."


def _listed(drawing: Drawing, one: Callable[[Point], str], nothing: str) -> str:
    return "; ".join(map(one, drawing.points)) or nothing


_SAID: dict[Picture, Callable[[Drawing], str]] = {
    Picture.COMPLETION: _completion,
    Picture.COVERAGE: _coverage,
    Picture.FINDINGS: _findings,
    Picture.FUNNEL: _funnel,
    Picture.COHORT: _cohort,
    Picture.BARS: _bars,
    Picture.FLOW: _flow,
    Picture.SIDES: _sides,
}
