"""Tables laid flat: shares in three columns, plain numbers, and no name that becomes a formula."""

from icv.rules.exhibits import Column, Hidden, Kind, Row, Share, Table
from icv.rules.exhibits.flat import flat, flat_words

TABLE = Table(
    "seen",
    "People seen",
    "Suite",
    (Column("People"), Column("Seen", Kind.SHARE), Column("Change")),
    (Row("=1+1", (1204, Share(16, 17), -2.5)), Row("Euston Street", (Hidden.FEW, Hidden.FEW, None))),
    Row("All suites", (1206, Share(0, 0), Share(1, 2))),
)


def test_a_share_is_its_part_its_whole_and_its_per_cent() -> None:
    head, first, *_ = flat(TABLE)
    assert head == ("Suite", "People", "Seen", "Seen: of", "Seen: per cent", "Change")
    assert first == ("=1+1", 1204, 16, 17, 94.1, -2.5)


def test_every_row_has_every_column() -> None:
    assert {len(row) for row in flat(TABLE)} == {6}


def test_in_a_file_numbers_are_plain_and_names_are_no_formulas() -> None:
    assert flat_words(TABLE)[1:] == [
        ["'=1+1", "1204", "16", "17", "94.1", "-2.5"],
        ["Euston Street", "few", "few", "", "", ""],
        ["All suites", "1206", "0", "0", "", "50.0% (1 of 2)"],
    ]
