"""The share of scheduled visits completed over time: step by step in the period, and over five years."""

from collections.abc import Iterator, Sequence

from icv.rules.days import day_in_words
from icv.rules.exhibits.shape import Column, Drawing, Exhibit, Kind, Picture, Row, Share, Table
from icv.rules.exhibits.steps import OF_THE_SHARE, share_of
from icv.rules.figures import change_in_points, points_in_words
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.periods import PeriodKind, kind_of, name_of
from icv.rules.figures.weeks import Step

_JUDGED_APART = (
    "What counts as completed changed in this time: each line is judged by what counted on its last day."
)


def trend(found: PanelFigures) -> Exhibit:
    tables = [table for table in (_steps(found), _years(found)) if table]
    return Exhibit(
        "trend",
        "Visits completed over time",
        words=tuple(_words(found)),
        drawings=tuple(_drawn(found, tables)),
        tables=tuple(tables),
    )


def _steps(found: PanelFigures) -> Table | None:
    """A period of one step is its own trend: nothing."""
    if len(found.steps) < 2:
        return None
    visits = found.now.visits
    parts = sum(step.completed for step in found.steps), sum(step.scheduled for step in found.steps)
    is_whole = parts == (visits.completed, visits.scheduled)
    total = Row("The period", (Share(visits.completed, visits.scheduled),)) if is_whole else None
    return _table("trend-steps", "Scheduled visits completed, through the period", found.steps, total)


def _years(found: PanelFigures) -> Table | None:
    """Nothing where this year is the first on record."""
    if sum(year.is_on_record for year in found.years) < 2:
        return None
    is_financial = kind_of(found.years[0].period) is PeriodKind.FINANCIAL_YEAR
    which = "in five financial years" if is_financial else "in the same part of five years"
    return _table("trend-years", f"Scheduled visits completed, {which}", found.years, None)


def _table(key: str, caption: str, steps: Sequence[Step], total: Row | None) -> Table:
    is_same = len({step.counts_as_completed for step in steps}) == 1
    return Table(
        key,
        caption,
        "Period",
        (Column("Completed", Kind.SHARE),),
        tuple(Row(name_of(step.period), (share_of(step),)) for step in steps),
        total,
        said=OF_THE_SHARE,
        note="" if is_same else _JUDGED_APART,
    )


def _drawn(found: PanelFigures, tables: Sequence[Table]) -> Iterator[Drawing]:
    for table in tables:
        shares = [(row.name, row.cells[0]) for row in table.rows]
        points = tuple(
            (name, one.part, one.whole) for name, one in shares if isinstance(one, Share) and one.whole
        )
        if points:
            aim = found.choices.target_percent
            yield Drawing(Picture.COMPLETION, table.caption, table.key, points, aim=aim)


def _words(found: PanelFigures) -> Iterator[str]:
    since, period = found.on_record.visits, found.now.period
    if since is None or since > period.last:
        yield "No visits are on record of this period or before."
        return
    yield from _extremes([step for step in found.steps if step.scheduled])
    yield from _over_the_years(found.years)
    if found.years and since > found.years[0].period.first:
        yield f"Visits are on record from {day_in_words(since)}."


def _extremes(steps: Sequence[Step]) -> Iterator[str]:
    """Told of steps that differ, from two on."""
    if len(steps) < 2:
        return
    if all(step.completed == step.scheduled for step in steps):
        yield "Every scheduled visit was completed in each part of the period."
        return
    in_order = sorted(steps, key=lambda step: step.completed / step.scheduled)
    low, high = in_order[0], in_order[-1]
    if low.percent != high.percent:
        yield f"The highest share was {_told(high)}, the lowest {_told(low)}."


def _told(step: Step) -> str:
    return f"{Share(step.completed, step.scheduled).words} in {name_of(step.period)}"


def _over_the_years(years: Sequence[Step]) -> Iterator[str]:
    known = [year for year in years if year.scheduled]
    if len(known) < 2:
        return
    first, last = known[0], known[-1]
    points = points_in_words(change_in_points(last.percent, first.percent))
    yield f"From {_told(first)} the share went to {_told(last)}: {points}."
