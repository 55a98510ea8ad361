"""A restatement: what a frozen paper reported beside what is on record now, figure by figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from icv.rules.days import day_in_words
from icv.rules.exhibits import Cell, Column, Kind, Row, Table, in_words
from icv.rules.paper.document import Block, Heading, Paper, Paragraph, Restated, Tabled
from icv.rules.paper.sections import tables_in
from icv.rules.words import plural_in_words, sentence

NOT_SHOWN = "not shown"
IN_VETTING, IN_TRAINING = "people in vetting", "people in training"
"""Among the counts of a paper: facts of its summary that no table shows."""
_FOLLOWS = "Change"
"""Begins the headings of columns that are counted from those beside them."""
OF_RESTATEMENT = ("section.restated", "restated.words", "restated.table")
"""The keys of its blocks."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The frozen paper that is restated: what it was, and all it held."""

    restated: Restated
    paper: Paper


def with_differences(
    blocks: Sequence[Block], counts: Mapping[str, int], earlier: Earlier
) -> tuple[Block, ...]:
    """Says first of all what differs: above the summary nothing else is read with the right eyes."""
    restated, table = earlier.restated, differences(earlier.paper, blocks, counts)
    of_heading, of_words, of_table = OF_RESTATEMENT
    said = Paragraph(of_words, _in_words(restated, len(table.rows)))
    shown = (Tabled(of_table, table),) if table.rows else ()
    heading = Heading(of_heading, f"What has changed since {restated.reference}")
    return (heading, said, *shown, *blocks)


def _in_words(restated: Restated, number: int) -> str:
    opening = f"This paper restates {restated.reference}, sent on {day_in_words(restated.frozen_on)}."
    why = f"{restated.why[:1].upper()}{restated.why[1:]}"
    why = why if why.endswith((".", "!", "?")) else f"{why}."
    if not number:
        return f"{opening} {why} No figure differs."
    differing = f"{plural_in_words(number, 'figure')} {'differs' if number == 1 else 'differ'}"
    return f"{opening} {why} {sentence(differing)}"


def differences(before: Paper, blocks: Sequence[Block], counts: Mapping[str, int]) -> Table:
    """Of every table that both have; `blocks` are those of now, whether or not they will be left out.

    Changes from period to period follow from the figures: to tell them too would make one correction many.
    Where no table is in both, as nothing was in the period then or nothing is now, all counts are told.
    """
    in_both = tuple(_in_both(tables_in(before.blocks), tables_in(blocks)))
    return Table(
        "restated",
        "Figures that differ, as first reported and as recorded now",
        "Figure",
        (Column("As first reported", Kind.WORDS), Column("As recorded now", Kind.WORDS)),
        (
            *(row for old, new in in_both for row in _differing(old, new)),
            *_counted_apart(before.counts, counts),
            *(() if in_both else _counted(before.counts, counts)),
        ),
    )


def _counted_apart(was: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Row]:
    for what in (IN_VETTING, IN_TRAINING):
        if what in was and was[what] != now[what]:
            name = f"{what[0].upper()}{what[1:]} at the period’s end"
            yield Row(name, (in_words(was[what]), in_words(now[what])))


def _counted(was: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Row]:
    for what, number in was.items():
        if what not in (IN_VETTING, IN_TRAINING) and number != now.get(what, number):
            yield Row(f"Records counted: {what}", (in_words(number), in_words(now[what])))


def _in_both(reported: Sequence[Table], recorded: Sequence[Table]) -> Iterator[tuple[Table, Table]]:
    """By caption, which names the suite where a table is of one; by key where a caption was worded anew."""
    by_caption = {table.caption: table for table in reported}
    by_key = {table.key: table for table in reported}
    taken = {table.caption for table in recorded}
    for new in recorded:
        old = by_caption.get(new.caption) or by_key.get(new.key)
        if old and (old.caption == new.caption or old.caption not in taken):
            yield old, new


def _differing(old: Table, new: Table) -> Iterator[Row]:
    was, now = _cells(old), _cells(new)
    for row, column in (*now, *(one for one in was if one not in now)):
        first, later = was.get((row, column), NOT_SHOWN), now.get((row, column), NOT_SHOWN)
        if first != later:
            yield Row(f"{new.caption}: {row}, {column.lower()}", (in_words(first), in_words(later)))


def _cells(table: Table) -> dict[tuple[str, str], Cell]:
    rows = (*table.rows, *([table.total] if table.total else []))
    return {
        (row.name, column.heading): cell
        for row in rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if not column.heading.startswith(_FOLLOWS)
    }
