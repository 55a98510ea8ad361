"""Extracts: of a table of many suites those told of first stand in the body, the whole in the annex."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from icv.rules.exhibits import Order, Row, Share, Table
from icv.rules.paper.document import Block, Extract, Tabled
from icv.rules.words import are, number_in_words, sentence

MOST_SUITES = 20
"""Of up to so many each is told of in the body; of more, the first in the order of each table."""
SHOWN = 10
ANNEX = "Annex A"
_BESIDE_OTHERS = {
    "Completed": "Scheduled visits completed",
    "At the weekend": "Visits at the weekend",
    "At night": "Visits at night",
    "Time not known": "Visits at times not known",
    "Over ten minutes": "Waits over ten minutes",
    "Wait not known": "Waits not known",
    "Raised": "Findings raised",
}
"""What columns are called where no caption says what they are of."""


def with_extracts(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Where one table of suites is long there is an annex, and what else is told of each stands there too."""
    whole = tuple(blocks)
    of_suites = [block.table for block in whole if isinstance(block, Tabled) and block.table.order]
    if max((len(table.rows) for table in of_suites), default=0) <= MOST_SUITES:
        return whole
    return tuple(
        replace(block, extract=_extract(block.table)) if isinstance(block, Tabled) else block
        for block in whole
    )


def _extract(table: Table) -> Extract | None:
    """None where the body has the whole: it is short, or no suite has what they are ordered by."""
    if table.order is None or len(table.rows) <= SHOWN:
        return None
    ranks = dict(_ranks(table.rows, table.order))
    ordered = sorted(ranks, key=lambda place: (ranks[place], table.rows[place].name))
    shown, others = ordered[:SHOWN], ordered[SHOWN:]
    if not shown:
        return None
    return Extract(
        rows=tuple(shown),
        words=" ".join(
            _words(
                table.order,
                len(shown),
                like_the_last=sum(ranks[place] == ranks[shown[-1]] for place in others),
                without=len(table.rows) - len(ranks),
                others=len(table.rows) - len(shown),
            )
        ),
        headings=tuple(_BESIDE_OTHERS.get(one.heading, one.heading) for one in table.columns),
    )


def _ranks(rows: Iterable[Row], order: Order) -> Iterator[tuple[int, Fraction]]:
    """Of those that have one, by place in the table; the least is told of first."""
    sign = 1 if order.first == "lowest" else -1
    for place, row in enumerate(rows):
        cell = row.cells[0]
        if isinstance(cell, Share) and cell.whole:
            yield place, sign * Fraction(cell.part, cell.whole)


def _words(order: Order, shown: int, *, like_the_last: int, without: int, others: int) -> Iterator[str]:
    suites = "the suite" if shown == 1 else f"the {number_in_words(shown)} suites"
    first = "" if shown == 1 else f", the {order.first} first"
    more = f"{number_in_words(others)} more"
    if without:
        which = "which" if without == others else f"of which {number_in_words(without)}"
        more += f", {which} {order.without},"
    yield (
        f"Shown {are(shown)} {suites} with the {order.first} {order.measure} of {order.of}{first};"
        f" {more} {are(others)} in {ANNEX}."
    )
    if like_the_last:
        yield sentence(f"{_alike(like_the_last, others)} the same {order.measure} as the last shown here")


def _alike(number: int, of: int) -> str:
    if number == of:
        return {1: "it has", 2: "both have"}.get(of, f"all {number_in_words(of)} have")
    return f"{number_in_words(number)} of those {'has' if number == 1 else 'have'}"
