"""The words of a draft: what the coordinator wrote over what the figures say, left out, or added."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from icv.rules.paper.document import Block, Heading, Paragraph
from icv.rules.paper.sections import without_empty_headings
from icv.rules.stamps import stamp

OWN = "own."
"""Begins the keys of paragraphs that the coordinator added."""
AHEAD = 2
"""Paragraphs before those of the blocks: what the paper is for, and what the panel is asked."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote at a block. `live` is what the figures said there at that time.

    `after`: a paragraph of one's own, and the block it follows. `by` and `at`: who wrote it, and when.
    """

    block: str
    words: str = ""
    live: str = ""
    is_left_out: bool = False
    after: str = ""
    by: str | None = None
    at: datetime | None = None


class Standing(StrEnum):
    LIVE = "live"
    EDITED = "edited"
    CHANGED = "changed"
    """Edited, and the figures say something else now than when it was."""
    OWN = "own"
    TO_WRITE = "to_write"
    """Nobody can count it, and nobody has written it yet: not in the paper."""
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it stands in a draft, as it reads now.

    `live` is what the figures say there now. `is_with_section`: it is left out because its whole section is.
    `number` is that of a paragraph that will be in the paper.
    """

    block: Block
    standing: Standing
    live: str = ""
    written: Written | None = None
    is_with_section: bool = False
    number: int | None = None

    @property
    def key(self) -> str:
        return self.block.key

    @property
    def text(self) -> str:
        """Nothing where it is no paragraph."""
        return self.block.text if isinstance(self.block, Paragraph) else ""

    @property
    def stamp(self) -> str:
        """Changes with what is written here, and with what the figures say: what somebody looked at."""
        one = self.written or Written(self.key)
        return stamp(one.words, one.live, one.after, one.is_left_out, self.live)


def placed(blocks: Sequence[Block], written: Iterable[Written]) -> tuple[Placed, ...]:
    """Every block of the draft in its order: those left out and those still to write too."""
    by_key = {one.block: one for one in written}
    standing = [_placed(block, by_key.get(block.key)) for block in _with_own(blocks, by_key)]
    return tuple(_numbered(_sections_left_out(standing)))


def kept(drafted: Iterable[Placed]) -> tuple[Block, ...]:
    """The document: without what is left out or not written, and no heading without anything under it."""
    out = (Standing.LEFT_OUT, Standing.TO_WRITE)
    return without_empty_headings(one.block for one in drafted if one.standing not in out)


def unsettled(drafted: Iterable[Placed]) -> tuple[Placed, ...]:
    """Edited sentences whose figures have changed since: somebody must read them again."""
    return tuple(one for one in drafted if one.standing is Standing.CHANGED)


def _with_own(blocks: Sequence[Block], by_key: Mapping[str, Written]) -> list[Block]:
    """The added ones after their places, the latest nearest; at the end where the place is no more.

    So do words written over a block that the figures no longer make: they are not lost without a word.
    """
    after: dict[str, list[Written]] = defaultdict(list)
    for one in sorted((one for one in by_key.values() if one.after), key=_number, reverse=True):
        after[one.after].append(one)
    placed_blocks: list[Block] = []
    for block in blocks:
        placed_blocks += [block, *_followers(block.key, after)]
    there = {block.key for block in placed_blocks}
    left = [one for one in by_key.values() if one.block not in there and (one.after or one.words)]
    return [*placed_blocks, *(Paragraph(one.block, "") for one in sorted(left, key=_place))]


def _followers(key: str, after: Mapping[str, list[Written]]) -> Iterator[Block]:
    for one in after.get(key, ()):
        yield Paragraph(one.block, "")
        yield from _followers(one.block, after)


def _place(one: Written) -> tuple[int, str]:
    """Added ones by number, behind the words that were written over blocks."""
    return (_number(one), "") if one.after else (0, one.block)


def _number(one: Written) -> int:
    return int(one.block.removeprefix(OWN))


def _placed(block: Block, written: Written | None) -> Placed:
    live = block.text if isinstance(block, Paragraph) else ""
    if written is None:
        is_waiting = isinstance(block, Paragraph) and not live
        return Placed(block, Standing.TO_WRITE if is_waiting else Standing.LIVE, live)
    if isinstance(block, Paragraph) and written.words:
        block = Paragraph(block.key, written.words, block.is_summary)
    return Placed(block, _standing(block, live, written), live, written)


def _standing(block: Block, live: str, written: Written) -> Standing:
    if written.is_left_out:
        return Standing.LEFT_OUT
    if written.after:
        return Standing.OWN
    if written.words:
        return Standing.EDITED if written.live == live else Standing.CHANGED
    return Standing.TO_WRITE if isinstance(block, Paragraph) and not live else Standing.LIVE


def _sections_left_out(standing: Iterable[Placed]) -> Iterator[Placed]:
    """A heading that is left out takes what stands under it along."""
    is_out = False
    for one in standing:
        if isinstance(one.block, Heading):
            is_out = one.standing is Standing.LEFT_OUT
            yield one
        elif is_out:
            yield replace(one, standing=Standing.LEFT_OUT, is_with_section=True)
        else:
            yield one


def _numbered(standing: Iterable[Placed]) -> Iterator[Placed]:
    number = AHEAD
    for one in standing:
        is_in = one.standing not in (Standing.LEFT_OUT, Standing.TO_WRITE)
        if isinstance(one.block, Paragraph) and is_in:
            number += 1
            yield replace(one, number=number)
        else:
            yield one


def next_own(written: Iterable[Written]) -> str:
    """The key of a paragraph about to be added."""
    taken = [_number(one) for one in written if one.block.startswith(OWN)]
    return f"{OWN}{max(taken, default=0) + 1}"
