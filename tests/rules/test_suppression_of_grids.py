"""Small numbers of a table of rows and columns stay hidden, even from a reader who knows the program."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv.rules.suppression import HiddenGrid, suppress, suppress_grid
from tests.thorough import TIMES

Grid = tuple[tuple[int, ...], ...]
THRESHOLDS = st.integers(1, 5)
NUMBERS = st.one_of(st.integers(0, 3), st.integers(0, 12), st.just(0), st.integers(0, 60))


@st.composite
def grids(draw: st.DrawFn, most: int = 7) -> Grid:
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, most))
    row = st.lists(NUMBERS, min_size=columns, max_size=columns).map(tuple)
    return tuple(draw(st.lists(row, min_size=rows, max_size=rows)))


def of_sum(total: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to put so many into so many places."""
    if places == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in of_sum(total - first, places - 1):
            yield (first, *rest)


@pytest.mark.parametrize("threshold", [1, 2, 3])
@pytest.mark.parametrize(
    ("rows", "columns", "most"), [(1, 4, 11), (4, 1, 9), (2, 2, 15), (2, 3, 9), (3, 2, 7), (3, 3, 5)]
)
def test_whoever_tries_every_table_in_the_world_learns_no_hidden_small_number(
    rows: int, columns: int, most: int, threshold: int
) -> None:
    """All tables of one sum that come out as the same published one: each small number differs somewhere."""
    for total in range(1, most + 1):
        alike: dict[HiddenGrid, list[tuple[int, ...]]] = defaultdict(list)
        for counts in of_sum(total, rows * columns):
            grid = tuple(counts[at * columns : (at + 1) * columns] for at in range(rows))
            alike[suppress_grid(grid, threshold)].append(counts)
        for published, tables in alike.items():
            values = [set(place) for place in zip(*tables, strict=True)]
            shown = [count for row in published.cells for count in row]
            for counts in tables:
                for at, count in enumerate(counts):
                    if 1 <= count <= threshold:
                        assert shown[at] is None
                        assert len(values[at]) >= 2, (counts, published)


@settings(max_examples=150 * TIMES, deadline=None)
@given(grids(), THRESHOLDS)
def test_every_hidden_small_number_has_another_value_that_would_be_published_just_so(
    grid: Grid, threshold: int
) -> None:
    if len(grid) * len(grid[0]) > 1:
        assert known(grid, threshold) == []


@given(grids(), THRESHOLDS)
def test_adding_up_and_knowing_what_is_primary_narrows_no_small_number_to_one(
    grid: Grid, threshold: int
) -> None:
    """The solver's way: least and most of each hidden number, from sums to numbers until nothing moves."""
    if len(grid) * len(grid[0]) == 1:
        return
    least, most = bounds(suppress_grid(grid, threshold))
    for (at, row), across in product(enumerate(grid), range(len(grid[0]))):
        assert least[at][across] <= row[across] <= most[at][across]
        if 1 <= row[across] <= threshold:
            assert least[at][across] < most[at][across]


def bounds(shown: HiddenGrid) -> tuple[list[list[int]], list[list[int]]]:
    least = [[count or 0 for count in row] for row in shown.cells]
    most = [[shown.total if count is None else count for count in row] for row in shown.cells]
    height, width = len(least), len(least[0])
    lines = [([(at, across) for across in range(width)], shown.row_totals[at]) for at in range(height)]
    lines += [
        ([(at, across) for at in range(height)], shown.column_totals[across]) for across in range(width)
    ]
    lines.append((list(product(range(height), range(width))), shown.total))
    moved = True
    while moved:
        moved = False
        for places, total in lines:
            if total is None:
                continue
            low, high = (sum(side[at][across] for at, across in places) for side in (least, most))
            for at, across in places:
                fewest = max(least[at][across], total - high + most[at][across])
                greatest = min(most[at][across], total - low + least[at][across])
                if (fewest, greatest) != (least[at][across], most[at][across]):
                    low, high = low + fewest - least[at][across], high + greatest - most[at][across]
                    least[at][across], most[at][across], moved = fewest, greatest, True
    return least, most


def known(grid: Grid, threshold: int) -> list[tuple[int, int]]:
    """The places of hidden small numbers for which no other table is found that is published alike."""
    published = suppress_grid(grid, threshold)
    waiting = {
        (at, across)
        for at, row in enumerate(grid)
        for across, count in enumerate(row)
        if 1 <= count <= threshold
    }
    assert all(published.cells[at][across] is None for at, across in waiting)
    for other in others(grid, frozenset(waiting)):
        if not waiting:
            break
        differs = {place for place in waiting if other[place[0]][place[1]] != grid[place[0]][place[1]]}
        if differs and suppress_grid(other, threshold) == published:
            waiting -= differs
    return sorted(waiting)


def others(grid: Grid, places: frozenset[tuple[int, int]]) -> Iterator[Grid]:
    """Tables near to this: lines exchanged, one more or less in a place and its corners, put otherwise."""
    for one, other in combinations(range(len(grid)), 2):
        yield exchanged(grid, one, other)
    for one, other in combinations(range(len(grid[0])), 2):
        yield turned(exchanged(turned(grid), one, other))
    for at, across in sorted(places):
        corners = product(range(len(grid)), range(len(grid[0])), (1, -1))
        for low, right, by in corners:
            if low != at and right != across:
                yield from moved(
                    grid, ((at, across, by), (low, right, by), (at, right, -by), (low, across, -by))
                )
    yield from levelled(grid)
    yield from map(turned, levelled(turned(grid)))


def turned(grid: Grid) -> Grid:
    return tuple(zip(*grid, strict=True))


def moved(grid: Grid, steps: tuple[tuple[int, int, int], ...]) -> Iterator[Grid]:
    rows = [list(row) for row in grid]
    for row, column, more in steps:
        rows[row][column] += more
    if min(min(row) for row in rows) >= 0:
        yield tuple(tuple(row) for row in rows)


def exchanged(grid: Grid, one: int, other: int) -> Grid:
    rows = list(grid)
    rows[one], rows[other] = rows[other], rows[one]
    return tuple(rows)


def levelled(grid: Grid) -> Iterator[Grid]:
    """Where all lines have one sum and only one column has numbers: the same sum put otherwise into it."""
    filled = [across for across, column in enumerate(zip(*grid, strict=True)) if any(column)]
    if len(filled) != 1:
        return
    total, height = sum(map(sum, grid)), len(grid)
    each = total // height
    for counts in (
        (each - 1,) * (height - 1) + (total - (each - 1) * (height - 1),),
        (2, 0) + (1,) * (total - 2),
    ):
        if len(counts) == height and min(counts) >= 0 and sum(counts) == total:
            for first in range(height):
                turned = counts[first:] + counts[:first]
                yield tuple(
                    tuple(count if across == filled[0] else 0 for across in range(len(grid[0])))
                    for count in turned
                )


@given(grids(), THRESHOLDS)
def test_what_is_shown_is_right_and_never_small_and_the_sum_of_all_is_always_shown(
    grid: Grid, threshold: int
) -> None:
    shown = suppress_grid(grid, threshold)
    assert shown.total == sum(map(sum, grid))
    if len(grid) * len(grid[0]) == 1:
        return
    for row, hidden in zip(grid, shown.cells, strict=True):
        assert all(
            one is None or (one == count and not 1 <= count <= threshold)
            for one, count in zip(hidden, row, strict=True)
        )
    assert all(one in (None, sum(row)) for one, row in zip(shown.row_totals, grid, strict=True))


@given(grids(), THRESHOLDS)
def test_totals_are_those_of_a_table_by_row_or_by_column_alone(grid: Grid, threshold: int) -> None:
    """So the two may be printed beside each other."""
    shown = suppress_grid(grid, threshold)
    if len(grid) > 1:
        alone = suppress({str(at): sum(row) for at, row in enumerate(grid)}, threshold)
        assert tuple(alone.cells.values()) == shown.row_totals


@given(grids())
def test_nothing_is_hidden_without_a_threshold_or_without_small_numbers(grid: Grid) -> None:
    large = tuple(tuple(count * 9 for count in row) for row in grid)
    for of, threshold in ((grid, 0), (large, 4)):
        shown = suppress_grid(of, threshold)
        assert shown.cells == of
        assert None not in (*shown.row_totals, *shown.column_totals)


@given(grids(most=4), THRESHOLDS)
def test_lines_of_no_number_are_shown_where_their_sum_is(grid: Grid, threshold: int) -> None:
    wider = tuple((*row, 0) for row in grid)
    shown = suppress_grid(wider, threshold)
    if shown.column_totals[-1] is not None:
        assert all(row[-1] == 0 for row in shown.cells)


def test_quiet_suites_and_rare_categories_are_hidden_and_the_rest_is_shown() -> None:
    grid = ((0, 1, 2, 3), (0, 1, 9, 2), (0, 30, 12, 16), (0, 50, 20, 11), (0, 20, 31, 17))
    shown = suppress_grid(grid, 4)
    assert shown.row_totals == (6, 12, 58, 81, 68)
    assert shown.column_totals == (0, 102, 74, 49)
    assert shown.cells == (
        (0, None, None, None),
        (0, None, None, None),
        (0, 30, 12, 16),
        (0, 50, 20, 11),
        (0, 20, 31, 17),
    )


@pytest.mark.parametrize(
    "grid",
    [
        ((1,) * 5,) * 4,
        ((1, 1), (1, 1)),
        ((2, 0, 0), (0, 1, 0), (0, 0, 3)),
        ((4, 0), (0, 90)),
        *permutations(((1, 0, 0), (0, 0, 0), (0, 8, 9))),
    ],
)
def test_tables_with_little_in_them_do_not_give_it_away(grid: Grid) -> None:
    assert known(grid, 4) == []


def test_nothing_and_one_cell_are_tables_too() -> None:
    assert suppress_grid((), 4) == HiddenGrid((), (), (), 0)
    assert suppress_grid(((),), 4) == HiddenGrid(((),), (0,), (), 0)
    assert suppress_grid(((7,),), 4) == HiddenGrid(((7,),), (7,), (7,), 7)


def test_forty_suites_of_twelve_categories_are_hidden_safely() -> None:
    sparse = tuple(
        tuple((at * 7 + across * 5) % 11 // (across + 1) for across in range(12)) for at in range(40)
    )
    assert known(sparse, 4) == []
