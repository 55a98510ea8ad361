"""What a Word file is made of besides its words: styles and numbering of our own, fields, alt text, marks."""

import io
import zipfile
from datetime import UTC, datetime, time
from pathlib import Path

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shape import InlineShape
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from icv.papers.panel.flat import A_DAY
from icv.rules.paper import Paper

STYLES = Path(__file__).with_name("word_styles.xml")
NUMBERING = Path(__file__).with_name("word_numbering.xml")
_NOT_WANTED = ("stylesWithEffects", "customXml", "thumbnail")


def made_ready(document: Document, paper: Paper) -> None:
    """With our styles and numbering, A4, British English, and nothing of the template's own."""
    _replace(document.styles.element, STYLES)
    _replace(document.part.numbering_part.element, NUMBERING)
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(_NOT_WANTED)]:
            del rels[key]
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), "en-GB")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.4)
    section.header_distance = section.footer_distance = Cm(1)
    _describe(document, paper)


def lying(document: Document) -> Section:
    """From here on pages are wider than tall."""
    section: Section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    return section


def add_paragraph(document: Document, style_id: str, words: str = "") -> Paragraph:
    """By the id of its style: looking it up by name takes half the time of a whole document."""
    paragraph = document.add_paragraph(words)
    paragraph._p.style = style_id
    return paragraph


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field, and what it shows until the program that opens the file works it out."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """A field over several paragraphs: until end_field."""
    paragraph.add_run()._r.append(_field_mark("begin"))
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = f" {instruction} "
    paragraph.add_run()._r.append(words)
    paragraph.add_run()._r.append(_field_mark("separate"))


def end_field(paragraph: Paragraph) -> None:
    paragraph.add_run()._r.append(_field_mark("end"))


def link_to(paragraph: Paragraph, anchor: str, words: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)


def bookmark(paragraph: Paragraph, anchor: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), str(number))
    start.set(qn("w:name"), anchor)
    end.set(qn("w:id"), str(number))
    paragraph._p.insert_element_before(start, "w:r")
    paragraph._p.append(end)


def describe_picture(shape: InlineShape, title: str, said: str) -> None:
    shape._inline.docPr.set("title", title)
    shape._inline.docPr.set("descr", said)


def whole(document: Document) -> bytes:
    """The file. The same document gives the same bytes: nothing in it says when it was packed."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            packing = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name, A_DAY), parts.read(name), packing)
    return packed.getvalue()


def _describe(document: Document, paper: Paper) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = paper.title[:255], paper.author[:255], paper.author[:255]
    core.subject, core.category, core.keywords = paper.purpose[:255], paper.kind[:255], paper.marking[:255]
    core.comments, core.language, core.revision = "", "en-GB", 1
    core.created = core.modified = datetime.combine(paper.as_of, time(), UTC).replace(tzinfo=None)


def _replace(element: BaseOxmlElement, source: Path) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(source.read_text())))


def _field_mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark
