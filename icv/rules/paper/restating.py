"""A restatement: what a frozen paper reported beside what is on record now, figure by figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from icv.rules.days import day_in_words
from icv.rules.exhibits import Cell, Column, Kind, Row, Table, in_words
from icv.rules.exhibits.told import listed
from icv.rules.paper.document import Block, Heading, Paper, Paragraph, Restated, Tabled
from icv.rules.paper.sections import tables_in
from icv.rules.words import are, capital, number_in_words, plural_in_words, sentence, were

NOT_SHOWN = "not shown"
MOST_NAMED = 6
_DIFFERENCES = "restated"
"""The key of the table of a restatement, of which nothing is restated again."""
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
    apart = _apart_in_words(restated.reference, *only_in_one(earlier.paper, blocks))
    said = Paragraph(of_words, _in_words(restated, len(table.rows), apart))
    shown = (Tabled(of_table, table),) if table.rows else ()
    heading = Heading(of_heading, f"What has changed since {restated.reference}")
    return (heading, said, *shown, *blocks)


def only_in_one(before: Paper, blocks: Sequence[Block]) -> tuple[list[str], list[str]]:
    """The captions of tables made of the records now that the earlier paper had not, and of those it had
    that are made no more: a suite that opened, a theme first raised.
    """
    old, new = _tables(before.blocks), _tables(blocks)
    pairs = tuple(_in_both(old, new))
    known, kept = {one.caption for _, one in pairs}, {one.caption for one, _ in pairs}
    come = [table.caption for table in new if table.caption not in known]
    return come, [table.caption for table in old if table.caption not in kept]


def _tables(blocks: Sequence[Block]) -> list[Table]:
    return [table for table in tables_in(blocks) if table.key != _DIFFERENCES]


def _apart_in_words(reference: str, come: Sequence[str], gone: Sequence[str]) -> str:
    said = []
    if come:
        number = plural_in_words(len(come), "table")
        said.append(f"{number} made of the records now {were(len(come))} not in {reference}: {_named(come)}")
    if gone:
        number = plural_in_words(len(gone), "table")
        said.append(f"{number} of {reference} {are(len(gone))} not made of the records now: {_named(gone)}")
    return " ".join(sentence(one) for one in said)


def _named(captions: Sequence[str]) -> str:
    quoted = [f"“{caption}”" for caption in captions[:MOST_NAMED]]
    if len(captions) > MOST_NAMED:
        quoted.append(f"{number_in_words(len(captions) - MOST_NAMED)} more")
    return listed(quoted)


def _in_words(restated: Restated, number: int, apart: str) -> str:
    opening = f"This paper restates {restated.reference}, sent on {day_in_words(restated.frozen_on)}."
    why = capital(restated.why)
    why = why if why.endswith((".", "!", "?")) else f"{why}."
    differing = f"{plural_in_words(number, 'figure')} {'differs' if number == 1 else 'differ'}"
    if not number:
        differing = "no figure that both papers have differs" if apart else "no figure differs"
    return " ".join(filter(None, (opening, why, sentence(differing), apart)))


def differences(before: Paper, blocks: Sequence[Block], counts: Mapping[str, int]) -> Table:
    """Of every table that both have; `blocks` are those of now, whether or not they will be left out.

    Changes from period to period follow from the figures: to tell them too would make one correction many.
    Where a table is in one paper only, as nothing of its kind was in the period then or nothing is now, the
    counts are told: what the table showed has nothing to stand beside.
    """
    in_both = tuple(_in_both(_tables(before.blocks), _tables(blocks)))
    is_all_beside = bool(in_both) and not any(only_in_one(before, blocks))
    return Table(
        _DIFFERENCES,
        "Figures that differ, as first reported and as recorded now",
        "Figure",
        (Column("As first reported", Kind.WORDS), Column("As recorded now", Kind.WORDS)),
        (
            *(row for old, new in in_both for row in _differing(old, new)),
            *_counted_apart(before.counts, counts),
            *(() if is_all_beside else _counted(before.counts, counts)),
        ),
    )


def _counted_apart(was: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Row]:
    for what in (IN_VETTING, IN_TRAINING):
        if what in was and was[what] != now[what]:
            name = f"{capital(what)} at the period’s end"
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
