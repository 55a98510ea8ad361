"""Time cut at every edge: each period is some whole pieces, and no day is in two of them."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.store.figures.cutting import Cutting

PERIODS = st.builds(
    lambda first, days: Period(first, first + timedelta(days)),
    st.dates(date(2024, 1, 1), date(2024, 3, 1)),
    st.integers(0, 60),
)


@given(st.lists(PERIODS, min_size=1, max_size=4))
@example([Period(date.min, date.max), Period(date.min, date.min)])
@example([Period(date.max, date.max)])
def test_each_period_is_some_whole_pieces(periods: list[Period]) -> None:
    pieces = Cutting.of(periods).pieces
    assert all(one.last < other.first for one, other in pairwise(pieces))
    assert len(pieces) < 2 * len(periods)
    for period in periods:
        its = [pieces[number] for number in Cutting.of(periods).numbers_in(period)]
        assert (its[0].first, its[-1].last) == (period.first, period.last)
        assert all(one.after == other.first for one, other in pairwise(its))
    assert all(any(piece.first in period for period in periods) for piece in pieces)
