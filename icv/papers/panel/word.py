"""The paper as a Word file, in a process of its own: `python -m icv.papers.panel.word`.

JSON in, a .docx out.
"""

import io
import json
import sys

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.section import Section
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from icv.papers.panel.arranging import arranged
from icv.papers.panel.engraving import engraved
from icv.papers.panel.laid import Annex, Arranged, Figure, Grid, Headed, Numbered
from icv.papers.panel.word_parts import (
    add_paragraph,
    begin_field,
    bookmark,
    describe_picture,
    end_field,
    field,
    link_to,
    lying,
    made_ready,
    whole,
)
from icv.papers.panel.word_table import ANNEX, BODY, Look, table_element
from icv.rules.paper import Paper
from icv.rules.paper.written import paper_from_json


def main() -> None:
    sys.stdout.buffer.write(_word(paper_from_json(json.load(sys.stdin.buffer))))


def _word(paper: Paper) -> bytes:
    document, laid = docx.Document(), arranged(paper)
    made_ready(document, paper)
    document.sections[0].header.paragraphs[0].add_run(paper.marking)
    _foot(document.sections[0], paper)
    add_paragraph(document, "Title", paper.title)
    _pairs(document, laid.details)
    for words in laid.remarks:
        add_paragraph(document, "Remark", words)
    _contents(document, laid)
    _parts(document, laid)
    _definitions(document, laid)
    if laid.annex:
        _annex(document, laid.annex, len(laid.parts) + 1, paper)
    _end(document, laid)
    return whole(document)


def _parts(document: Document, laid: Arranged) -> None:
    pictures = iter(engraved([part.svg for part in laid.parts if isinstance(part, Figure)]))
    for number, part in enumerate(laid.parts):
        match part:
            case Headed():
                _headed(document, part, number)
            case Numbered():
                for words in part.texts:
                    add_paragraph(document, "NumberedParagraph", words)
            case Figure():
                _figure(document, part, next(pictures))
            case Grid():
                _grid(document, part)


def _foot(section: Section, paper: Paper, style: str = "Footer") -> None:
    """The marking at the foot of every page, and its number."""
    foot = section.footer.paragraphs[0]
    foot._p.style = "Header"
    foot.add_run(paper.marking)
    line = section.footer.add_paragraph(f"{paper.reference or 'Draft'}\tPage ")
    line._p.style = style
    field(line, "PAGE", "1")
    line.add_run(" of ")
    field(line, "NUMPAGES", "1")


def _pairs(document: Document, pairs: tuple[tuple[str, str], ...]) -> None:
    for what, words in pairs:
        line = add_paragraph(document, "Details")
        line.add_run(what).bold = True
        line.add_run(f"\t{words}")


def _contents(document: Document, laid: Arranged) -> None:
    """A real table of contents, filled: it is right when the file is opened and can be brought up to date."""
    if not laid.contents:
        return
    add_paragraph(document, "TOCHeading", "Contents")
    for number, head in enumerate(laid.contents):
        line = add_paragraph(document, "TOC1")
        if number == 0:
            begin_field(line, r'TOC \o "1-1" \h \n')
        link_to(line, head.anchor, head.text)
    end_field(line)
    line.add_run().add_break(WD_BREAK.PAGE)


def _headed(document: Document, head: Headed, number: int) -> Paragraph:
    line = add_paragraph(document, "Heading1", head.text)
    bookmark(line, head.anchor, number)
    return line


def _figure(document: Document, part: Figure, png: bytes) -> None:
    add_paragraph(document, "Caption", part.caption)
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(png), width=Cm(part.width_cm))
    describe_picture(shape, part.caption, part.said)


def _grid(document: Document, part: Grid, look: Look = BODY) -> None:
    add_paragraph(document, "Caption", part.caption)
    if part.rows or part.total:
        document.element.body.sectPr.addprevious(table_element(part, look))
    notes = [words for what, words in part.beneath if not what]
    for words in notes:
        add_paragraph(document, "BeneathTable", words)
    line = add_paragraph(document, "BeneathTable")
    for what, words in part.beneath:
        if what:
            line.add_run(f"{what}: ").bold = True
            line.add_run(f"{words} ")
    line.paragraph_format.space_after = Pt(12)


def _definitions(document: Document, laid: Arranged) -> None:
    if laid.definitions:
        _headed(document, laid.definitions_headed, len(laid.parts))
        _pairs(document, laid.definitions)


def _annex(document: Document, annex: Annex, number: int, paper: Paper) -> None:
    """On pages of their own. The foot of those that lie is as wide as they are."""
    if annex.lies:
        section = lying(document)
        section.footer.is_linked_to_previous = False
        _foot(section, paper, "FooterLying")
    _headed(document, annex.headed, number).paragraph_format.page_break_before = not annex.lies
    for grid in annex.grids:
        _grid(document, grid, ANNEX)


def _end(document: Document, laid: Arranged) -> None:
    """What stands last before the end goes along: the end never stands alone on a page."""
    last = document.paragraphs[-1]
    for words in laid.ending:
        last.paragraph_format.keep_with_next = True
        last = add_paragraph(document, "Ending", words)


if __name__ == "__main__":
    main()
