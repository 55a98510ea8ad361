"""The worker: a real process that sends, seals and can be stopped, and a queue whose loss loses nothing."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import BadSetting, Config
from icv.jobs import Jobs, run_worker, work
from icv.services import letters
from icv.services.trail import verify
from icv.store.drawing import Draw
from icv.store.engine import open_engine, reading, writing
from icv.store.keeping import Event, last_time
from icv.store.letters import Letter
from icv.store.trail import note
from tests.workshop import NOW

PATIENCE_SECONDS = 600  # only so that a test that stands still ends
AN_HOUR = 3600
NO_SUITES = {"suites": [], "replaces": False}
WORKER = """
import sys
from icv.config import BadSetting, Config
from icv.jobs import work
work(Config(sys.argv[1], "k" * 40, "http://127.0.0.1:5000", 0, "smtp://127.0.0.1:1"))
"""


@pytest.fixture
def config(upgraded_url: str) -> Config:
    return Config(upgraded_url, "k" * 40, "http://127.0.0.1:5000", 0, "smtp://127.0.0.1:1")


@pytest.fixture
def engine(config: Config) -> Iterator[sa.Engine]:
    engine = open_engine(config.database_url)
    yield engine
    engine.dispose()


def wait_until(engine: sa.Engine, found: Callable[[Session], object]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with reading(engine) as session:
            if found(session):
                return
        time.sleep(0.1)
    pytest.fail(f"the worker did not do it in {PATIENCE_SECONDS} seconds")


def tries(session: Session) -> int:
    return session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Letter.tries), 0))) or 0


def post_letter(engine: sa.Engine, key: str) -> None:
    with writing(engine) as session:
        letters.write(session, "test", key, "v@example.org", "Your duty", "…", at=NOW)
        note(session, "offered a duty", "visit", 1, by=None, at=NOW)
        session.commit()


def test_the_worker_works_until_it_is_asked_to_stop(engine: sa.Engine, config: Config) -> None:
    post_letter(engine, "1")
    worker = subprocess.Popen([sys.executable, "-W", "error", "-c", WORKER, config.database_url])
    wait_until(engine, lambda session: last_time(session, Event.WORKER_BEAT))
    wait_until(engine, tries)
    wait_until(engine, lambda session: verify(session).sealed_to)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0


@pytest.fixture
def at_work(engine: sa.Engine, config: Config) -> Iterator[Jobs]:
    """A worker within this process, past its first round. The next would come in an hour."""
    jobs, stop = Jobs(config, lambda: NOW), threading.Event()
    worker = threading.Thread(target=run_worker, args=(jobs, stop, AN_HOUR))
    worker.start()
    wait_until(engine, lambda session: last_time(session, Event.WORKER_BEAT))
    yield jobs
    stop.set()
    worker.join(PATIENCE_SECONDS)
    jobs.close()
    assert not worker.is_alive()


@pytest.mark.usefixtures("at_work")
def test_what_was_just_asked_for_does_not_wait_for_the_next_round(engine: sa.Engine) -> None:
    post_letter(engine, "1")
    with writing(engine) as session:
        session.add(
            Draw(first_on=NOW.date(), last_on=NOW.date(), seed=1, asked=NO_SUITES, turn=1, asked_at=NOW)
        )
        session.commit()
    wait_until(engine, lambda session: tries(session) == 1)
    wait_until(engine, lambda session: session.scalar(sa.select(Draw.ended_at)))


def test_an_older_letter_waits_for_its_round(engine: sa.Engine, config: Config) -> None:
    post_letter(engine, "1")
    minute_later = Jobs(config, lambda: NOW + timedelta(minutes=1))
    minute_later.look()
    assert len(minute_later.queue) == 0
    just_then = Jobs(config, lambda: NOW)
    just_then.look()
    assert len(just_then.queue) == 1
    minute_later.close()
    just_then.close()


def test_looking_at_a_database_that_is_gone_ends_no_worker(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = Jobs(config, lambda: NOW)
    with jobs.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE letters RENAME TO away"))
    jobs.look()
    with jobs.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE away RENAME TO letters"))
    jobs.close()
    assert "could not look" in caplog.text


def test_a_worker_without_tables_says_what_to_do(empty_url: str) -> None:
    with pytest.raises(BadSetting, match="run `icv upgrade`"):
        work(Config(empty_url, "k" * 40, "http://127.0.0.1:5000", 0, None))


@pytest.mark.parametrize("upgraded_url", ["sqlite"], indirect=True)
def test_the_queue_lies_beside_the_database(config: Config, tmp_path: Path) -> None:
    Jobs(config, lambda: NOW).close()
    assert (tmp_path / "icv-jobs.db").exists()
