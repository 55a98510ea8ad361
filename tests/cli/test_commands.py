"""The commands as a person types them: real files, exit codes and words."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from icv.cli import main
from icv.rules.days import london_day, monday_of

REPLAY = Path(__file__).resolve().parents[1] / "replay"
KINDS = ("suites", "volunteers", "visits", "findings")


@dataclass(frozen=True)
class Answer:
    returncode: int
    stdout: str
    stderr: str


Icv = Callable[..., Answer]


@pytest.fixture
def icv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Icv:
    """Runs a command on a database of the test's own; `settings` are added to the environment."""
    for name in [name for name in os.environ if name.startswith("ICV_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ICV_DATABASE_URL", f"sqlite:///{tmp_path / 'icv.db'}")
    monkeypatch.setenv("ICV_SECRET_KEY", "a secret of thirty-two letters, or more")

    def run(*words: object, **settings: str) -> Answer:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["icv", *map(str, words)])
            for name, value in settings.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as ended:
                main()
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def scheme(icv: Icv, tmp_path: Path, upgraded_sqlite: Path) -> Icv:
    """The same on a database with empty tables, as `icv upgrade` leaves it."""
    shutil.copyfile(upgraded_sqlite, tmp_path / "icv.db")
    return icv


def taken_in(icv: Icv, folder: str) -> dict[str, object]:
    for kind in KINDS:
        if (REPLAY / folder / f"{kind}.csv").exists():
            answer = icv("import", kind, REPLAY / folder / f"{kind}.csv")
            assert answer.returncode == 0, answer.stderr
    expected: dict[str, object] = json.loads((REPLAY / folder / "expected.json").read_text())
    return expected


@pytest.mark.parametrize("folder", sorted(path.name for path in REPLAY.iterdir() if path.is_dir()))
def test_published_figures_come_out_of_the_import_files(scheme: Icv, folder: str) -> None:
    expected = taken_in(scheme, folder)
    asked = ("--from", expected["from"], "--to", expected["to"], "--as-of", expected["as_of"], "--json")
    assert json.loads(scheme("stats", *asked).stdout) == expected["figures"]


def test_a_new_database_is_for_its_owner_alone(icv: Icv, tmp_path: Path) -> None:
    assert icv("upgrade").returncode == 0
    assert (tmp_path / "icv.db").stat().st_mode & 0o077 == 0


def test_upgrading_twice_is_safe(scheme: Icv) -> None:
    again = scheme("upgrade")
    assert (again.returncode, again.stdout) == (0, "The database is up to date.\n")


def test_the_example_keeps_the_published_figures_and_is_alive_today(icv: Icv) -> None:
    assert icv("demo").returncode == 0
    expected = json.loads((REPLAY / "leicestershire-2023-12" / "expected.json").read_text())
    figures = icv("stats", "--from", expected["from"], "--to", expected["to"], "--json")
    assert json.loads(figures.stdout) == expected["figures"]
    monday = monday_of(london_day(datetime.now(UTC)))
    coming = icv("stats", "--from", monday, "--to", monday + timedelta(weeks=8, days=-1), "--json")
    assert json.loads(coming.stdout)["visits"]["not_yet_due"] >= 14


def test_the_example_does_not_mix_with_records(scheme: Icv) -> None:
    taken_in(scheme, "staffordshire-2014-q1")
    refused = scheme("demo")
    assert refused.returncode == 1
    assert "holds records already" in refused.stderr


def test_a_bad_row_is_named_and_nothing_is_written(scheme: Icv, tmp_path: Path) -> None:
    file = tmp_path / "suites.csv"
    file.write_text("suite,visits_per_week,open_from\nNorth,1,2020-01-01\nSouth,often,03/12/2023\n")
    refused = scheme("import", "suites", file)
    assert refused.returncode == 1
    assert "row 3, column visits_per_week" in refused.stderr
    assert "2023-12-03" in refused.stderr
    assert scheme("import", "suites", file, "--dry-run").returncode == 1
    file.write_text("suite,visits_per_week,open_from\nNorth,1,2020-01-01\n")
    assert "1 suites added" in scheme("import", "suites", file, "--dry-run").stdout
    assert "1 suites added" in scheme("import", "suites", file).stdout


def test_an_export_comes_back_the_same(scheme: Icv, icv: Icv, tmp_path: Path) -> None:
    taken_in(scheme, "leicestershire-2023-12")
    assert scheme("export", tmp_path / "first").returncode == 0
    other = {"ICV_DATABASE_URL": f"sqlite:///{tmp_path / 'other.db'}"}
    icv("upgrade", **other)
    for kind in KINDS:
        answer = icv("import", kind, tmp_path / "first" / f"{kind}.csv", **other)
        assert answer.returncode == 0, answer.stderr
    icv("export", tmp_path / "second", **other)
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


def test_a_rota_is_printed_and_kept_only_when_asked(scheme: Icv) -> None:
    scheme("import", "suites", REPLAY / "leicestershire-2023-12" / "suites.csv")
    scheme("import", "volunteers", REPLAY / "leicestershire-2023-12" / "volunteers.csv")
    asked = ("rota", "build", "--from", "2023-10-02", "--to", "2023-10-29", "--seed", 7, "--json")
    first, second = json.loads(scheme(*asked).stdout), json.loads(scheme(*asked).stdout)
    first.pop("seconds"), second.pop("seconds")
    assert first == second
    assert {"from", "to", "seed", "status", "visits", "unfilled", "quality"} <= set(first)
    assert len(first["visits"]) + len(first["unfilled"]) == 12
    for keeping in ("--save", "--publish"):
        assert "The week of 2 October to 8 October 2023 is over" in scheme(*asked, keeping).stderr
    said = scheme(*asked[:-1]).stdout
    assert f"Status: {first['status']}." in said
    assert "No rota for these people and rules leaves fewer visits empty" in said
    assert first["time_limit_hit"] is ("The time limit was reached" in said)
    assert (first["taken_as_free"] > 0) is ("Taken as free" in said)


def test_weeks_that_have_their_visits_are_not_drawn_to_be_kept(scheme: Icv) -> None:
    scheme("import", "suites", REPLAY / "leicestershire-2023-12" / "suites.csv")
    first = monday_of(london_day(datetime.now(UTC))) + timedelta(weeks=2)
    asked = ("rota", "build", "--from", first.isoformat(), "--to", (first + timedelta(days=6)).isoformat())
    assert scheme(*asked, "--publish").returncode == 0
    for keeping in ("--save", "--publish"):
        refused = scheme(*asked, keeping)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "Visits are scheduled already for" in refused.stderr
        assert "Choose other weeks or suites" in refused.stderr
    assert scheme(*asked).returncode == 0, "looking is always allowed"


def test_a_rota_of_nothing_or_of_nobody_says_what_to_do(scheme: Icv) -> None:
    asked = ("rota", "build", "--from", "2023-10-02", "--to", "2023-10-15")
    assert "Choose other dates, or look at the suites' open periods" in scheme(*asked).stdout
    in_json = scheme(*asked, "--json")
    assert "No visit is needed in these weeks" in in_json.stderr
    assert json.loads(in_json.stdout)["visits"] == []
    scheme("import", "suites", REPLAY / "leicestershire-2023-12" / "suites.csv")
    assert "nobody (no visitor is in office that week: add people, or import them)" in scheme(*asked).stdout


def test_an_invitation_is_a_link_and_the_last_coordinator_gets_back_in(scheme: Icv) -> None:
    invited = scheme("user", "invite", "jo@example.org", "--role", "coordinator", "--role", "panel")
    assert invited.stdout.startswith("http://127.0.0.1:5000/link/")
    assert scheme("user", "link", "JO@example.org").stdout.startswith("http://127.0.0.1:5000/link/")
    unknown = scheme("user", "link", "nobody@example.org")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "No account has the address" in unknown.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ICV_DATABASE_URL", "mysql://elsewhere"),
        ("ICV_BASE_URL", "visiting.example.org"),
        ("ICV_SECRET_KEY", "short"),
        ("ICV_TRUSTED_PROXIES", "some"),
        ("ICV_MAIL_URL", "mail.example.org"),
    ],
)
def test_a_broken_setting_is_named_without_a_trace(icv: Icv, name: str, value: str) -> None:
    answer = icv("check", **{name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(name)
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("stats", "--from", "2024-02-30", "--to", "2024-03-01"), "is not a day"),
        (("stats", "--from", "2024-03-01", "--to", "2024-02-01"), "before it begins"),
        (("stats", "--to", "2024-02-01"), "--from"),
        (("import", "people", "x.csv"), "people"),
        (("nonsense",), "nonsense"),
        (("rota", "build", "--from", "2024-01-01", "--to", "2026-01-01"), "53 weeks"),
        (("rota", "build", "--from", "0001-01-01", "--to", "9999-12-31"), "from 1900 to 2199"),
        (("rota", "build", "--from", "2024-01-01", "--to", "2024-02-04", "--seed", "9" * 30), "--seed"),
        (("rota", "build", "--from", "2024-01-01", "--to", "2024-02-04", "--time-limit", "nan"), "like 60"),
        (("rota", "build", "--from", "2024-01-01", "--to", "2024-02-04", "--time-limit", "inf"), "like 60"),
        (("restore", "/nowhere/at/all"), "/nowhere/at/all"),
    ],
)
def test_a_wrong_word_is_answered_in_words(scheme: Icv, words: tuple[str, ...], says: str) -> None:
    answer = scheme(*words)
    assert answer.returncode in {1, 2}
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_database_without_tables_says_what_to_run(icv: Icv) -> None:
    answer = icv("stats", "--from", "2024-01-01", "--to", "2024-02-01")
    assert answer.returncode == 1
    assert "icv upgrade" in answer.stderr


def test_the_command_is_installed_and_ends_with_its_exit_code() -> None:
    command = Path(sys.executable).parent / "icv"
    answer = subprocess.run(
        [command, "check"], env={"ICV_DATABASE_URL": "nowhere"}, capture_output=True, text=True
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("ICV_DATABASE_URL")
