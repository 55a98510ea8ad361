"""Commands on what is not theirs, and settings that look right and are not."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from icv.cli.serving import _mind_signals
from icv.config import from_environment
from tests.cli.test_commands import Answer, icv, scheme
from tests.ports import own_port

__all__ = ["icv", "scheme"]

Icv = Callable[..., Answer]


@pytest.mark.parametrize("words", [("upgrade",), ("stats", "--from", "2024-01-01", "--to", "2024-02-01")])
def test_a_file_that_is_no_database_is_named_as_such(
    icv: Icv, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "letters.doc").write_text("Dear Sir or Madam, " * 500)
    answer = icv(*words, ICV_DATABASE_URL=f"sqlite:///{tmp_path / 'letters.doc'}")
    assert answer.returncode == 1
    assert answer.stderr.startswith("The database (ICV_DATABASE_URL) cannot be used: file is not a database")


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_restoring_never_takes_the_place_of_another_programs_records(
    scheme: Icv, tmp_path: Path, force: tuple[str, ...]
) -> None:
    assert scheme("backup", tmp_path / "copy").returncode == 0
    with closing(sqlite3.connect(tmp_path / "shop.db")) as shop:
        shop.execute("CREATE TABLE sold (what TEXT)")
        shop.execute("INSERT INTO sold VALUES ('a lamp')")
        shop.commit()
        answer = scheme(
            "restore", tmp_path / "copy", *force, ICV_DATABASE_URL=f"sqlite:///{tmp_path}/shop.db"
        )
        assert answer.returncode == 1
        assert "did not make (sold)" in answer.stderr
        assert shop.execute("SELECT what FROM sold").fetchall() == [("a lamp",)]


def test_a_database_named_from_here_is_the_same_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service runs web and worker in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    config = from_environment({"ICV_DATABASE_URL": "sqlite:///here.db"}, tmp_path)
    assert config.database_url == f"sqlite:///{tmp_path / 'here.db'}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ICV_DATABASE_URL", "sqlite://"),
        ("ICV_DATABASE_URL", "sqlite:///:memory:"),
        ("ICV_DATABASE_URL", "postgresql://icv:secret@localhost:port/icv"),
        ("ICV_BASE_URL", "http://127.0.0.1:99999"),
        ("ICV_BASE_URL", "http://the scheme"),
        ("ICV_BASE_URL", "https://example.org/visiting"),
    ],
)
def test_a_setting_that_only_looks_right_stops_the_start(icv: Icv, name: str, value: str) -> None:
    answer = icv("check", **{name: value})
    assert answer.returncode == 1
    assert answer.stderr.startswith(name)


@pytest.mark.parametrize("email", ["@", "ada@example", "ada@exa\nmple.org", "ada lovelace@example.org"])
def test_a_way_in_needs_an_address_that_a_letter_can_go_to(scheme: Icv, email: str) -> None:
    answer = scheme("user", "invite", email, "--role", "panel")
    assert answer.returncode == 1
    assert "is not an e-mail address" in answer.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_each_way_of_asking_a_service_to_stop_is_the_same_to_it(how: signal.Signals) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    try:
        # A shell starts what it runs in the background deaf to the keyboard.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        _mind_signals()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(how)
    finally:
        for one, was in before.items():
            signal.signal(one, was)


@pytest.fixture
def port() -> Iterator[int]:
    with own_port() as port:
        yield port


def test_a_service_whose_terminal_is_closed_leaves_nothing_running(
    tmp_path: Path, upgraded_sqlite: Path, port: int
) -> None:
    """It used to leave the pages served and the worker gone."""
    shutil.copyfile(upgraded_sqlite, tmp_path / "icv.db")
    service = subprocess.Popen(
        [sys.executable, "-m", "icv", "serve", "--port", str(port)],
        env={"ICV_DATABASE_URL": f"sqlite:///{tmp_path / 'icv.db'}", "ICV_SECRET_KEY": "s" * 32},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert service.stdout
    said = ""
    while "/link/" not in said:
        line = service.stdout.readline()
        assert line, f"The service did not start: {said}"
        said += line
    os.killpg(service.pid, signal.SIGHUP)
    assert service.wait(timeout=600) == 0
    service.stdout.close()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
