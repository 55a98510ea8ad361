"""`icv figures-file` as a person types it: whole or not at all, and what goes wrong in words."""

import json
import os
import stat
from pathlib import Path

import pytest

from icv.rules.figures_file import FiguresFileError, read
from icv.rules.figures_file.shape import HIDING
from tests.cli.test_commands import Icv, icv, scheme, taken_in

__all__ = ["icv", "scheme"]

YEAR = ("--from", "2023-04-01", "--to", "2024-03-31")


def test_the_worked_example_makes_a_file_that_another_scheme_can_read(scheme: Icv, tmp_path: Path) -> None:
    taken_in(scheme, "leicestershire-2023-12")
    file = tmp_path / "figures.json"
    answer = scheme("figures-file", *YEAR, "--output", file)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith(f"Figures of 2023–24 written to {file}: ")
    made = read(file.read_bytes())
    assert (made.totals["visits.scheduled"], made.totals["visits.completed"]) == (17, 17)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.glob(".figures*")) == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o600])
def test_a_file_written_again_may_be_read_by_whoever_could_before(
    scheme: Icv, tmp_path: Path, mode: int
) -> None:
    """A web server gives it away, where a scheme publishes it each year under one name."""
    file = tmp_path / "figures.json"
    file.write_text("before")
    file.chmod(mode)
    if os.geteuid() == 0:
        os.chown(file, 12_345, 23_456)
    owner = (file.stat().st_uid, file.stat().st_gid)
    (tmp_path / "link.json").symlink_to(file)
    assert scheme("figures-file", *YEAR, "--output", tmp_path / "link.json").returncode == 0
    assert read(file.read_bytes()).totals["visits.scheduled"] == 0
    assert stat.S_IMODE(file.stat().st_mode) == mode
    assert (file.stat().st_uid, file.stat().st_gid) == owner


def test_what_goes_down_a_pipe_is_told_of_beside_it(scheme: Icv, tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    answer = scheme("figures-file", *YEAR, "--output", pipe)
    assert read(os.read(reader, 50_000)).totals["visits.scheduled"] == 0
    os.close(reader)
    assert answer.stdout == ""
    assert answer.stderr.startswith(f"Figures of 2023–24 written to {pipe}: ")


def test_of_days_that_are_no_year_that_is_over_the_tables_that_hide_are_left_out(
    scheme: Icv, tmp_path: Path
) -> None:
    days = ("--from", "2023-12-01", "--to", "2024-01-31")
    answer = scheme("figures-file", *days, "--output", tmp_path / "figures.json")
    assert answer.returncode == 0
    assert "are left out" in answer.stderr
    assert "has begun" not in answer.stderr
    made = read((tmp_path / "figures.json").read_bytes())
    assert made.totals["visits.scheduled"] == 0
    assert HIDING.isdisjoint(table.key for table in made.tables)


def test_of_days_still_to_come_a_file_is_written_that_nobody_takes_in_and_that_is_said(
    scheme: Icv, tmp_path: Path
) -> None:
    """Nothing of them can have been counted: what such a file says is never put beside what somebody did."""
    days = ("--from", "2150-04-01", "--to", "2151-03-31")
    answer = scheme("figures-file", *days, "--output", tmp_path / "figures.json")
    assert answer.returncode == 0
    assert "None of these days has begun: no other scheme’s program takes in" in answer.stderr
    made = json.loads((tmp_path / "figures.json").read_bytes())
    assert made["totals"]["visits.scheduled"] == 0
    assert HIDING.isdisjoint(table["key"] for table in made["tables"])
    with pytest.raises(FiguresFileError, match="before the period begins"):
        read((tmp_path / "figures.json").read_bytes())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "2024-03-31", "--to", "2023-04-01", "--output", "x.json"), "before it begins"),
        (("--from", "2024-13-01", "--to", "2024-04-01", "--output", "x.json"), "is not a day"),
        (("--from", "0001-01-01", "--to", "0001-01-31", "--output", "x.json"), "between 1900 and 2199"),
        (YEAR, "--output"),
        ((*YEAR, "--output", "/nowhere/at/all/x.json"), "There is no directory /nowhere/at/all"),
        ((*YEAR, "--output", "docs"), "docs is a directory"),
        ((*YEAR, "--output", ""), "No file was named"),
        ((*YEAR, "--output", "."), "No file was named"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    scheme: Icv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    answer = scheme("figures-file", *words)
    assert answer.returncode in {1, 2}
    assert says in answer.stderr
    assert not (tmp_path / "x.json").exists()


def test_what_was_there_stays_when_nothing_can_be_counted(icv: Icv, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    file.write_text("before")
    answer = icv("figures-file", *YEAR, "--output", file)
    assert answer.returncode == 1
    assert "icv upgrade" in answer.stderr
    assert file.read_text() == "before"
