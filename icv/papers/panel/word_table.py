"""A table of a Word file: its head repeated on every page, no row cut in two, its caption said aloud."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from icv.papers.panel.laid import Grid, Line

MOST_ROWS_KEPT_TOGETHER = 14
_TWIPS_A_CM = 1440 / 2.54


class Look(NamedTuple):
    """Ids of the styles of a table and of its text."""

    table: str
    text: str


BODY, ANNEX = Look("PaperTable", "TableText"), Look("AnnexTable", "AnnexText")


def table_element(grid: Grid, look: Look) -> BaseOxmlElement:
    """Written out as a whole: cell by cell, a long table takes seconds."""
    return parse_xml("".join(_table(grid, look)))


def _table(grid: Grid, look: Look) -> Iterator[str]:
    widths = [round(wide * _TWIPS_A_CM) for wide in (grid.name_cm, *grid.widths_cm)]
    lines = [Line(grid.corner, grid.headings), *grid.rows, *([grid.total] if grid.total else [])]
    is_short = len(lines) <= MOST_ROWS_KEPT_TOGETHER
    yield f"<w:tbl {nsdecls('w')}>{_properties(grid, sum(widths), look)}<w:tblGrid>"
    yield from (f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    yield "</w:tblGrid>"
    for place, line in enumerate(lines):
        is_bold = place == 0 or line is grid.total
        stays = is_short and place < len(lines) - 1
        head = "<w:tblHeader/>" if place == 0 else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>"
        yield _cell(line.name, widths[0], True, False, stays, look)
        for words, wide, is_number in zip(line.cells, widths[1:], grid.numbers, strict=True):
            yield _cell(words, wide, is_bold, is_number, stays, look)
        yield "</w:tr>"
    yield "</w:tbl>"


def _properties(grid: Grid, wide: int, look: Look) -> str:
    has_total = grid.total is not None
    return (
        f'<w:tblPr><w:tblStyle w:val="{look.table}"/><w:tblW w:w="{wide}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{"06E0" if has_total else "06A0"}" w:firstRow="1"'
        f' w:lastRow="{int(has_total)}" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(grid.caption)}/></w:tblPr>"
    )


def _cell(words: str, wide: int, is_bold: bool, is_number: bool, stays: bool, look: Look) -> str:
    keeps = "<w:keepNext/>" if stays else ""
    side = '<w:jc w:val="right"/>' if is_number else ""
    weight = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{look.text}"/>{keeps}{side}</w:pPr>'
        f'<w:r>{weight}<w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p></w:tc>'
    )
