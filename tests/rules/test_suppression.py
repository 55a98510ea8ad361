"""Small numbers stay hidden, even from somebody who subtracts."""

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.suppression import Suppressed, suppress

CELLS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12), max_size=8)
THRESHOLDS = st.integers(1, 6)


def possible(shown: Suppressed, *, least: int) -> range:
    """Every value of a hidden cell that cannot be ruled out by adding up and knowing the least it may be."""
    hidden = sum(count is None for count in shown.cells.values())
    if shown.total is None:
        return range(least, 1_000)
    rest = shown.total - sum(count or 0 for count in shown.cells.values())
    return range(rest if hidden == 1 else least, rest - least * (hidden - 1) + 1)


@given(CELLS, THRESHOLDS)
def test_no_hidden_number_can_be_solved(cells: dict[str, int], threshold: int) -> None:
    shown = suppress(cells, threshold)
    hidden = [cells[name] for name, count in shown.cells.items() if count is None]
    # Where everything is hidden, zeros are too, if there are any: that there are none is not told.
    values = possible(shown, least=0 if 0 in hidden or len(hidden) == len(cells) else 1)
    if hidden:
        assert len(values) >= 2
    assert set(hidden) <= set(values)


@given(CELLS, THRESHOLDS)
def test_no_small_number_is_shown_and_nothing_shown_is_wrong(cells: dict[str, int], threshold: int) -> None:
    shown = suppress(cells, threshold)
    assert list(shown.cells) == list(cells)
    for name, count in shown.cells.items():
        assert count is None or (count == cells[name] and not 1 <= count <= threshold)
    assert shown.total in {None, sum(cells.values())}


@given(CELLS, THRESHOLDS)
def test_nothing_is_hidden_where_nothing_is_small(cells: dict[str, int], threshold: int) -> None:
    large = {name: count for name, count in cells.items() if not 1 <= count <= max(threshold, 2)}
    assert suppress(large, threshold) == Suppressed(large, sum(large.values()))


def test_one_small_number_takes_its_smallest_neighbour_along() -> None:
    shown = suppress({"women": 2, "men": 9, "not said": 0, "other": 6}, 4)
    assert shown == Suppressed({"women": None, "men": 9, "not said": 0, "other": None}, 17)


def test_ones_alone_are_not_told_by_their_sum() -> None:
    assert suppress({"a": 1, "b": 1, "c": 8, "d": 9}, 4).cells == {"a": None, "b": None, "c": None, "d": 9}


def test_with_only_zeros_beside_it_a_small_number_hides_among_them() -> None:
    assert suppress({"a": 2, "b": 0, "c": 0}, 4) == Suppressed({"a": None, "b": None, "c": None}, 2)


def test_a_number_that_would_be_hidden_only_as_a_one_is_hidden_as_a_two_as_well() -> None:
    assert suppress({"a": 1, "b": 2, "c": 7}, 1).cells == {"a": None, "b": None, "c": 7}


def test_neighbours_of_one_size_are_hidden_together_so_that_the_choice_tells_nothing() -> None:
    """Were one nineteen hidden, the four would be known: with less, another were the smallest."""
    assert suppress({"a": 4, "b": 19, "c": 19, "d": 20}, 4).cells == {
        "a": None,
        "b": None,
        "c": None,
        "d": 20,
    }
    assert suppress({"a": 4, "b": 4, "c": 5, "d": 6}, 4).cells == {"a": None, "b": None, "c": None, "d": 6}


def test_a_total_that_would_tell_is_hidden() -> None:
    assert suppress({"a": 3}, 4) == Suppressed({"a": None}, None)
    assert suppress({"a": 50}, 4) == Suppressed({"a": 50}, 50)
