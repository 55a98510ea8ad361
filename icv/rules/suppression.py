"""Suppression: small numbers that could point at a person are hidden, with neighbours so no sum tells.

Whoever reads what is published may know this file too. So what is hidden is chosen only by what stays the
same while the hidden numbers change: a hidden small number always has another value with which everything
that is published, the choice of what is hidden included, would be just so. docs/decisions says why it holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Numbers fit to publish, None where hidden.

    `total` is hidden only where it is the one number there is: such a total must not be printed anywhere else
    either.
    """

    cells: dict[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class HiddenGrid:
    """A table fit to publish, None where hidden: rows of `cells`, the sums of rows and columns, and of all.

    The sum of all is always shown: a grid of one cell cannot be kept from its reader. A table of the same
    counts by row alone, or by column alone, must be printed with these very totals, hidden ones hidden.
    """

    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int


def suppress(cells: Mapping[str, int], threshold: int) -> Suppressed:
    """Hides counts from 1 to `threshold`, and the smallest neighbours needed for the total to be shown.

    Zeros are shown, unless they are all the neighbours there are: then all of them are hidden. A threshold of
    one hides twos as well: a number that is hidden only when it is one is not hidden.
    """
    counts = list(cells.values())
    hidden = _hidden_of(counts, _at_least_two(threshold))
    total = None if hidden and len(counts) == 1 else sum(counts)
    return Suppressed(
        {name: None if at in hidden else count for at, (name, count) in enumerate(cells.items())}, total
    )


def suppress_grid(cells: Sequence[Sequence[int]], threshold: int) -> HiddenGrid:
    """Hides counts from 1 to `threshold` in a table whose rows and columns are summed.

    Totals are hidden as `suppress` hides them, in the order given; then whole rows and columns, those of the
    smallest counts first, until none of the rest is small. Zeros that the sums tell anyway are shown.
    """
    small = _at_least_two(threshold)
    rows = [sum(row) for row in cells]
    columns = [sum(column) for column in zip(*cells, strict=True)]
    hidden_rows, hidden_columns = _hidden_totals(rows, small), _hidden_totals(columns, small)
    lines = _Lines(cells, rows, columns, set(hidden_rows), set(hidden_columns))
    if small:
        lines.hide_until_none_to(small + 1)
    return HiddenGrid(
        lines.shown(hidden_rows, hidden_columns),
        tuple(None if at in hidden_rows else total for at, total in enumerate(rows)),
        tuple(None if at in hidden_columns else total for at, total in enumerate(columns)),
        sum(rows),
    )


def _at_least_two(threshold: int) -> int:
    return max(threshold, 2) if threshold > 0 else 0


def _hidden_totals(totals: list[int], threshold: int) -> set[int]:
    """A single row's total is the sum of all, which is shown."""
    return _hidden_of(totals, threshold) if len(totals) > 1 else set()


def _hidden_of(counts: Sequence[int], threshold: int) -> set[int]:
    """Where the numbers to hide are, of a line whose sum is shown.

    Two different values at least are hidden, each wherever it stands: exchanged, they would be hidden alike.
    As many as there are places, they may be one in each: then zeros give no more away than the rest.
    """
    small = {count for count in counts if 1 <= count <= threshold}
    if not small:
        return set()
    if len(small) == 1:
        small |= set(sorted({count for count in counts if count > threshold})[:1])
    if len(small) == 1 or sum(counts) == len(counts):
        return set(range(len(counts)))
    return {at for at, count in enumerate(counts) if count in small}


class _Lines:
    """Which rows and columns of a grid are hidden whole. Those with a hidden total are from the beginning."""

    def __init__(
        self,
        cells: Sequence[Sequence[int]],
        rows: list[int],
        columns: list[int],
        hidden_rows: set[int],
        hidden_columns: set[int],
    ) -> None:
        self._cells, self._rows, self._columns = cells, rows, columns
        self._hidden_rows, self._hidden_columns = hidden_rows, hidden_columns

    def hide_until_none_to(self, most: int) -> None:
        """Until no number from 1 to `most` is left: two rows or two columns at a time, the emptiest first.

        Two, so that a small number may stand in either; and one above the threshold, so that one more is no
        reason to hide less. The order goes by sums that are shown, so it tells nothing.
        """
        if min(_filled(self._rows), _filled(self._columns)) < 2:
            return
        rows, columns = _order(self._rows, self._hidden_rows), _order(self._columns, self._hidden_columns)
        wide, high = _filled(self._columns), _filled(self._rows)
        while self._has_any_to(most):
            by_rows = not columns or (rows and self._rows[rows[0]] * high <= self._columns[columns[0]] * wide)
            line, hidden = (rows, self._hidden_rows) if by_rows else (columns, self._hidden_columns)
            hidden.update(line[:2])
            del line[:2]

    def _has_any_to(self, most: int) -> bool:
        return any(
            1 <= count <= most
            for at, row in enumerate(self._cells)
            if at not in self._hidden_rows
            for across, count in enumerate(row)
            if across not in self._hidden_columns
        )

    def shown(self, without_row: set[int], without_column: set[int]) -> tuple[tuple[int | None, ...], ...]:
        """The cells, those of hidden lines hidden, but for zeros that sums tell: of these lines none is."""
        empty_rows = self._empty(self._cells, self._hidden_rows, self._hidden_columns, without_row)
        turned = list(zip(*self._cells, strict=True))
        empty_columns = self._empty(turned, self._hidden_columns, self._hidden_rows, without_column)
        return tuple(
            tuple(
                count
                if at in empty_rows
                or across in empty_columns
                or not (at in self._hidden_rows or across in self._hidden_columns)
                else None
                for across, count in enumerate(row)
            )
            for at, row in enumerate(self._cells)
        )

    @staticmethod
    def _empty(
        lines: Sequence[Sequence[int]], hidden: set[int], across: set[int], without_total: set[int]
    ) -> set[int]:
        """The lines whose shown total leaves nothing for their hidden cells."""
        return {
            at
            for at, line in enumerate(lines)
            if at not in without_total
            and not any(count for place, count in enumerate(line) if at in hidden or place in across)
        }


def _filled(totals: list[int]) -> int:
    return sum(total > 0 for total in totals)


def _order(totals: list[int], hidden: set[int]) -> list[int]:
    left = [at for at, total in enumerate(totals) if total and at not in hidden]
    return sorted(left, key=lambda at: (totals[at], at))
