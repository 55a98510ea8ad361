"""Cells of import files: what each may say, and what it is told otherwise."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exchange import cells
from icv.rules.exchange.cells import BadCell, clean, protected, unprotected, written
from icv.rules.visits import Mode


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("03/12/2023", "2023-12-03"),
        ("3.12.23", "2023-12-03"),
        ("03-12-2023", "2023-12-03"),
        ("2023/12/3", "2023-12-03"),
        ("20231203", "2023-12-03"),
        ("2023-12-03T14:05", "2023-12-03"),
    ],
)
def test_a_day_in_another_form_is_refused_with_the_form_meant(said: str, meant: str) -> None:
    with pytest.raises(BadCell, match=f"write {meant}"):
        cells.day(said)


@pytest.mark.parametrize(
    "said", ["2023-02-30", "12/31/2023", "soon", "2023-W48-7", "0001-01-01", "9999-12-31", "٢٠٢٣-١٢-٠٣"]
)
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(BadCell):
        cells.day(said)


def test_the_midnight_of_a_date_cell_is_its_day() -> None:
    assert cells.day("2023-12-03T00:00") == cells.day("'2023-12-03") == date(2023, 12, 3)


@pytest.mark.parametrize(
    ("said", "instant"),
    [
        ("2023-12-03T14:05", datetime(2023, 12, 3, 14, 5, tzinfo=UTC)),
        ("2023-12-03 14:05:30", datetime(2023, 12, 3, 14, 5, 30, tzinfo=UTC)),
        ("2023-07-03T14:05", datetime(2023, 7, 3, 13, 5, tzinfo=UTC)),
        ("2023-07-03T14:05Z", datetime(2023, 7, 3, 14, 5, tzinfo=UTC)),
        ("2023-10-29T01:30+01:00", datetime(2023, 10, 29, 0, 30, tzinfo=UTC)),
        ("2023-10-29T01:30+00:00", datetime(2023, 10, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_by_londons_clocks_or_by_its_offset(said: str, instant: datetime) -> None:
    assert cells.moment(said) == instant


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("2023-10-29T01:30", "twice.*offset"),
        ("2023-03-26T01:30", "did not exist.*offset"),
        ("2023-12-03", "no time of day"),
        ("03/12/2023 14:05", "write 2023-12-03T14:05"),
        ("2023-12-03T24:00", "is not a time"),
        ("2023-12-03T14:05 BST", "is not a time"),
    ],
)
def test_a_time_that_cannot_be_placed_is_refused(said: str, told: str) -> None:
    with pytest.raises(BadCell, match=told):
        cells.moment(said)


@pytest.mark.parametrize(
    ("read", "said", "value"),
    [
        (cells.whole, "12", 12),
        (cells.whole, "12.0", 12),
        (cells.fraction, "0.25", 0.25),
        (cells.fraction, "1.0", 1.0),
        (cells.yes_no, "TRUE", True),
        (cells.yes_no, "no", False),
        (cells.one_of(Mode), "In_Person", Mode.IN_PERSON),
        (cells.email, "o'neil@example.org", "o'neil@example.org"),
    ],
)
def test_a_spreadsheets_own_ways_are_understood(read: Callable[[str], Any], said: str, value: Any) -> None:
    assert read(said) == value


@pytest.mark.parametrize(
    ("read", "said", "told"),
    [
        (cells.whole, "-1", "whole number"),
        (cells.whole, "1.5", "whole number"),
        (cells.whole, "123456", "more than"),
        (cells.fraction, "nan", "not a number"),
        (cells.fraction, "-1", "not a number"),
        (cells.fraction, "1e3", "not a number"),
        (cells.fraction, "100", "more than"),
        (cells.yes_no, "1", "neither yes nor no"),
        (cells.one_of(Mode), "phone", "in_person, telephone, video"),
        (cells.email, "nobody", "not an e-mail address"),
        (cells.email, "a@b@c", "not an e-mail address"),
        (cells.name, "two\nlines", "one line"),
    ],
)
def test_a_cell_that_says_something_else_is_told_why(
    read: Callable[[str], Any], said: str, told: str
) -> None:
    with pytest.raises(BadCell, match=told):
        read(said)


@pytest.mark.parametrize("text", ["=1+1", "+44 116 496 0000", "-5", "@home", "'=1", "'0116", "''x"])
def test_a_formula_is_written_so_that_no_spreadsheet_runs_it(text: str) -> None:
    assert protected(text) == f"'{text}"
    assert unprotected(protected(text)) == text


@pytest.mark.parametrize("text", ["'t Hooft", "'", "0116 496 0000", "plain"])
def test_an_apostrophe_of_its_own_stays(text: str) -> None:
    assert protected(text) == unprotected(text) == text


@pytest.mark.parametrize("cell", ["\u200b", " \u200d\u2060", "\x9f", "\u3164"])
def test_a_cell_with_nothing_in_it_that_can_be_seen_is_blank(cell: str) -> None:
    assert clean(cell) == ""
    assert clean(f"Zo{cell}ë") == f"Zo{cell}ë"


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n 0aé\u00a0\u200b")).map(clean))
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    assert clean(unprotected(protected(text).strip())) == text


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)))
def test_any_instant_comes_back_from_its_cell(at: datetime) -> None:
    assert cells.moment(written(at)) == at


@pytest.mark.parametrize("hour", [0, 1])
def test_both_hours_of_the_clock_change_come_back(hour: int) -> None:
    at = datetime(2023, 10, 29, hour, 30, tzinfo=UTC)
    assert written(at).endswith(f"01:30+0{1 - hour}:00")
    assert cells.moment(written(at)) == at


@given(st.floats(0, cells.MOST_VISITS_A_WEEK))
def test_any_frequency_comes_back_from_its_cell(often: float) -> None:
    assert cells.fraction(written(often)) == often
