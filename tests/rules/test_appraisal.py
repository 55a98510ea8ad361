"""Terms that follow on, years of service, and the reason of an end as it is kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.appraisal import EndReason, next_term, service_in_words

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(1, 20))
def test_a_term_follows_on_the_day_after_the_last_one(ends_on: date, years: int) -> None:
    starts_on, until = next_term(ends_on, years)
    assert starts_on == ends_on + timedelta(days=1)
    assert abs((until - starts_on).days + 1 - years * 365.25) <= 2


def test_three_years_end_on_the_day_before_their_third_return() -> None:
    assert next_term(date(2026, 2, 28), 3) == (date(2026, 3, 1), date(2029, 2, 28))
    assert next_term(date(2024, 2, 28), 1) == (date(2024, 2, 29), date(2025, 2, 28))


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2022, 1, 4), date(2026, 3, 4), "4 years and 2 months"),
        (date(2025, 3, 5), date(2026, 3, 4), "11 months"),
        (date(2025, 3, 4), date(2026, 3, 4), "1 year"),
        (date(2026, 2, 4), date(2026, 3, 4), "1 month"),
        (date(2026, 3, 1), date(2026, 3, 4), "less than a month"),
        (date(1996, 3, 4), date(2026, 3, 4), "30 years"),
        (date(2026, 5, 1), date(2026, 3, 4), "less than a month"),
    ],
)
def test_service_is_said_in_whole_months(since: date, until: date, words: str) -> None:
    assert service_in_words(since, until) == words


def test_the_reason_of_an_end_is_kept_in_words() -> None:
    assert EndReason.RESIGNED.told(" moved away ") == "Resigned: moved away"
    assert EndReason.TERM_ENDED.told("") == "Term ended"
    assert EndReason.OTHER.told("died") == "died"
    assert {one for one in EndReason if one.needs_words} == {EndReason.REMOVED, EndReason.OTHER}
