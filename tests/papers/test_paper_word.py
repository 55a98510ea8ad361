"""The paper as a Word file: a package that needs no repair, and a structure that can be read aloud."""

import shutil
import subprocess
from pathlib import Path

import pytest

from icv.papers.panel import Form, made
from tests.papers.examples import ANNUAL, EMPTY, PAPER, STRANGE
from tests.papers.reading import WP, Package, W, style_of, words_of
from tests.papers.reports import annual_of

MADE: dict[str, bytes] = {}
PAPERS = {"committee": PAPER, "annual": ANNUAL, "large": annual_of(21), "strange": STRANGE, "empty": EMPTY}


def word(name: str) -> Package:
    """Each is made once: a file takes a third of a second."""
    if name not in MADE:
        MADE[name] = made(PAPERS[name], Form.DOCX)
    return Package.of(MADE[name])


@pytest.mark.parametrize("name", PAPERS)
def test_the_package_is_whole(name: str) -> None:
    package = word(name)
    package.assert_whole()
    styles = package.tree("word/styles.xml")
    known = {style.get(f"{W}styleId") for style in styles.findall(f"{W}style")}
    for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/styles.xml"):
        used = {
            mark.get(f"{W}val")
            for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
            for mark in package.tree(part).iter(f"{W}{kind}")
        }
        assert used <= known, f"{part} uses styles that are not there: {used - known}"
    numbered = {mark.get(f"{W}val") for mark in styles.iter(f"{W}numId")}
    assert numbered == {one.get(f"{W}numId") for one in package.tree("word/numbering.xml").iter(f"{W}num")}


@pytest.mark.parametrize("name", PAPERS)
def test_no_id_is_given_twice_and_every_link_leads_somewhere(name: str) -> None:
    document = word(name).tree("word/document.xml")
    marks = list(document.iter(f"{W}bookmarkStart"))
    for ids in (
        [mark.get(f"{W}id") for mark in marks],
        [mark.get(f"{W}name") for mark in marks],
        [picture.get("id") for picture in document.iter(f"{WP}docPr")],
    ):
        assert len(ids) == len(set(ids))
    links = {link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")}
    assert links <= {mark.get(f"{W}name") for mark in marks}
    fields = [mark.get(f"{W}fldCharType") for mark in document.iter(f"{W}fldChar")]
    assert fields.count("begin") == fields.count("end") == fields.count("separate")


def test_headings_are_headings_and_paragraphs_are_numbered_by_the_program() -> None:
    paragraphs = word("committee").tree("word/document.xml").findall(f"{W}body/{W}p")
    by_style = {
        style: [words_of(one) for one in paragraphs if style_of(one) == style]
        for style in map(style_of, paragraphs)
    }
    assert by_style["Title"] == [PAPER.title]
    assert by_style["Heading1"] == [
        "Purpose",
        "What the panel is asked",
        "Summary",
        "Visits completed",
        "Findings and replies",
        "What other figures count",
    ]
    assert len(by_style["NumberedParagraph"]) == 5
    assert not any(words[:1].isdigit() for words in by_style["NumberedParagraph"])


def test_tables_have_a_head_that_is_repeated_and_rows_that_are_not_cut() -> None:
    tables = word("committee").tree("word/document.xml").findall(f"{W}body/{W}tbl")
    assert len(tables) == 3
    for table in tables:
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith("Table ")
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert all(row.find(f"{W}tc/{W}p/{W}r/{W}rPr/{W}b") is not None for row in rows)
        assert len({len(row.findall(f"{W}tc")) for row in rows}) == 1


def test_a_picture_says_what_it_shows() -> None:
    package = word("committee")
    (picture,) = package.tree("word/document.xml").iter(f"{WP}docPr")
    assert picture.get("descr") == "Each suite had six of six visits completed."
    (drawn,) = [content for name, content in package.parts.items() if name.startswith("word/media/")]
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20]) > 700, "sharp enough to be printed"


def test_language_title_and_author_are_set() -> None:
    package = word("committee")
    language = package.tree("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "en-GB"
    said = {one.tag.rpartition("}")[2]: one.text for one in package.tree("docProps/core.xml")}
    assert said["title"] == PAPER.title
    assert said["creator"] == PAPER.author
    assert said["language"] == "en-GB"
    assert said["created"] == "2024-02-03T00:00:00Z"
    assert not said.get("description")


def test_the_marking_and_the_page_stand_on_every_page() -> None:
    package = word("committee")
    assert words_of(package.tree("word/header1.xml")) == "OFFICIAL"
    foot = package.tree("word/footer1.xml")
    assert words_of(foot) == "OFFICIALICV-2024-01Page 1 of 1"
    asked = [(field.text or "").strip() for field in foot.iter(f"{W}instrText")]
    assert asked == ["PAGE", "NUMPAGES"]


def test_the_annual_report_has_a_table_of_contents_that_is_filled_already() -> None:
    document = word("annual").tree("word/document.xml")
    fields = [(field.text or "").strip() for field in document.iter(f"{W}instrText")]
    assert fields == [r'TOC \o "1-1" \h \n']
    listed = [words_of(link) for link in document.iter(f"{W}hyperlink")]
    headed = [words_of(one) for one in document.iter(f"{W}p") if style_of(one) == "Heading1"]
    assert listed == headed
    assert "TOC" not in words_of(word("committee").tree("word/document.xml"))


def test_no_table_is_wider_than_the_page() -> None:
    for table in word("strange").tree("word/document.xml").findall(f"{W}body/{W}tbl"):
        wide = sum(int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol"))
        assert wide <= round(17 / 2.54 * 1440) + 20


def test_what_people_typed_is_there_letter_for_letter_but_for_signs_no_file_may_hold() -> None:
    said = words_of(word("strange").tree("word/document.xml"))
    assert "<script>alert(1)</script>" in said
    assert '=HYPERLINK("https://example.org","x")' in said
    assert "شرطة של" in said
    assert "Melton 😀" in said
    assert "Nul  and  bell\ufffd" in said


def test_the_same_paper_gives_the_same_bytes() -> None:
    word("committee")
    assert made(PAPER, Form.DOCX) == MADE["committee"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    names = ("annual", "large", "strange")
    for name in names:
        word(name)
        (tmp_path / f"{name}.docx").write_bytes(MADE[name])
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run(
        [*command, *(f"{name}.docx" for name in names)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=300,
    )
    for name in names:
        said = (tmp_path / f"{name}.txt").read_text()
        assert PAPERS[name].title.split(":")[0] in said
        assert "End of the paper" in said
