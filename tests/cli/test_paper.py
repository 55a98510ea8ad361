"""`icv paper` as a person types it: the published facts, every form, and what it refuses."""

import json
import os
import shutil
import stat
from datetime import date, timedelta
from pathlib import Path

import html5lib
import pytest

from tests.cli.test_commands import Icv, icv, scheme, taken_in

__all__ = ["icv", "scheme"]

PERIOD = ("--from", "2023-12-01", "--to", "2024-01-31")
SIX_FACTS = (
    ("100%", "17 of 17"),
    ("Seventeen visits",),
    ("Nothing serious",),
    ("Twenty-seven applications",),
    ("Fifteen volunteers", "in vetting"),
    ("cohort", "thirty-one"),
)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the worked example's database is kept, once it is filled."""
    return tmp_path_factory.mktemp("example") / "icv.db"


@pytest.fixture
def filled(scheme: Icv, example: Path, tmp_path: Path) -> Icv:
    if not example.exists():
        taken_in(scheme, "leicestershire-2023-12")
        shutil.copyfile(tmp_path / "icv.db", example)
    shutil.copyfile(example, tmp_path / "icv.db")
    return scheme


def assert_six_facts(said: str) -> None:
    for parts in SIX_FACTS:
        for part in parts:
            assert part in said


def test_the_page_says_the_six_facts_in_its_summary_and_nowhere_around(filled: Icv, tmp_path: Path) -> None:
    answer = filled("paper", *PERIOD, "--format", "html", "--output", tmp_path / "paper.html")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith(f"Committee paper written to {tmp_path / 'paper.html'}: ")
    page = html5lib.parse((tmp_path / "paper.html").read_text(), namespaceHTMLElements=False)
    (summary,) = page.findall(".//*[@data-icv='summary']")
    said = " ".join(" ".join(summary.itertext()).split())
    assert_six_facts(said)
    assert "Purpose" not in said
    assert "Scheduled:" not in said


def test_the_json_says_the_six_facts(filled: Icv, tmp_path: Path) -> None:
    file = tmp_path / "paper.json"
    assert filled("paper", *PERIOD, "--format", "json", "--output", file).returncode == 0
    written = json.loads(file.read_text())
    assert written["format"] == 1
    assert written["reference"] == ""
    assert_six_facts(" ".join(block["text"] for block in written["blocks"] if block.get("is_summary")))
    shares = [
        row["total"]["cells"][0]
        for row in (block["table"] for block in written["blocks"] if block["is"] == "table")
        if row["key"] == "completion-by-suite"
    ]
    assert shares == [{"part": 17, "whole": 17}]


@pytest.mark.parametrize(
    ("form", "start", "kind"),
    [
        ("pdf", b"%PDF-1.7", "committee"),
        ("pdf", b"%PDF-1.7", "annual"),
        ("docx", b"PK\x03\x04", "annual"),
        ("xlsx", b"PK\x03\x04", "committee"),
    ],
)
def test_each_form_of_each_kind_can_be_written(
    filled: Icv, tmp_path: Path, form: str, start: bytes, kind: str
) -> None:
    file = tmp_path / "paper"
    answer = filled("paper", *PERIOD, "--format", form, "--output", file, "--kind", kind)
    assert answer.returncode == 0, answer.stderr
    assert file.read_bytes().startswith(start)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


FAR = date.today() + timedelta(days=3000)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("1990-01-01", "1990-02-28", "No visits were scheduled"),
        (FAR, FAR + timedelta(days=60), "No visits were scheduled"),
        ("2023-12-06", "2023-12-06", "No visits were scheduled"),
        ("1900-01-01", "2199-12-31", "17 of 17"),
    ],
)
@pytest.mark.parametrize("kind", ["committee", "annual"])
def test_a_period_with_little_or_nothing_in_it_gives_a_paper_that_says_so(
    filled: Icv, tmp_path: Path, first: object, last: object, said: str, kind: str
) -> None:
    asked = ("--from", first, "--to", last, "--kind", kind, "--format", "html")
    answer = filled("paper", *asked, "--output", tmp_path / "paper.html")
    assert answer.returncode == 0, answer.stderr
    page = (tmp_path / "paper.html").read_text()
    assert said in page
    assert "100.0%" not in page or "17 of 17" in said


def test_a_scheme_with_nothing_on_record_gives_a_paper_that_says_so(scheme: Icv, tmp_path: Path) -> None:
    for form in ("html", "docx"):
        answer = scheme("paper", *PERIOD, "--format", form, "--output", tmp_path / f"paper.{form}")
        assert answer.returncode == 0, answer.stderr
    assert "No visits were scheduled" in (tmp_path / "paper.html").read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--from", "2024-02-01", "--to", "2024-01-31", "--format", "pdf"), 2, "ends (2024-01-31) before"),
        (("--from", "01/12/2023", "--to", "2024-01-31", "--format", "pdf"), 2, "year first"),
        (("--from", "0001-01-01", "--to", "0001-01-31", "--format", "pdf"), 2, "between 1900 and 2199"),
        ((*PERIOD, "--format", "odt"), 2, "'odt' is not one of"),
        ((*PERIOD, "--format", "pdf", "--kind", "poem"), 2, "'poem' is not one of 'committee', 'annual'"),
        ((*PERIOD,), 2, "Missing option '--format'"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    scheme: Icv, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = scheme("paper", *words, "--output", tmp_path / "paper")
    assert answer.returncode == code
    assert said in answer.stderr
    assert not (tmp_path / "paper").exists()


def test_a_directory_that_is_not_there_is_named_before_anything_is_made(icv: Icv, tmp_path: Path) -> None:
    """The database is not there either: it is not even asked for."""
    answer = icv("paper", *PERIOD, "--format", "pdf", "--output", tmp_path / "papers" / "one.pdf")
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"There is no directory {tmp_path / 'papers'}. Make it, or name another.")
    answer = icv("paper", *PERIOD, "--format", "pdf", "--output", tmp_path)
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{tmp_path} is a directory.")


def test_an_earlier_paper_is_replaced_whole_and_nothing_else_is_left(filled: Icv, tmp_path: Path) -> None:
    file = tmp_path / "papers" / "paper.json"
    file.parent.mkdir()
    file.write_text("last month's, which was very much longer" * 2000)
    assert filled("paper", *PERIOD, "--format", "json", "--output", file).returncode == 0
    assert json.loads(file.read_text())["kind"] == "Committee paper"
    assert list(file.parent.iterdir()) == [file]


def test_a_pipe_is_written_to_and_a_link_stays_a_link(filled: Icv, tmp_path: Path) -> None:
    """Run by root, a command that put a file in the place of /dev/null would break the machine."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    link.symlink_to(tmp_path / "paper.json")
    for file in (pipe, link):
        answer = filled("paper", *PERIOD, "--format", "json", "--output", file)
        assert answer.returncode == 0, answer.stderr
    assert json.loads(os.read(reading, 60_000))["kind"] == "Committee paper"
    os.close(reading)
    assert pipe.is_fifo()
    assert link.is_symlink()
    assert json.loads((tmp_path / "paper.json").read_text())["kind"] == "Committee paper"


def test_where_writing_fails_what_was_there_stays(
    filled: Icv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "papers" / "paper.json"
    file.parent.mkdir()
    file.write_text("last month's")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    answer = filled("paper", *PERIOD, "--format", "json", "--output", file)
    assert answer.returncode == 1
    assert answer.stderr == f"{file}: No space left on device\n"
    assert [(one.name, one.read_text()) for one in file.parent.iterdir()] == [("paper.json", "last month's")]
