"""The health of an installation, as `icv check` tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import Config
from icv.rules.days import day_in_words, london_day
from icv.services.trail import verify
from icv.store import trail as trail_store
from icv.store.engine import open_engine, reading
from icv.store.everything import tables_in_use
from icv.store.keeping import Event, last_time
from icv.store.letters import post_bag
from icv.store.migrating import current_revision, newest_revision

BEAT_LASTS = timedelta(minutes=2)
LETTERS_MAY_WAIT = timedelta(minutes=30)
GRIEF_REMEMBERED = timedelta(days=7)
BACKUP_LASTS = timedelta(days=7)
SEALING_MAY_WAIT = timedelta(hours=1)
CLOCKS_MAY_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Check:
    """`what` is a sentence: how it is, and where it is not well, what to do."""

    name: str
    is_ok: bool
    what: str


def check(config: Config, now: datetime) -> list[Check]:
    """Every check, in order; where the database cannot be read or lacks tables, the rest is left out."""
    engine = open_engine(config.database_url)
    try:
        with reading(engine) as session:
            first = [_database(session), _migrations(session)]
            if not all(one.is_ok for one in first):
                return first
            return [*first, *_rest(session, config, now)]
    except (sa.exc.DBAPIError, OSError) as trouble:
        why = trouble.orig if isinstance(trouble, sa.exc.DBAPIError) else trouble
        return [Check("database", False, f"It cannot be read: {why}. Check ICV_DATABASE_URL.")]
    finally:
        engine.dispose()


def _rest(session: Session, config: Config, now: datetime) -> Iterator[Check]:
    yield _worker(session, now)
    yield _mail(session, now, is_set_up=config.mail_url is not None)
    yield _backups(session, now)
    yield _clock(session, now)
    yield _trail(session, now)


def _database(session: Session) -> Check:
    if session.get_bind().dialect.name != "sqlite":
        session.execute(sa.select(1))
        return Check("database", True, "PostgreSQL answers.")
    answer = session.scalar(sa.text("PRAGMA quick_check(1)"))
    if answer == "ok":
        return Check("database", True, "The file is whole.")
    return Check("database", False, f"The file is damaged: {answer}. Stop the service and restore a backup.")


def _migrations(session: Session) -> Check:
    current, newest = current_revision(session.connection()), newest_revision()
    if current == newest:
        return Check("migrations", True, f"The tables are those of this version (step {newest}).")
    return Check("migrations", False, f"The tables are at step {current}, not {newest}: run `icv upgrade`.")


def _worker(session: Session, now: datetime) -> Check:
    beat = last_time(session, Event.WORKER_BEAT)
    if beat is None:
        return Check("worker", False, "It has never run: start `icv work`. No letter goes out without it.")
    if now - beat > BEAT_LASTS:
        return Check("worker", False, f"It was last seen {_ago(now - beat)} ago: start `icv work`.")
    return Check("worker", True, "It is at work.")


def _mail(session: Session, now: datetime, *, is_set_up: bool) -> Check:
    bag = post_bag(session, now, grace=LETTERS_MAY_WAIT, memory=GRIEF_REMEMBERED)
    if bag.waiting and not is_set_up:
        what = f"{_letters(bag.waiting)} waiting and no mail server is set up: set ICV_MAIL_URL."
        return Check("mail", False, what)
    if bag.waiting and bag.oldest_waiting_at is not None:
        what = f"{_letters(bag.waiting)} waiting, the oldest for {_ago(now - bag.oldest_waiting_at)}."
        return Check("mail", False, f"{what} {bag.last_error}".strip())
    if bag.failed:
        what = f"{_letters(bag.failed)} not delivered in the past week. The last: {bag.last_error}"
        return Check("mail", False, what)
    if not is_set_up:
        return Check("mail", True, "No mail server is set up (ICV_MAIL_URL), and no letter waits for one.")
    return Check("mail", True, "No letter is late.")


def _backups(session: Session, now: datetime) -> Check:
    made = last_time(session, Event.BACKUP)
    if made is None and not tables_in_use(session):
        return Check("backups", True, "None was made yet; there is nothing to back up.")
    if made is None:
        return Check("backups", False, "None was made of this database yet: run `icv backup FILE` every day.")
    if now - made > BACKUP_LASTS:
        return Check(
            "backups", False, f"The last is {_ago(now - made)} old: run `icv backup FILE` every day."
        )
    return Check("backups", True, f"The last was made {_ago(now - made)} ago.")


def _clock(session: Session, now: datetime) -> Check:
    newest = trail_store.latest_at(session)
    if newest is not None and newest - now > CLOCKS_MAY_DIFFER:
        what = (
            f"The trail's newest entry is {_ago(newest - now)} ahead of this machine's clock: set the clock."
        )
        return Check("clock", False, what)
    if session.get_bind().dialect.name == "postgresql":
        apart = abs(session.scalars(sa.select(sa.func.clock_timestamp())).one() - now)
        if apart > CLOCKS_MAY_DIFFER:
            what = f"This machine and the database's are {_ago(apart)} apart: set both clocks."
            return Check("clock", False, what)
    return Check("clock", True, "It agrees with what was recorded.")


def _trail(session: Session, now: datetime) -> Check:
    verdict = verify(session)
    if verdict.first_break:
        return Check("trail", False, verdict.first_break)
    waiting = trail_store.unsealed_since(session)
    if waiting is not None and now - waiting > SEALING_MAY_WAIT:
        what = f"Entries since {day_in_words(london_day(waiting))} are not sealed: see that the worker runs."
        return Check("trail", False, what)
    if not verdict.sealed_to:
        return Check("trail", True, "Nothing is sealed yet.")
    return Check("trail", True, f"Sound to entry {verdict.sealed_to}; checkpoint {verdict.checkpoint}.")


def _letters(number: int) -> str:
    return "1 letter is" if number == 1 else f"{number} letters are"


def _ago(span: timedelta) -> str:
    """A length of time, in the largest unit that fits."""
    minutes = int(span.total_seconds() // 60)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            number = minutes // size
            return f"{number} {unit}" + ("" if number == 1 else "s")
    return "less than a minute"
