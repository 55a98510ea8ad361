"""Whether an exhibit has anything to show: else its sentences say so, and no table of noughts stands by."""

from icv.rules.exhibits.shape import Cell, Exhibit, Share

_OF_A_WEEK = frozenset({"spread"})
"""Its shares are of the timeslots of a week, which there are whether anybody came or not."""


def has_anything(exhibit: Exhibit) -> bool:
    """Whether there is a number in it other than nought; nothing of something is one, but in those weeks."""
    counts = _is_some if exhibit.key in _OF_A_WEEK else _counts
    return any(counts(cell) for table in exhibit.tables for row in table.rows for cell in row.cells)


def _counts(cell: Cell) -> bool:
    match cell:
        case Share():
            return cell.whole > 0
        case None | str():
            return False
    return cell != 0


def _is_some(cell: Cell) -> bool:
    return cell.part > 0 if isinstance(cell, Share) else _counts(cell)
