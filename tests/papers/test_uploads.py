"""Files that come through the browser: read apart, with the same answer, and nothing of them left behind."""

import tempfile
from pathlib import Path

import pytest

from icv.papers.sheets import Sheet
from icv.papers.uploads import uploaded_sheet
from icv.rules.refusals import Refusal


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_rows_come_as_if_they_had_been_read_here(folder: Path) -> None:
    sheet = uploaded_sheet("people.csv", "name,email\nÁsha,a@example.org\n\n,\nBen,\n".encode(), "volunteers")
    rows = [(2, ["Ásha", "a@example.org"]), (5, ["Ben", ""])]
    assert sheet == Sheet(("name", "email"), rows, 2)
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("file_name", "said"),
    [
        ("../../../people.txt", "people.txt is none of"),
        ("C:\\Users\\Me\\people.txt", "people.txt is none of"),
        ("", "file is none of"),
        ("..", "file is none of"),
        ("-rf", "-rf is none of"),
        ("x" * 300 + ".txt", "x.txt is none of"),
        ("a\nb\0c.txt", "a_b_c.txt is none of"),
    ],
)
def test_whatever_a_file_is_called_it_stays_in_its_folder(folder: Path, file_name: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        uploaded_sheet(file_name, b"name\n", "volunteers")
    assert not list(folder.iterdir())


def test_two_million_cells_are_too_many(folder: Path) -> None:
    with pytest.raises(Refusal, match="more than 1,000,000 cells"):
        uploaded_sheet("wide.csv", b"," * 2_000_000, "volunteers")
