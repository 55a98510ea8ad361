"""Extracts: of a table of many suites the lowest stand in the body of a paper, and the whole in its annex."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from icv.rules.exhibits import Table
from icv.rules.figures import SuiteFigures
from icv.rules.paper.document import Block, Extract, Tabled
from icv.rules.paper.sections import tables_in
from icv.rules.words import are, number_in_words, sentence

MOST_SUITES = 20
"""Of up to so many each is told of in the body; of more, the lowest."""
LOWEST = 10
ANNEX = "Annex A"
_BY_SUITE = "Suite"
"""The corner of tables whose rows are suites."""
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


def with_extracts(blocks: Iterable[Block], suites: Sequence[SuiteFigures]) -> tuple[Block, ...]:
    """`suites` are all on record, with what was scheduled and completed at each.

    Where one table is long, so is the annex: what else is told of each suite stands there too.
    """
    shares = {one.suite: Fraction(one.completed, one.scheduled) for one in suites if one.scheduled}
    whole = tuple(blocks)
    if max((len(table.rows) for table in _by_suite(whole)), default=0) <= MOST_SUITES:
        return whole
    return tuple(
        replace(block, extract=_extract(block.table, shares)) if isinstance(block, Tabled) else block
        for block in whole
    )


def _by_suite(blocks: Sequence[Block]) -> list[Table]:
    return [table for table in tables_in(blocks) if table.corner == _BY_SUITE]


def _extract(table: Table, shares: Mapping[str, Fraction]) -> Extract | None:
    """None where the body has the whole: it is short, or no share says which are the lowest."""
    if table.corner != _BY_SUITE or len(table.rows) <= LOWEST:
        return None
    known = {place: shares[row.name] for place, row in enumerate(table.rows) if row.name in shares}
    ordered = sorted(known, key=lambda place: (known[place], table.rows[place].name))
    shown, others = ordered[:LOWEST], ordered[LOWEST:]
    if not shown:
        return None
    return Extract(
        rows=tuple(shown),
        words=" ".join(
            _words(
                len(shown),
                like_the_last=sum(known[place] == known[shown[-1]] for place in others),
                unscheduled=len(table.rows) - len(known),
                others=len(table.rows) - len(shown),
            )
        ),
        headings=tuple(_BESIDE_OTHERS.get(one.heading, one.heading) for one in table.columns),
    )


def _words(shown: int, *, like_the_last: int, unscheduled: int, others: int) -> Iterator[str]:
    lowest = "the suite" if shown == 1 else f"the {number_in_words(shown)} suites"
    order = "" if shown == 1 else ", the lowest first"
    more = f"{number_in_words(others)} more"
    if unscheduled:
        more += f", of which {number_in_words(unscheduled)} had no visits scheduled and due,"
    yield (
        f"Shown {are(shown)} {lowest} with the lowest share of scheduled visits completed{order};"
        f" {more} are in {ANNEX}."
    )
    if like_the_last:
        alike = f"{number_in_words(like_the_last)} of those {'has' if like_the_last == 1 else 'have'}"
        yield sentence(f"{alike} the same share as the last shown here")
