"""The figures file: it reads back as it was written, and nothing else passes for one."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits.shape import Cell, Column, Hidden, Kind, Row, Share, Table
from icv.rules.figures_file import MOST_BYTES, FiguresFileError, as_json, as_text, from_json, read
from tests.rules.figures_files import BY_CATEGORY, a_file, spoilt

WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=40).filter(
    str.strip
)
COUNTS = st.integers(0, 9_999).map(lambda count: 0 if count <= 4 else count)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Of numbers or of shares of their sum; where one is not told, the total may be any that is no less."""
    kinds = draw(st.lists(st.sampled_from([Kind.NUMBER, Kind.SHARE]), max_size=5))
    number = draw(st.integers(1, 6))
    columns = [draw(_cells(kind, number)) for kind in kinds]
    rows = [Row(draw(WORDS), cells) for cells in zip(*columns, strict=True)]
    total = rows.pop() if rows else None
    return Table(
        draw(st.sampled_from(["not-completed", "findings-by-category", "ages"])),
        draw(WORDS),
        draw(WORDS),
        tuple(Column(draw(WORDS), kind) for kind in kinds),
        tuple(rows),
        draw(st.sampled_from([None, total])),
        ("visits.missed",),
    )


@st.composite
def _cells(draw: st.DrawFn, kind: Kind, number: int) -> list[Cell]:
    """Of so many rows, and the total last."""
    counts = draw(st.lists(COUNTS, min_size=number, max_size=number))
    untold = draw(st.sets(st.integers(0, number - 1)))
    whole = sum(counts)
    parts: list[Cell] = [Share(one, whole) if kind is Kind.SHARE else one for one in counts]
    for place in untold:
        parts[place] = draw(st.sampled_from([None, Hidden.FEW]))
    total = Share(whole, whole) if kind is Kind.SHARE else whole
    return [*parts, draw(st.sampled_from([total, None, Hidden.FEW]))]


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
        *(
            (("totals", f"visits.{name}"), 3, "“visits.scheduled” is less than its parts")
            for name in ("missed", "overdue_report", "cancelled_late")
        ),
        (("totals", "visits.extra"), 19, "“visits.attempted” is less than its parts"),
        (
            ("totals", "entry.visits_with_wait_over_10_minutes"),
            500,
            "“visits.attempted” is less than its parts",
        ),
        *(
            (("totals", f"findings.{name}"), 10, "“findings.raised” is less than its parts")
            for name in ("serious", "resolved_at_visit", "awaiting_reply", "overdue")
        ),
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
        (("made_on",), "2024-03-31", "“made_on” is before the period begins"),
        (("period",), {"from": "2150-04-01", "to": "2151-03-31"}, "is before the period begins"),
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
        (
            ("tables", 0, "rows", 0, "cells"),
            [{"part": 99, "whole": 8}],
            "the row “Did not happen” of the table “not-completed” has 99 of 8: no part is more",
        ),
        (("tables", 0, "rows", 0, "cells"), [{"part": 2, "whole": 5}], "is of 5, and the total of 2"),
        (
            ("tables", 0, "total", "cells"),
            [{"part": 3, "whole": 3}],
            "the row “Not completed” of the table “not-completed” has 3, which is not the sum of the rows",
        ),
        (("tables", 1, "rows", 1, "cells"), [20], "has 9, which is not the sum of the rows"),
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


def tabled(key: str, *rows: tuple[Cell, ...], total: tuple[Cell, ...]) -> bytes:
    columns = tuple(Column(f"Column {place}") for place, _ in enumerate(total, 1))
    named = tuple(Row(f"Row {place}", cells) for place, cells in enumerate(rows, 1))
    return as_text(a_file("North", Table(key, "Of some", "Row", columns, named, Row("All", total)))).encode()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (
            tabled("completion-by-suite", (Share(9, 9),), (Share(9, 8),), total=(Share(18, 17),)),
            "the row “Row 2” of the table “completion-by-suite” has 9 of 8",
        ),
        (
            tabled("completion-by-suite", (Share(9, 9),), (Share(8, 8),), total=(Share(17, 18),)),
            "the row “All” of the table “completion-by-suite” is of 18, and the rows above it of another sum",
        ),
        *(
            (
                tabled(key, (5, 2, Share(9, 9)), total=(5, 2, Share(9, 9))),
                f"the row “Row 1” of the table “{key}” has 9 last, which is not the sum",
            )
            for key in ("modes", "spread-parts")
        ),
        (tabled("replies", (Share(1, 2), 1, 4), total=(Share(1, 2), 2, 4)), "has 2, which is not the sum"),
        (tabled("detained-became", (Share(3, 9),), (7,), total=(9,)), "has 9, which is not the sum"),
    ],
)
def test_what_does_not_add_up_is_refused_and_the_row_named(content: bytes, what: str) -> None:
    with pytest.raises(FiguresFileError) as refused:
        read(content)
    assert what in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        tabled("completion-by-suite", (Share(9, 9),), (Share(0, 0),), total=(Share(9, 9),)),
        tabled("replies", (Share(1, 2), 1, 4), (Share(3, 3), 0, 9.5), total=(Share(4, 5), 1, 6)),
        tabled("replies", (Share(3, 3), 0, -1.5), total=(Share(3, 3), 0, -1.5)),
        tabled("detained-became", (Share(12, 9),), (-3,), total=(9,)),
        tabled("entry-waits", total=(Share(0, 0),)),
    ],
)
def test_medians_are_not_added_up_and_records_may_name_more_people_than_were_there(content: bytes) -> None:
    assert len(read(content).tables) == 1


def test_a_scheme_that_hides_nothing_may_say_so() -> None:
    open_table = replace(BY_CATEGORY, rows=(Row("Medical", (3,)), Row("Welfare", (6,))))
    assert read(as_text(a_file("North", open_table, threshold=0)).encode()).threshold == 0
