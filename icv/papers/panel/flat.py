"""What of a paper goes into spreadsheets besides the rows of its tables."""

import re
from collections.abc import Iterator

from icv.papers.panel.arranging import details
from icv.rules.exhibits import Table
from icv.rules.paper import Paper, Tabled
from icv.rules.paper.naming import figure_name

A_DAY = (1980, 1, 1, 0, 0, 0)
"""When every packed file was written: the same paper gives the same bytes."""
_STRANGE = re.compile(r"[^a-z0-9]+")


def tables_of(paper: Paper) -> list[Table]:
    return [block.table for block in paper.blocks if isinstance(block, Tabled)]


def about(paper: Paper) -> Iterator[tuple[str, str]]:
    """(what, words): everything that is not in a table."""
    yield "Title", paper.title
    yield from details(paper)
    if paper.purpose:
        yield "Purpose", paper.purpose
    for what, number in paper.counts.items():
        yield f"Records counted: {what}", f"{number:,}"
    for number, table in enumerate(tables_of(paper), 1):
        yield f"Table {number}", " ".join((f"{table.caption}.", *table.notes))
    for key, words in paper.definitions:
        yield figure_name(key), words


def key_in_letters(table: Table) -> str:
    """A name for a file that no system stumbles over."""
    return _STRANGE.sub("-", table.key.casefold()).strip("-")[:60] or "table"
