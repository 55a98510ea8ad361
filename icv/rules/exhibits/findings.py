"""Findings raised in the period: what they were about and where they are now, and how long open ones wait."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from icv.rules.exhibits.hiding import grid_shown, number_shown, tells
from icv.rules.exhibits.shape import (
    Cell,
    Column,
    Drawing,
    Exhibit,
    Hidden,
    Kind,
    Order,
    Picture,
    Row,
    Share,
    Table,
)
from icv.rules.figures.answers import OPEN_PLACES, Place
from icv.rules.figures.panel import PanelFigures
from icv.rules.findings import AGES, YOUNGEST
from icv.rules.words import are, capital, number_in_words, plural_in_words, sentence, share_in_words, were

EVERY_AGE = (*(words for words, _ in AGES), YOUNGEST)
_Placed: TypeAlias = Mapping[Place, int]


def findings(found: PanelFigures) -> Exhibit:
    open_ages = found.found.open_ages
    categories = _categories(found)
    tables = (
        _places(found.found.categories),
        categories,
        _ages(open_ages),
        _suites(found.found.suites),
        _themes(found),
    )
    return Exhibit(
        "findings",
        "Findings",
        words=tuple(_words(found, categories)),
        drawings=(_picture(open_ages),) if open_ages else (),
        tables=tuple(table for table in tables if table.rows),
    )


def _words(found: PanelFigures, categories: Table) -> Iterator[str]:
    now = found.now.findings
    if now.raised:
        of_them = f"{number_in_words(now.serious) if now.serious else 'none'} of them serious"
        if now.raised == 1:
            of_them = "a serious one" if now.serious else "not a serious one"
        yield sentence(f"{plural_in_words(now.raised, 'finding')} {were(now.raised)} raised, {of_them}")
        settled = now.resolved_at_visit
        yield f"{share_in_words(settled, now.raised)} {were(settled)} put right during the visit."
        if not categories.rows:
            yield "What they were about is not shown: the numbers are too small."
    else:
        yield "No findings were raised in the period."
    yield _waiting(sum(sum(places.values()) for places in found.found.open_ages.values()))


def _waiting(number: int) -> str:
    if not number:
        return "No finding raised by the end of the period is still open."
    raised = plural_in_words(number, "finding")
    return sentence(f"{raised} raised by the end of the period {are(number)} still open")


def _places(categories: Mapping[str, _Placed]) -> Table:
    """The scheme's own totals, which are never hidden."""
    numbers = {place: sum(places.get(place, 0) for places in categories.values()) for place in Place}
    whole = sum(numbers.values())
    return Table(
        "findings-by-place",
        "Findings raised, by where they are now",
        "Where they are now",
        (Column("Findings", Kind.SHARE),),
        tuple(Row(place.words, (Share(number, whole),)) for place, number in numbers.items())
        if whole
        else (),
        Row("All findings", (Share(whole, whole),)),
        said=("findings.raised", "findings.places"),
    )


def _categories(found: PanelFigures) -> Table:
    """With their places, or alone where the sum of a place had to be hidden that is printed beside them.

    Every category the scheme knows takes part, so that what is hidden may be about any of them. Those that
    differ by a capital letter alone are one.
    """
    counted = found.found.categories
    lines: dict[str, tuple[int, ...]] = {}
    for category in sorted({*found.choices.finding_categories, *counted}):
        line, name = _line(counted.get(category, {})), capital(category)
        lines[name] = tuple(map(sum, zip(line, lines.get(name, [0] * len(line)), strict=True)))
    cells, total = grid_shown(lines, found.choices.suppression_threshold)
    columns = (*(Column(place.words) for place in Place), Column("Raised"))
    if Hidden.FEW in total:
        cells, total, columns = {name: row[-1:] for name, row in cells.items()}, total[-1:], columns[-1:]
    return Table(
        "findings-by-category",
        "Findings raised, by category" + (" and by where they are now" if len(columns) > 1 else ""),
        "Category",
        columns,
        tuple(Row(*row) for row in cells.items() if row[1][-1] != 0) if _tell(cells.values()) else (),
        Row("All findings", total),
        said=("findings.raised", "findings.by_category", *(["findings.places"] if len(columns) > 1 else [])),
    )


def _tell(rows: Iterable[tuple[Cell, ...]]) -> bool:
    return tells(row[-1] for row in rows)


def _line(places: _Placed) -> tuple[int, ...]:
    return tuple(places.get(place, 0) for place in Place)


def _ages(ages: Mapping[str, _Placed]) -> Table:
    lines = [(age, [ages.get(age, {}).get(place, 0) for place in OPEN_PLACES]) for age in EVERY_AGE]
    columns = [sum(column) for column in zip(*(counts for _, counts in lines), strict=True)]
    return Table(
        "findings-by-age",
        "Findings that are open, by how long ago they were raised",
        "Raised",
        (*(Column(place.words) for place in OPEN_PLACES), Column("Open")),
        tuple(Row(age, (*counts, sum(counts))) for age, counts in lines) if ages else (),
        Row("All open findings", (*columns, sum(columns))),
        said=("findings.open", "findings.places"),
    )


def _picture(ages: Mapping[str, _Placed]) -> Drawing:
    return Drawing(
        Picture.FINDINGS,
        "Open findings by age and by where they are",
        "findings-by-age",
        tuple((age, *(ages.get(age, {}).get(place, 0) for place in OPEN_PLACES)) for age in EVERY_AGE),
        labels=tuple(place.words for place in OPEN_PLACES),
    )


def _suites(suites: Mapping[str, int]) -> Table:
    whole = sum(suites.values())
    return Table(
        "findings-by-suite",
        "Findings raised, by suite",
        "Suite",
        (Column("Raised", Kind.SHARE),),
        tuple(Row(suite, (Share(raised, whole),)) for suite, raised in suites.items()),
        Row("All suites", (Share(whole, whole),)),
        said=("findings.raised",),
        order=Order("highest", "number", "findings raised"),
    )


def _themes(found: PanelFigures) -> Table:
    """Those most often found first: of hidden ones, nobody can tell from their places which is more."""
    threshold = found.choices.suppression_threshold
    cells: dict[str, Cell] = {
        theme: number_shown(number, threshold) for theme, number in sorted(found.found.themes.items())
    }
    ordered = sorted(cells, key=lambda theme: -_seen(cells[theme]))
    return Table(
        "findings-by-theme",
        "Themes of the findings raised",
        "Theme",
        (Column("Findings"),),
        tuple(Row(capital(theme), (cells[theme],)) for theme in ordered),
        said=("findings.themes",),
    )


def _seen(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
