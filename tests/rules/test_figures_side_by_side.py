"""Two schemes' figures side by side: shares with n of N, hidden ones hidden, definitions of both."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from icv.rules.exhibits.shape import Column, Hidden, Row, Share, Table
from icv.rules.figures_file import beside
from tests.rules.figures_files import BY_CATEGORY, a_file


def table_of(key: str, put: object) -> Table:
    return next(table for exhibit in put.exhibits for table in exhibit.tables if table.key == key)  # type: ignore[attr-defined]


def by_category(**counts: int | Hidden) -> Table:
    rows = tuple(Row(name, (count,)) for name, count in counts.items())
    return replace(BY_CATEGORY, rows=rows, total=Row("All findings", (9,)))


def test_shares_stand_side_by_side_with_n_of_n() -> None:
    put = beside(a_file("South"), a_file("North", totals=a_file().totals | {"visits.completed": 10}))
    shares = table_of("shares", put)
    assert [column.heading for column in shares.columns] == ["South", "North"]
    assert shares.rows[0].words == ("90.0% (18 of 20)", "50.0% (10 of 20)")
    assert put.exhibits[0].drawings[0].points[0] == ("Visits completed", 90.0, 50.0)
    assert put.exhibits[0].drawings[0].labels == ("South", "North")


def test_a_share_of_nothing_is_neither_0_nor_100() -> None:
    empty = a_file("North", totals=dict.fromkeys(a_file().totals, 0))
    assert table_of("shares", beside(a_file(), empty)).rows[0].words == ("90.0% (18 of 20)", "–")


def test_parts_that_only_one_scheme_counts_have_no_number_for_the_other() -> None:
    own = a_file("South", by_category(Medical=9, Welfare=0))
    other = a_file("North", by_category(medical=Hidden.FEW, Dogs=Hidden.FEW))
    assert table_of("findings-by-category", beside(own, other)).rows == (
        Row("Medical", (Share(9, 9), Hidden.FEW)),
        Row("Welfare", (Share(0, 9), None)),
        Row("Dogs", (None, Hidden.FEW)),
    )


def test_what_is_hidden_is_not_drawn() -> None:
    put = beside(a_file("South", by_category(Medical=9)), a_file("North", by_category(Medical=Hidden.FEW)))
    assert not [one for exhibit in put.exhibits for one in exhibit.drawings if one.table != "shares"]
    put = beside(a_file("South", by_category(Medical=9)), a_file("North", by_category(Medical=9)))
    assert [one.table for exhibit in put.exhibits for one in exhibit.drawings] == [
        "shares",
        "findings-by-category",
    ]


def test_both_definitions_are_printed_where_they_differ_and_one_where_they_do_not() -> None:
    definitions = dict(a_file().definitions)
    definitions["visits.completed"] = replace(definitions["visits.completed"], words="Whatever happened.")
    put = beside(a_file("South"), a_file("North", definitions=definitions))
    assert put.differing == ("visits.completed",)
    name, words = put.said["visits.completed"]
    assert (name, "South: Scheduled visits" in words, "North: Whatever happened." in words) == (
        "Visits completed",
        True,
        True,
    )
    assert put.said["visits.missed"][1] == definitions["visits.missed"].words


def test_schemes_of_one_name_are_told_apart_and_long_names_are_cut() -> None:
    assert [c.heading for c in table_of("shares", beside(a_file(), a_file())).columns] == [
        "North (own)",
        "North (file)",
    ]
    long = table_of("shares", beside(a_file("x" * 200), a_file())).columns[0].heading
    assert len(long) == 30


def test_nothing_by_suite_is_compared() -> None:
    suites = Table("completion-by-suite", "By suite", "Suite", (Column("Completed"),), (Row("Euston", (9,)),))
    put = beside(a_file("South", suites), a_file("North", suites))
    assert "Euston" not in repr(put)


@given(st.lists(st.sampled_from("abcde"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_every_part_of_either_stands_once(own: list[str], other: list[str]) -> None:
    put = beside(
        a_file("South", by_category(**dict.fromkeys(own, 5))),
        a_file("North", by_category(**dict.fromkeys(other, 7))),
    )
    rows = table_of("findings-by-category", put).rows
    assert sorted(row.name for row in rows) == sorted({*own, *other})
    assert all((row.cells[0] is None) is (row.name not in own) for row in rows)
    assert all((row.cells[1] is None) is (row.name not in other) for row in rows)
