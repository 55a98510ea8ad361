"""Sections of a paper: a heading with what the exhibits under it say, as blocks whose keys never change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from icv.rules.exhibits import Exhibit, Table, has_anything
from icv.rules.exhibits.saying import said
from icv.rules.paper.document import Block, Heading, Paragraph, Pictured, Tabled


@dataclass(frozen=True, slots=True)
class Shown:
    """So many drawings and tables of an exhibit, the first ones; None shows all it has."""

    exhibit: str
    drawings: int | None = 1
    tables: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """`ahead` are paragraphs before the exhibits. An exhibit that is not there is passed over."""

    key: str
    title: str
    shows: tuple[Shown, ...] = ()
    ahead: tuple[Paragraph, ...] = ()


def blocks_of(sections: Iterable[Section], exhibits: Mapping[str, Exhibit]) -> tuple[Block, ...]:
    """In order, each key once. A section with nothing to show has no heading either."""
    return tuple(_once(without_empty_headings(_blocks(sections, exhibits))))


def without_empty_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading) and kept and isinstance(kept[-1], Heading):
            kept.pop()
        kept.append(block)
    if kept and isinstance(kept[-1], Heading):
        kept.pop()
    return tuple(kept)


def _blocks(sections: Iterable[Section], exhibits: Mapping[str, Exhibit]) -> Iterator[Block]:
    for section in sections:
        yield Heading(f"section.{section.key}", section.title)
        yield from section.ahead
        for shown in section.shows:
            if shown.exhibit in exhibits:
                yield from _of_exhibit(exhibits[shown.exhibit], shown)


def _of_exhibit(exhibit: Exhibit, shown: Shown) -> Iterator[Block]:
    """Its sentences are one paragraph: how many there are changes with the figures, and a key must not."""
    if exhibit.words:
        yield Paragraph(f"{exhibit.key}.words", " ".join(exhibit.words))
    if not has_anything(exhibit):
        return
    tables = [table for table in exhibit.tables if table.rows][: shown.tables]
    names = {table.key for table in tables}
    for drawing in exhibit.drawings[: shown.drawings]:
        if drawing.points and drawing.table in names:
            yield Pictured(f"{exhibit.key}.picture.{drawing.table}", drawing, said(drawing))
    for table in tables:
        yield Tabled(f"{exhibit.key}.table.{table.key}", table)


def _once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Two drawings of one table would share a key: the second is told apart."""
    seen: Counter[str] = Counter()
    for block in blocks:
        seen[block.key] += 1
        yield block if seen[block.key] == 1 else replace(block, key=f"{block.key}.{seen[block.key]}")


def tables_in(blocks: Sequence[Block]) -> list[Table]:
    return [block.table for block in blocks if isinstance(block, Tabled)]
