"""A figures file laid flat: one row a number, for spreadsheets and for programs."""

from collections.abc import Iterator

from icv.rules.exchange.cells import clean, protected
from icv.rules.exhibits.shape import Cell, Hidden, Share
from icv.rules.figures_file.shape import FiguresFile

HEADINGS = ("table", "row", "column", "number", "of", "per_cent")
TOTALS_OF_SCHEME = "totals"


def rows_of(file: FiguresFile) -> list[list[str]]:
    """The totals by their keys, then every table. No name becomes a formula; “few” is a hidden number."""
    return list(_rows(file))


def _rows(file: FiguresFile) -> Iterator[list[str]]:
    for key, value in file.totals.items():
        yield [TOTALS_OF_SCHEME, key, "", *_numbers(value)]
    for table in file.tables:
        for row in (*table.rows, table.total) if table.total else table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                yield [table.key, *_words(row.name, column.heading), *_numbers(cell)]


def _words(*names: str) -> list[str]:
    return [protected(clean(name)) for name in names]


def _numbers(cell: Cell) -> tuple[str, str, str]:
    match cell:
        case Share():
            percent = "" if cell.percent is None else f"{cell.percent:.1f}"
            return str(cell.part), str(cell.whole), percent
        case Hidden():
            return cell.value, "", ""
        case None:
            return "", "", ""
    return str(cell), "", ""
