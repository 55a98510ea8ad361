"""Numbers that could point at a person, hidden with the neighbours that would give them away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from icv.rules.exhibits.shape import Cell, Hidden
from icv.rules.suppression import HiddenGrid, suppress, suppress_grid

Key = TypeVar("Key")


def parts_shown(parts: Mapping[Key, int], threshold: int) -> dict[Key, Cell]:
    """Of a whole that is printed beside them: the parts, those that must be hidden as such.

    Give all parts there could be, empty ones too: then the hidden one may be any of them.
    """
    cells = suppress({str(place): count for place, count in enumerate(parts.values())}, threshold).cells
    return dict(zip(parts, map(shown, cells.values()), strict=True))


def grid_shown(
    lines: Mapping[Key, Sequence[int]], threshold: int
) -> tuple[dict[Key, tuple[Cell, ...]], tuple[Cell, ...]]:
    """Each line with its sum last, and the sums of the columns with that of all."""
    grid: HiddenGrid = suppress_grid(list(lines.values()), threshold)
    cells = ((*_all(row), shown(total)) for row, total in zip(grid.cells, grid.row_totals, strict=True))
    return dict(zip(lines, cells, strict=True)), (*_all(grid.column_totals), grid.total)


def tells(cells: Iterable[Cell]) -> bool:
    """Whether any of them is a number above none: a table of hidden numbers alone is none to show."""
    return any(isinstance(cell, int) and cell > 0 for cell in cells)


def number_shown(number: int, threshold: int) -> Cell:
    """One that is part of no whole."""
    return Hidden.FEW if 1 <= number <= threshold else number


def shown(count: int | None) -> Cell:
    return Hidden.FEW if count is None else count


def _all(counts: Iterable[int | None]) -> Iterable[Cell]:
    return map(shown, counts)
