"""The worker: a real process that sends, seals and can be stopped, and a queue whose loss loses nothing."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import BadSetting, Config
from icv.jobs import Jobs, run_worker, work
from icv.services import letters
from icv.services.trail import verify
from icv.store.engine import open_engine, reading, writing
from icv.store.keeping import Event, last_time
from icv.store.letters import Letter
from icv.store.trail import note
from tests.workshop import NOW

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
    for _ in range(200):
        with reading(engine) as session:
            if found(session):
                return
        time.sleep(0.1)
    pytest.fail("the worker did not do it in 20 seconds")


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
    wait_until(engine, lambda session: tries(session) == 1)
    wait_until(engine, lambda session: verify(session).sealed_to == 1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


def test_a_nudge_does_not_wait_for_the_next_round(engine: sa.Engine, config: Config) -> None:
    at_work = Jobs(config, lambda: NOW, makes_queue=True)
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(at_work, stop))
    worker.start()
    wait_until(engine, lambda session: last_time(session, Event.WORKER_BEAT))
    web = Jobs(config, lambda: NOW)
    began = time.monotonic()
    post_letter(engine, "1")
    web.nudge()
    wait_until(engine, lambda session: tries(session) == 1)
    assert time.monotonic() - began < 10, "a round comes every 15 seconds"
    stop.set()
    worker.join(30)
    assert not worker.is_alive()
    web.close()
    at_work.close()


def test_a_nudge_that_reaches_nobody_fails_no_act(
    engine: sa.Engine, config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    web = Jobs(config, lambda: NOW)
    web.nudge()
    web.close()
    assert "could not be nudged" in caplog.text


def test_a_worker_without_tables_says_what_to_do(empty_url: str) -> None:
    with pytest.raises(BadSetting, match="run `icv upgrade`"):
        work(Config(empty_url, "k" * 40, "http://127.0.0.1:5000", 0, None))


@pytest.mark.parametrize("upgraded_url", ["sqlite"], indirect=True)
def test_the_queue_lies_beside_the_database(config: Config, tmp_path: Path) -> None:
    Jobs(config, lambda: NOW, makes_queue=True).close()
    assert (tmp_path / "icv-jobs.db").exists()
