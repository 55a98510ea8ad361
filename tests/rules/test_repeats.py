"""Repeats: the third time reads as the third time, whatever the order one looks in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.repeats import Raised, Repeat, repeat_of
from icv.rules.visits import VisitKind

DAY = date(2026, 9, 10)


def raised(number: int, on: date = DAY, **more: object) -> Raised:
    told = {
        "visit_id": number,
        "suite_id": 1,
        "kind": VisitKind.CUSTODY,
        "category": "medical",
        "raised_on": on,
        **more,
    }
    return Raised(finding_id=number, **told)  # type: ignore[arg-type]


def test_the_third_time_is_told_with_the_month_of_the_first() -> None:
    seen = [raised(1, date(2026, 5, 30)), raised(2, date(2026, 7, 1)), raised(3)]
    repeat = repeat_of(seen[2], seen)
    assert repeat == Repeat(3, date(2026, 5, 30), DAY, (1, 2))
    assert repeat.words == "third time since May"
    assert repeat_of(seen[0], seen) is None


def test_a_first_time_in_another_year_is_told_with_its_year() -> None:
    repeat = repeat_of(raised(2, date(2026, 1, 9)), [raised(1, date(2025, 2, 1))])
    assert repeat is not None
    assert repeat.words == "second time since February 2025"


def test_a_theme_that_is_shared_repeats_across_categories() -> None:
    earlier = raised(1, category="welfare", themes=frozenset({"strip search"}))
    assert repeat_of(raised(2, themes=frozenset({"strip search", "children"})), [earlier]) is not None
    assert repeat_of(raised(2, themes=frozenset({"menstrual care"})), [earlier]) is None


@pytest.mark.parametrize(
    "earlier",
    [
        raised(1, suite_id=2),
        raised(1, category="staffing"),
        raised(1, visit_id=9),
        raised(1, DAY - timedelta(days=365)),
        raised(1, DAY + timedelta(days=1)),
        raised(1, kind=VisitKind.DOG_WELFARE),
    ],
    ids=["another suite", "another category", "the same visit", "a year ago", "later", "another strand"],
)
def test_what_is_not_the_same_again_is_not_counted(earlier: Raised) -> None:
    assert repeat_of(raised(9), [earlier]) is None


def test_two_findings_of_one_visit_are_one_time() -> None:
    repeat = repeat_of(raised(9), [raised(1, visit_id=5), raised(2, visit_id=5)])
    assert repeat is not None
    assert (repeat.times, repeat.earlier) == (2, (1, 2))


@pytest.mark.parametrize(
    ("times", "said"), [(12, "twelfth"), (13, "13th"), (21, "21st"), (22, "22nd"), (111, "111th")]
)
def test_many_times_are_counted_in_figures(times: int, said: str) -> None:
    assert Repeat(times, DAY, DAY, ()).words == f"{said} time since September"


@given(st.lists(st.integers(0, 800), max_size=12))
def test_of_a_run_of_findings_each_counts_those_before_it_within_a_year(days: list[int]) -> None:
    seen = [raised(number, DAY + timedelta(days=day)) for number, day in enumerate(days, 1)]
    for one in seen:
        repeat = repeat_of(one, reversed(seen))
        assert one.finding_id not in (repeat.earlier if repeat else ())
        assert repeat is None or (one.raised_on - repeat.first_on).days < 366
