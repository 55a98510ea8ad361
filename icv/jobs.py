"""Background work: what the worker does every few seconds, and sooner where it sees that somebody waits.

A row in the database is the truth; a job is only a nudge to look. Losing the queue loses nothing. A web
process writes rows and knows of no queue.
"""

import logging
import signal
import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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
from icv.store.drawing import draw_waits
from icv.store.engine import can_serve, open_engine, reading, writing
from icv.store.keeping import Event, happened
from icv.store.letters import was_just_written

ROUND_SECONDS = 15
STOPPING_SECONDS = 15  # below the time supervisors give; a letter cut off is settled later
LOOK_SECONDS = 2.0

log = logging.getLogger("icv.jobs")


class Jobs:
    """The queue and its tasks."""

    def __init__(self, config: Config, clock: Callable[[], datetime]) -> None:
        self.config = config
        self.clock = clock
        self.engine = open_engine(config.database_url)
        self.queue = open_queue(config.database_url)
        self._posting = threading.Lock()
        self._drawing = threading.Lock()
        self._closing = threading.Lock()
        self._every_round(self.beat)
        self._every_round(self.seal_trail)
        self._send: Any = self._every_round(self.send_letters)
        self._draw: Any = self._every_round(self.draw_rotas)
        self.queue.periodic_task(crontab(minute="7"), name="sweep")(self.sweep)
        for reminder in reminding.REMINDERS:
            named = f"remind_{reminder.__module__.rsplit('.', 1)[-1]}_{reminder.__name__}"
            self.queue.periodic_task(crontab(minute="12"), name=named)(partial(self.remind, reminder))
        self.queue.on_shutdown("close_queue")(self._close_queue)

    def look(self) -> None:
        """Does not leave until the next round what somebody waits for. Trouble is left to the rounds."""
        try:
            for job in self._waited_for():
                job()
        except (sa.exc.DBAPIError, sqlite3.Error, psycopg.Error):
            log.warning("The worker could not look for what waits; it does so again.", exc_info=True)
        finally:
            self.queue.storage.close()

    def _waited_for(self) -> list[Any]:
        """The jobs with something to do that are not at it. An older letter waits for its round: where the
        mail server is gone, it would be asked every two seconds otherwise."""
        now = self.clock()
        can_post = self.config.mail_url is not None and not self._posting.locked()
        can_draw = not self._drawing.locked()
        with reading(self.engine) as session:
            sends = can_post and was_just_written(session, now - timedelta(seconds=ROUND_SECONDS), now)
            draws = can_draw and draw_waits(session)
        return [job for job, is_wanted in ((self._send, sends), (self._draw, draws)) if is_wanted]

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


def open_queue(database_url: str) -> Huey:
    """Beside an SQLite database in a file of its own, inside a PostgreSQL one in tables named huey_*."""
    address = sa.make_url(database_url)
    if address.get_backend_name() == "postgresql":
        plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("icv", dsn=plain, results=False, create_tables=True)
    database = Path(address.database or "")
    database.parent.mkdir(parents=True, exist_ok=True)
    file = str(database.with_name(f"{database.stem}-jobs.db"))
    return SqliteHuey("icv", filename=file, results=False, create_tables=True)


def run_worker(jobs: Jobs, stop: threading.Event, round_seconds: int = ROUND_SECONDS) -> None:
    """Works until `stop` is set, then ends what is under way and returns."""
    worker = _Worker(jobs.queue, workers=3, max_delay=1.0, periodic=True, shutdown_timeout=STOPPING_SECONDS)
    worker.scheduler.periodic_task_seconds = round_seconds
    worker.start()
    log.info("The worker is at work.")
    while not stop.wait(LOOK_SECONDS):
        worker.check_worker_health()
        jobs.look()
    worker.stop(graceful=True)
    log.info("The worker has stopped.")


def work(config: Config) -> None:
    """`icv work`: until SIGTERM or SIGINT. Raises BadSetting for a database that is not ready."""
    _refuse_unready(config)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    jobs = Jobs(config, lambda: datetime.now(UTC))
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
