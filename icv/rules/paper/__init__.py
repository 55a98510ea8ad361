"""Panel papers: what one holds, block by block, whatever it leaves as."""

from icv.rules.paper.document import (
    Block,
    Extract,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    Pictured,
    Restated,
    Tabled,
)

__all__ = [
    "Block",
    "Extract",
    "Heading",
    "Paper",
    "PaperKind",
    "Paragraph",
    "Pictured",
    "Restated",
    "Tabled",
]
