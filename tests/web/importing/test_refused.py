"""Files that cannot be imported, or were made to do harm."""

import io
import zipfile

import pytest

from icv.web.people.checked import MOST_CHARACTERS
from tests.web.browser import Browser
from tests.web.importing.conftest import ASHA, as_csv, check


def bomb(name: str, part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("[Content_Types].xml", "<Types/>")
        with parts.open(part, "w", force_zip64=True) as wide:
            for _ in range(600):
                wide.write(b" " * 2**20)
    return made.getvalue()


def greedy_ods() -> bytes:
    """A few bytes that say: this cell, ninety million times."""
    made = io.BytesIO()
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="m"/>')
        parts.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0"'
            f' xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="a">'
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
            ' table:number-columns-repeated="90" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.pdf", b"%PDF-1.7", "none of .csv, .xlsx and .ods"),
        ("people.csv", b"", "people.csv is empty"),
        ("people.csv", b"\xff\xfe\x00", "not UTF-8"),
        ("people.csv", b"name;email\n", "not separated by commas"),
        ("people.xlsx", b"PK\x03\x04 nonsense", "not a spreadsheet that can be read"),
        ("../../etc/passwd", b"name\n", "passwd is none of .csv"),
        ("<script>.csv", b"", "_script_.csv is empty"),
        (".csv", b"x", "none of .csv"),
        ("wide.csv", b"," * 1_000_001, "holds more than 1,000,000 cells"),
    ],
)
def test_what_is_no_file_to_import_is_said_beside_the_field(
    coordinator: Browser, name: str, content: bytes, said: str
) -> None:
    check(coordinator, content, name, status=422)
    assert said in coordinator.text
    assert "/tmp" not in coordinator.html


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "content.xml"])
def test_a_file_that_unpacks_to_more_than_it_may_is_refused(coordinator: Browser, part: str) -> None:
    name = "bomb.xlsx" if part.startswith("xl") else "bomb.ods"
    content = bomb(name, part)
    assert len(content) < 2**20
    check(coordinator, content, name, status=422)
    assert f"{name} is too large when unpacked" in coordinator.text


def test_a_file_that_asks_for_all_memory_takes_only_its_own_process(coordinator: Browser) -> None:
    content = greedy_ods()
    assert len(content) < 1000
    check(coordinator, content, "greedy.ods", status=422)
    assert "too large when unpacked" in coordinator.text


def test_a_file_too_large_to_send_says_so(coordinator: Browser) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = coordinator.client.post("/people/import", data=b"x" * (8 * 2**20 + 1), content_type=kind)
    assert answer.status_code == 413
    assert "too large" in answer.get_data(as_text=True)


def test_a_file_too_large_for_the_page_is_left_to_the_command(
    coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_CHARACTERS < 8 * 2**20, "what is packed must come back in one request"
    monkeypatch.setattr("icv.web.people.checked.MOST_CHARACTERS", 100)
    check(coordinator, as_csv(ASHA))
    assert "icv import" in coordinator.text
    assert "packed" not in coordinator.html


def test_without_a_file_there_is_nothing_to_check(coordinator: Browser) -> None:
    coordinator.get("/people/import").send({"is_update": "y"}, button="Check the file", status=422)
    assert "Choose a file" in coordinator.text
    assert 'value="y" checked' in coordinator.html
