"""Background work: what the worker does every few seconds, and the queue that nudges it meanwhile.

A row in the database is the truth; a job is only a nudge to look. Losing the queue loses nothing.
"""

import logging
import signal
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer, Scheduler

from icv.config import BadSetting, Config
from icv.services import letters, reminding, rota, sweeping, trail
from icv.services.post import SmtpCarrier
from icv.store.engine import can_serve, open_engine, writing
from icv.store.keeping import Event, happened

ROUND_SECONDS = 15
STOPPING_SECONDS = 15  # below the time supervisors give; a letter cut off is settled later
LOOK_AFTER_WORKERS_SECONDS = 10.0

log = logging.getLogger("icv.jobs")


class Jobs:
    """The queue and its tasks, which web and worker must know by the same names."""

    def __init__(self, config: Config, clock: Callable[[], datetime], *, makes_queue: bool = False) -> None:
        """`makes_queue`: the worker alone makes the queue's tables, so that two cannot do so at once."""
        self.config = config
        self.clock = clock
        self.engine = open_engine(config.database_url)
        self.queue = open_queue(config.database_url, is_new=makes_queue)
        self._posting = threading.Lock()
        self._drawing = threading.Lock()
        self._closing = threading.Lock()
        self._every_round(self.beat)
        self._every_round(self.seal_trail)
        self._nudge: Any = self._every_round(self.send_letters)
        self._nudge_drawing: Any = self._every_round(self.draw_rotas)
        self.queue.periodic_task(crontab(minute="7"), name="sweep")(self.sweep)
        for reminder in reminding.REMINDERS:
            named = f"remind_{reminder.__module__.rsplit('.', 1)[-1]}_{reminder.__name__}"
            self.queue.periodic_task(crontab(minute="12"), name=named)(partial(self.remind, reminder))
        self.queue.on_shutdown("close_queue")(self._close_queue)

    def nudge(self) -> None:
        """A letter was written that should go out at once. Call after the commit."""
        self._try(self._nudge)

    def nudge_drawing(self) -> None:
        """A rota was asked for. Call after the commit."""
        self._try(self._nudge_drawing)

    def _try(self, nudge: Callable[[], object]) -> None:
        """A queue that cannot be reached is no reason to fail: the next round finds the row anyway."""
        try:
            nudge()
        except (sqlite3.Error, psycopg.Error):
            log.warning("The worker could not be nudged; it looks by itself within seconds.", exc_info=True)
        finally:
            self.queue.storage.close()

    def beat(self) -> None:
        """Tells `icv check` that the worker lives."""
        with writing(self.engine) as session:
            happened(session, Event.WORKER_BEAT, self.clock())
            session.commit()

    def send_letters(self) -> None:
        """One postman a worker, so that a slow mail server holds up letters only. Without one they wait."""
        if self.config.mail_url is None or not self._posting.acquire(blocking=False):
            return
        try:
            carrier = SmtpCarrier(self.config.mail_url, self.config.domain)
            letters.send_waiting(self.engine, carrier, self.clock)
        finally:
            self._posting.release()

    def draw_rotas(self) -> None:
        """One at a time a worker: the planner takes all the time a drawing is given."""
        if self._drawing.acquire(blocking=False):
            try:
                rota.draw_waiting(self.engine, self.clock)
            finally:
                self._drawing.release()

    def seal_trail(self) -> None:
        sealed = 1
        while sealed:
            with writing(self.engine) as session:
                sealed = trail.seal(session, at=self.clock())
                session.commit()

    def sweep(self) -> None:
        with writing(self.engine) as session:
            sweeping.sweep(session, at=self.clock())
            session.commit()

    def remind(self, reminder: reminding.Reminder) -> None:
        with writing(self.engine) as session:
            reminding.remind(session, reminder, self._address_of_page, at=self.clock())
            session.commit()

    def _address_of_page(self, path: str) -> str:
        return f"{self.config.base_url.rstrip('/')}{path}"

    def close(self) -> None:
        self.queue.storage.close()
        self.engine.dispose()

    def _close_queue(self) -> None:
        """A worker's thread listens to PostgreSQL on a connection of its own, which ends with it.

        One thread after the other: huey's own closing is not safe from two at once.
        """
        with self._closing:
            self.queue.storage.close()

    def _every_round(self, task: Callable[[], None]) -> Any:
        return self.queue.periodic_task(lambda at: True, name=task.__name__)(task)


def open_queue(database_url: str, *, is_new: bool) -> Huey:
    """Beside an SQLite database in a file of its own, inside a PostgreSQL one in tables named huey_*."""
    address = sa.make_url(database_url)
    if address.get_backend_name() == "postgresql":
        plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("icv", dsn=plain, results=False, create_tables=is_new)
    database = Path(address.database or "")
    database.parent.mkdir(parents=True, exist_ok=True)
    file = str(database.with_name(f"{database.stem}-jobs.db"))
    return SqliteHuey("icv", filename=file, results=False, create_tables=is_new)


def run_worker(jobs: Jobs, stop: threading.Event) -> None:
    """Works until `stop` is set, then ends what is under way and returns."""
    worker = _Worker(jobs.queue, workers=3, max_delay=1.0, periodic=True, shutdown_timeout=STOPPING_SECONDS)
    worker.start()
    log.info("The worker is at work.")
    while not stop.wait(LOOK_AFTER_WORKERS_SECONDS):
        worker.check_worker_health()
    worker.stop(graceful=True)
    log.info("The worker has stopped.")


def work(config: Config) -> None:
    """`icv work`: until SIGTERM or SIGINT. Raises BadSetting for a database that is not ready."""
    _refuse_unready(config)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    jobs = Jobs(config, lambda: datetime.now(UTC), makes_queue=True)
    run_worker(jobs, stop)
    jobs.close()


def _refuse_unready(config: Config) -> None:
    engine = open_engine(config.database_url)
    is_ready = can_serve(engine)
    engine.dispose()
    if not is_ready:
        raise BadSetting(
            "The database that ICV_DATABASE_URL names does not answer or has no tables yet."
            " Start it, and run `icv upgrade`, before the worker."
        )


class _Rounds(Scheduler):  # type: ignore[misc]
    periodic_task_seconds = ROUND_SECONDS


class _Worker(Consumer):  # type: ignore[misc]
    scheduler_class = _Rounds

    def _set_signal_handlers(self) -> None:
        """Signals are the business of the command that runs the worker."""
