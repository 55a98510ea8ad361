"""Findings raised in the period: what they were about and where they are now, and how long open ones wait."""

from collections.abc import Mapping
from typing import TypeAlias

from icv.rules.exhibits.hiding import grid_shown, number_shown
from icv.rules.exhibits.shape import Cell, Column, Drawing, Exhibit, Kind, Picture, Row, Share, Table
from icv.rules.figures.answers import OPEN_PLACES, Place
from icv.rules.figures.panel import PanelFigures
from icv.rules.findings import AGES, YOUNGEST
from icv.rules.words import number_in_words, plural_in_words, sentence, share_in_words, were

EVERY_AGE = (*(words for words, _ in AGES), YOUNGEST)
_Placed: TypeAlias = Mapping[Place, int]


def findings(found: PanelFigures) -> Exhibit:
    categories = _categories(found)
    open_ages = found.found.open_ages
    tables = (categories, _ages(open_ages), _suites(found.found.suites), _themes(found))
    return Exhibit(
        "findings",
        "Findings",
        words=tuple(_words(found, categories)),
        drawings=(_picture(open_ages),) if open_ages else (),
        tables=tuple(table for table in tables if table.rows),
    )


def _words(found: PanelFigures, categories: Table) -> list[str]:
    raised, serious = found.now.findings.raised, found.now.findings.serious
    waiting = _waiting(sum(sum(places.values()) for places in found.found.open_ages.values()))
    if not raised:
        return ["No findings were raised in the period.", waiting]
    of_them = f"{number_in_words(serious) if serious else 'none'} of them serious"
    first = sentence(f"{plural_in_words(raised, 'finding')} {were(raised)} raised, {of_them}")
    settled = found.now.findings.resolved_at_visit
    put_right = f"{share_in_words(settled, raised)} {were(settled)} put right during the visit."
    return [first, *([put_right] if _tells_settled(categories) else []), waiting]


def _waiting(number: int) -> str:
    if not number:
        return "No finding raised by the end of the period is still open."
    are = "is" if number == 1 else "are"
    return sentence(f"{plural_in_words(number, 'finding')} raised by the end of the period {are} still open")


def _tells_settled(categories: Table) -> bool:
    """A number that the table must hide is not said beside it either."""
    place = list(Place).index(Place.PUT_RIGHT)
    return categories.total is not None and isinstance(categories.total.cells[place], int)


def _categories(found: PanelFigures) -> Table:
    """Every category the scheme knows takes part, so that what is hidden may be about any of them."""
    counted = found.found.categories
    known = dict.fromkeys((*found.choices.finding_categories, *counted))
    lines = {category: _line(counted.get(category, {})) for category in sorted(known)}
    rows, total = grid_shown(lines, found.choices.suppression_threshold)
    return Table(
        "findings-by-category",
        "Findings raised, by category and by where they are now",
        "Category",
        (*(Column(place.words) for place in Place), Column("Raised")),
        tuple(Row(_capital(name), cells) for name, cells in rows.items() if cells[-1] != 0)
        if counted
        else (),
        Row("All findings", total),
        said=("findings.raised", "findings.by_category", "findings.places"),
    )


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
        tuple(Row(_capital(theme), (cells[theme],)) for theme in ordered),
        said=("findings.themes",),
    )


def _seen(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
