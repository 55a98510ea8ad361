"""The years that are published: over, from April to March, and apart from each other."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.days import Period
from icv.rules.figures.headline import OnRecord
from icv.rules.figures_file import ended_years, year_asked, year_key

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_no_two_years_overlap_none_is_to_come_and_the_first_visit_is_in_the_earliest(
    first: date, today: date
) -> None:
    years = ended_years(OnRecord(visits=first), today)
    assert all(later.first == earlier.after for later, earlier in pairwise(years))
    assert all((year.first.month, year.first.day, year.last.month) == (4, 1, 3) for year in years)
    assert all(year.last < today for year in years)
    if years:
        assert first in years[-1]
        assert today - years[0].last <= timedelta(days=366)
    else:
        assert first >= date(today.year - (today.month < 4), 4, 1)


def test_before_the_first_visit_there_is_nothing_to_publish() -> None:
    assert ended_years(OnRecord(), date(2026, 3, 4)) == []


def test_a_year_is_over_on_the_first_of_april() -> None:
    recorded = OnRecord(visits=date(2025, 5, 1))
    assert ended_years(recorded, date(2026, 3, 31)) == []
    assert ended_years(recorded, date(2026, 4, 1)) == [Period(date(2025, 4, 1), date(2026, 3, 31))]


@pytest.mark.parametrize("key", ["2024-26", "2024", "2024-25.json", "../etc", "٢٠٢٤-٢٥", "2023-24", ""])
def test_no_other_year_can_be_asked_for(key: str) -> None:
    years = ended_years(OnRecord(visits=date(2024, 4, 1)), date(2026, 3, 4))
    assert [year_key(year) for year in years] == ["2024-25"]
    assert year_asked("2024-25", years) == years[0]
    assert year_asked(key, years) is None
