"""Days and times of visits: the week of all suites and of each, and what came at weekends and at night."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from icv.rules.exhibits.shape import Cell, Column, Drawing, Exhibit, Kind, Order, Picture, Row, Share, Table
from icv.rules.exhibits.spread_told import told, unvisited
from icv.rules.figures import SuiteFigures
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.spread import WEEK, WEEKEND, WORKING_WEEK, PartOfDay, Spread, parts_of_day

MOST_WEEKS = 6
"""Of so many suites the week of each is shown; of more, only of those asked for."""
_ALL_DAYS = {"Monday to Friday": WORKING_WEEK, "Saturday and Sunday": WEEKEND, "All": WEEK}
_SAID = ("visits.undertaken", "visits.untimed", "suites.timeslots_defined")


def spread(found: PanelFigures) -> Exhibit:
    suites = found.now.suites_in_use
    return spread_of(found, {one.suite for one in suites} if len(suites) <= MOST_WEEKS else ())


def spread_of(found: PanelFigures, suites: Collection[str]) -> Exhibit:
    """With the week of each of these suites, by name; the other tables are of all."""
    grid, used = found.choices.grid, found.now.suites_in_use
    whole, each = Spread.over(grid, used), [(one, Spread.over(grid, [one])) for one in used]
    drawing, table = _week("spread-all", "Visits by weekday and time of day, all suites", whole)
    made = Exhibit(
        "spread",
        "Days and times of visits",
        words=told(whole, [(one.suite, its) for one, its in each]),
        drawings=(drawing,) if whole.undertaken else (),
        tables=(table, _parts(whole), _suites(whole, each)),
    )
    return with_weeks(made, found, suites)


def with_weeks(made: Exhibit, found: PanelFigures, suites: Collection[str]) -> Exhibit:
    """A suite's table has the key `spread-N`, N being its place among all suites on record."""
    grid = found.choices.grid
    weeks = [
        _week(f"spread-{place}", f"Visits by weekday and time of day, {one.suite}", Spread.over(grid, [one]))
        for place, one in enumerate(found.now.suites, 1)
        if one.suite in suites
    ]
    drawings = [drawing for drawing, _ in weeks] if made.drawings else []
    return replace(
        made,
        drawings=(*made.drawings, *drawings),
        tables=(*made.tables, *(table for _, table in weeks)),
    )


def _week(key: str, caption: str, spread: Spread) -> tuple[Drawing, Table]:
    bands = spread.coverage.grid.band_names
    by_day = spread.coverage.by_day
    table = Table(
        key,
        caption,
        "Day",
        (*(Column(band) for band in bands), Column("All times")),
        (
            *(Row(day, (*counts, sum(counts))) for day, counts in by_day),
            *_untimed(spread.untimed, [None] * len(bands)),
        ),
        Row("All days", (*map(sum, zip(*spread.coverage.rows, strict=True)), spread.undertaken)),
        said=(*_SAID, "suites.timeslots_covered"),
        note=unvisited(spread),
    )
    points: tuple[tuple[str | int, ...], ...] = tuple((day, *counts) for day, counts in by_day)
    return Drawing(Picture.COVERAGE, caption, key, points, labels=bands), table


def _untimed(untimed: int, before: Iterable[Cell]) -> list[Row]:
    return [Row("Time not known", (*before, untimed))] if untimed else []


def _parts(spread: Spread) -> Table:
    parts = [part for part in PartOfDay if part in parts_of_day(spread.coverage.grid)]
    return Table(
        "spread-parts",
        "Visits with a known time, by part of the week",
        "Time of day",
        tuple(Column(words, Kind.SHARE) for words in _ALL_DAYS),
        tuple(Row(_with_bands(part, spread), _on(spread, part)) for part in parts) if len(parts) > 1 else (),
        Row("All times", _on(spread, None)),
        said=_SAID,
    )


def _on(spread: Spread, part: PartOfDay | None) -> tuple[Share, ...]:
    return tuple(Share(spread.on(days, part), spread.timed) for days in _ALL_DAYS.values())


def _with_bands(part: PartOfDay, spread: Spread) -> str:
    """Evening (18–22)"""
    grid = spread.coverage.grid
    bands = [name for name, its in zip(grid.band_names, parts_of_day(grid), strict=True) if its is part]
    return f"{part.capitalize()} ({', '.join(bands)})"


def _suites(whole: Spread, each: Sequence[tuple[SuiteFigures, Spread]]) -> Table:
    has_night = PartOfDay.NIGHT in parts_of_day(whole.coverage.grid)
    return Table(
        "spread-suites",
        "Timeslots visited, weekends and nights, by suite",
        "Suite",
        (
            Column("Timeslots visited", Kind.SHARE),
            Column("At the weekend", Kind.SHARE),
            *([Column("At night", Kind.SHARE)] if has_night else []),
            Column("Time not known"),
        ),
        tuple(
            Row(
                one.suite,
                (
                    Share(one.timeslots_covered, one.timeslots_defined),
                    *_rare(its, has_night=has_night),
                ),
            )
            for one, its in each
        ),
        Row("All suites", (None, *_rare(whole, has_night=has_night))),
        said=(
            "suites.timeslots_defined",
            "suites.timeslots_covered",
            "suites.timeslot_percent",
            "visits.untimed",
        ),
        order=Order("lowest", "share", "timeslots visited", "had no timeslots"),
    )


def _rare(spread: Spread, *, has_night: bool) -> tuple[Cell, ...]:
    weekend, night = spread.on(WEEKEND), spread.on(WEEK, PartOfDay.NIGHT)
    nights = (Share(night, spread.timed),) if has_night else ()
    return (Share(weekend, spread.timed), *nights, spread.untimed)
