"""The figures file: it reads back as it was written, and nothing else passes for one."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits.shape import Column, Hidden, Kind, Row, Share, Table
from icv.rules.figures_file import MOST_BYTES, FiguresFileError, as_json, as_text, from_json, read
from tests.rules.figures_files import BY_CATEGORY, a_file, spoilt

WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40).filter(
    str.strip
)
CELLS = st.one_of(
    st.none(),
    st.just(Hidden.FEW),
    st.integers(0, 9_999).map(lambda count: 0 if count <= 4 else count),
    st.builds(lambda part, rest: Share(part, part + rest), st.integers(5, 90), st.integers(0, 90)),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(st.builds(Column, WORDS, st.sampled_from([Kind.NUMBER, Kind.SHARE])), max_size=5))
    row = st.builds(Row, WORDS, st.tuples(*[CELLS] * len(columns)))
    key = draw(st.sampled_from(["modes", "findings-by-category", "ages"]))
    rows = tuple(draw(st.lists(row, max_size=6)))
    return Table(
        key, draw(WORDS), draw(WORDS), tuple(columns), rows, draw(st.none() | row), ("visits.missed",)
    )


@given(tables(), WORDS)
def test_a_file_reads_back_as_it_was_written(table: Table, scheme: str) -> None:
    file = a_file(scheme, table)
    assert read(as_text(file).encode()) == file
    assert as_text(read(as_text(file).encode())) == as_text(file)
    assert from_json(json.loads(as_text(file))) == file


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read(b"\xef\xbb\xbf" + as_text(a_file()).encode()) == a_file()


@pytest.mark.parametrize(
    ("path", "by", "what"),
    [
        (("scheme",), "", "“scheme” is empty"),
        (("scheme",), "x" * 201, "longer than 200"),
        (("scheme",), 7, "“scheme” is not text"),
        (("scheme",), "Nor\u202eth", "cannot be seen"),
        (("scheme",), "Nor\x1b[2Jth", "cannot be seen"),
        (("scheme",), "Nor\ud800th", "cannot be seen"),
        (("version",), 2, "update"),
        (("version",), "1", "not a whole number"),
        (("people",), [{"name": "Jane"}], "does not belong there: “people”"),
        (("totals", "volunteers.names"), 3, "does not belong there"),
        (("totals", "visits.scheduled"), "20", "“visits.scheduled” is not a whole number"),
        (("totals", "visits.scheduled"), -1, "not between 0"),
        (("totals", "visits.scheduled"), 10**30, "not between 0"),
        (("totals", "visits.scheduled"), True, "not a whole number"),
        (("totals", "visits.scheduled"), 20.0, "not a whole number"),
        (("totals", "visits.scheduled"), None, "not a whole number"),
        (
            ("totals", "visits.scheduled"),
            3,
            "“visits.scheduled” is less than its parts: “visits.completed”, ",
        ),
        (("totals", "visits.missed"), 3, "“visits.scheduled” is less than its parts"),
        (
            ("totals", "entry.visits_with_wait_over_10_minutes"),
            500,
            "“visits.attempted” is less than its parts",
        ),
        (("totals", "findings.overdue"), 10, "“findings.raised” is less than its parts"),
        (
            ("totals", "volunteers.joined"),
            500,
            "“volunteers.closing” is not those at the opening and who joined",
        ),
        (("totals", "visits.attempted"), 19, "not the sum of its parts"),
        (("totals", "volunteers.projected"), 5, "not the sum of its parts"),
        (("totals", "entry.median_wait_minutes"), -0.5, "not between 0"),
        (("totals",), [], "“totals” is not an object"),
        (("period",), {"from": "2025-01-01", "to": "2024-01-01"}, "ends before it begins"),
        (("period", "from"), "01/04/2024", "not a day like"),
        (("period", "from"), "0001-01-01", "not between 1900"),
        (("period", "from"), 20240401, "is not text"),
        (("made_on",), None, "is not text"),
        (("threshold",), 51, "not between 0 and 50"),
        (("tables",), {}, "“tables” is not a list"),
        (("tables",), [{}] * 100, "more than"),
        (("tables", 0, "key"), "vetting", "not among those exchanged: “vetting”"),
        (("tables", 1, "key"), "not-completed", "same table twice"),
        (("tables", 0, "cells"), [], "does not belong there"),
        (("tables", 0, "columns"), [], "as many cells"),
        (("tables", 0, "columns", 0, "kind"), "words", "neither of numbers"),
        (("tables", 0, "columns", 0, "kind"), [], "neither of numbers"),
        (("tables", 0, "rows"), [{"name": "x", "cells": [1]}] * 501, "more than 500"),
        (("tables", 0, "rows", 0, "cells"), ["Jane Jones"], "is not a whole number"),
        (("tables", 0, "rows", 0, "cells"), [-1], "not between 0"),
        (("tables", 0, "rows", 0, "cells"), [{"part": 1, "whole": "2"}], "is not a whole number"),
        (("tables", 0, "rows", 0, "cells"), [{"part": 1}], "lacks whole"),
        (("tables", 0, "rows", 0, "cells"), [{"hidden": "Jane"}], "not known"),
        (("tables", 0, "rows", 0, "cells"), [[[1]]], "is not a whole number"),
        (("tables", 0, "said"), ["people.names"], "does not define"),
        (("tables", 0, "note"), "x" * 2_001, "longer than 2000"),
        (("tables", 1, "rows", 0, "cells"), [3], "shows a count from 1 to 4, which should be hidden"),
        (("definitions",), {}, "does not say what “visits.scheduled” counts"),
        (("definitions", "people.names"), {"name": "x", "words": "y"}, "does not belong there"),
        (("definitions", "visits.missed"), {"name": "x", "words": "y", "who": "z"}, "does not belong there"),
        (("digest",), "0" * 64, "changed after it was made"),
    ],
)
def test_what_is_wrong_is_said_and_where(path: tuple[str | int, ...], by: Any, what: str) -> None:
    with pytest.raises(FiguresFileError) as refused:
        read(spoilt(*path, by=by))
    assert what in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"PK\x03\x04",
        b"null",
        b"[]",
        b"{}",
        b'"icv-figures"',
        b'{"format": "icv-figures"}',
        b"[" * 100_000,
        b'{"a":' * 90_000,
        b'{"format": "icv-figures", "version": ' + b"9" * 5_000 + b"}",
        b"{" + b'"format": "icv-figures", "version": NaN}',
        b" " * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_figures_file_is_told_so_in_words(content: bytes) -> None:
    with pytest.raises(FiguresFileError):
        read(content)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_number_that_is_none_is_refused(number: bytes) -> None:
    with pytest.raises(FiguresFileError, match=r"no number|not between"):
        read(as_text(a_file()).encode().replace(b'_minutes": 2.5', b'_minutes": ' + number))


def test_a_name_that_stands_twice_is_refused() -> None:
    twice = as_text(a_file()).replace('"threshold": 4', '"threshold": 4, "threshold": 0')
    with pytest.raises(FiguresFileError, match="says “threshold” twice"):
        read(twice.encode())


def test_a_number_that_was_changed_is_noticed() -> None:
    with pytest.raises(FiguresFileError, match="changed after it was made"):
        read(as_text(a_file()).encode().replace(b'"visits.scheduled": 20', b'"visits.scheduled": 21'))


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda of: st.lists(of) | st.dictionaries(st.text(max_size=5), of),
        max_leaves=20,
    ),
    st.sampled_from(list(as_json(a_file()))),
)
def test_nothing_that_stands_in_the_place_of_something_gets_by_or_breaks_the_reader(
    found: Any, key: str
) -> None:
    content = as_json(a_file()) | {key: found}
    if json.dumps(content) != json.dumps(as_json(a_file())):
        with pytest.raises(FiguresFileError):
            from_json(content)


def test_a_scheme_that_hides_nothing_may_say_so() -> None:
    open_table = replace(BY_CATEGORY, rows=(Row("Medical", (3,)), Row("Welfare", (6,))))
    assert read(as_text(a_file("North", open_table, threshold=0)).encode()).threshold == 0
