"""Pictures of figures as SVG, the same on a page and in a paper, readable in grey and on a phone.

Each has a title and a description that says all its numbers to those who cannot see it. `key` makes its ids
differ from those of another picture on the page.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from icv.papers.pictures.bars import bars, completion, funnel
from icv.papers.pictures.cohort import cohort
from icv.papers.pictures.coverage import coverage
from icv.papers.pictures.flow import flow
from icv.papers.pictures.marks import SHADES, Drawn, svg
from icv.papers.pictures.sides import sides
from icv.papers.pictures.stacked import stacked
from icv.rules.exhibits.saying import Point, said
from icv.rules.exhibits.shape import Drawing, Picture

__all__ = [
    "SHADES",
    "cohort_line",
    "coverage_grid",
    "draw",
    "funnel_bars",
    "stacked_findings",
]

Points: TypeAlias = tuple[Point, ...]

_DRAWN: dict[Picture, Callable[[Drawing], Drawn]] = {
    Picture.COMPLETION: completion,
    Picture.COVERAGE: coverage,
    Picture.FINDINGS: stacked,
    Picture.FUNNEL: funnel,
    Picture.COHORT: cohort,
    Picture.BARS: bars,
    Picture.FLOW: flow,
    Picture.SIDES: sides,
}


def draw(drawing: Drawing, *, key: str) -> str:
    return svg(_DRAWN[drawing.picture](drawing), key=key, title=drawing.title, said=said(drawing))


def coverage_grid(
    counts: Sequence[Sequence[int]], days: Sequence[str], bands: Sequence[str], *, key: str = "coverage"
) -> str:
    """Visits by day (a row) and band (a column)."""
    points: Points = tuple((day, *numbers) for day, numbers in zip(days, counts, strict=True))
    return draw(Drawing(Picture.COVERAGE, "Timeslots visited", "", points, tuple(bands)), key=key)


def stacked_findings(
    states: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], *, key: str = "findings"
) -> str:
    """A bar an age, split by state: (age, how many in each of `states`)."""
    points: Points = tuple((age, *counts) for age, counts in rows)
    return draw(Drawing(Picture.FINDINGS, "Findings by age and state", "", points, tuple(states)), key=key)


def funnel_bars(stages: Sequence[tuple[str, int, float | None]], *, key: str = "funnel") -> str:
    """A bar a stage: (stage, people, days it takes or None where nobody can say)."""
    return draw(Drawing(Picture.FUNNEL, "People at each stage", "", tuple(stages)), key=key)


def cohort_line(points: Sequence[tuple[str, int]], needed: int | None, *, key: str = "cohort") -> str:
    """Cleared visitors by week: (week, how many); `needed` None: not known."""
    return draw(Drawing(Picture.COHORT, "Cleared visitors by week", "", tuple(points), aim=needed), key=key)
