"""What `icv check` finds: each check, well and not well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from icv.config import Config
from icv.services import letters
from icv.services.keeping import Check, check
from icv.services.trail import seal
from icv.store.engine import writing
from icv.store.keeping import Event, happened
from icv.store.letters import Letter, LetterState
from icv.store.migrating import downgrade
from icv.store.scheme import Team
from icv.store.trail import note

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NAMES = ["database", "migrations", "worker", "mail", "backups", "clock", "trail"]


@pytest.fixture
def config(upgraded_url: str) -> Config:
    return Config(upgraded_url, "k" * 40, "http://127.0.0.1:5000", 0, "smtp://127.0.0.1:1")


@pytest.fixture
def now() -> datetime:
    """The real time: the database's own clock is part of what is checked."""
    return datetime.now(UTC)


def found(config: Config, name: str, now: datetime) -> Check:
    return next(one for one in check(config, now) if one.name == name)


def test_a_sound_installation_passes_every_check(config: Config, engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        session.add(Team(name="North"))
        note(session, "added", "team", 1, by=None, at=now - DAY)
        session.flush()
        seal(session, at=now - DAY)
        happened(session, Event.WORKER_BEAT, now)
        happened(session, Event.BACKUP, now - 3 * HOUR)
        session.commit()
    checks = check(config, now)
    assert [one.name for one in checks] == NAMES
    assert [one.what for one in checks if not one.is_ok] == []
    assert found(config, "backups", now).what == "The last was made 3 hours ago."


def test_a_new_installation_lacks_only_its_worker(config: Config, now: datetime) -> None:
    assert [one.name for one in check(config, now) if not one.is_ok] == ["worker"]
    assert "start `icv work`" in found(config, "worker", now).what


def test_a_worker_that_died_is_noticed(config: Config, engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        happened(session, Event.WORKER_BEAT, now - 2 * HOUR)
        session.commit()
    assert found(config, "worker", now).what == "It was last seen 2 hours ago: start `icv work`."


def test_tables_of_another_version_end_the_checks(config: Config, now: datetime) -> None:
    downgrade(config.database_url, "0001")
    assert [(one.name, one.is_ok) for one in check(config, now)] == [
        ("database", True),
        ("migrations", False),
    ]
    assert "run `icv upgrade`" in found(config, "migrations", now).what


def test_a_database_that_cannot_be_reached_is_a_sentence(
    config: Config, upgraded_url: str, now: datetime
) -> None:
    address = sa.make_url(upgraded_url)
    if address.get_backend_name() == "sqlite":
        Path(address.database or "").write_bytes(b"not a database, but long enough to be taken for one" * 90)
        gone = config
    else:
        gone = replace(config, database_url=upgraded_url.replace(address.database or "", "nowhere"))
    (only,) = check(gone, now)
    assert (only.name, only.is_ok) == ("database", False)
    assert "ICV_DATABASE_URL" in only.what


def wait_with_letter(engine: sa.Engine, written_at: datetime, **more: object) -> None:
    with writing(engine) as session:
        letters.write(session, "test", str(written_at), "v@example.org", "Your duty", "…", at=written_at)
        session.execute(sa.update(Letter).values(made_at=written_at, **more))
        session.commit()


def test_letters_without_a_mail_server_are_noticed(config: Config, engine: sa.Engine, now: datetime) -> None:
    mute = replace(config, mail_url=None)
    assert found(mute, "mail", now).is_ok
    wait_with_letter(engine, now - 2 * HOUR)
    assert found(mute, "mail", now).what == (
        "1 letter is waiting and no mail server is set up: set ICV_MAIL_URL."
    )


def test_letters_that_are_put_off_again_and_again_are_noticed(
    config: Config, engine: sa.Engine, now: datetime
) -> None:
    wait_with_letter(engine, now - 5 * HOUR, tries=6, not_before=now + 6 * HOUR, last_error="Nobody answers.")
    assert found(config, "mail", now).what == "1 letter is waiting, the oldest for 5 hours. Nobody answers."


def test_a_letter_for_another_day_is_not_late(config: Config, engine: sa.Engine, now: datetime) -> None:
    wait_with_letter(engine, now - 5 * HOUR, not_before=now + DAY)
    assert found(config, "mail", now).is_ok


def test_a_letter_that_failed_is_shown_for_a_week(config: Config, engine: sa.Engine, now: datetime) -> None:
    wait_with_letter(engine, now - DAY, state=LetterState.FAILED, last_error="550 no such mailbox")
    assert "550 no such mailbox" in found(config, "mail", now).what
    assert not found(config, "mail", now).is_ok
    assert found(config, "mail", now + 7 * DAY).is_ok


def test_records_without_a_backup_are_noticed(config: Config, engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        session.add(Team(name="North"))
        session.commit()
    assert (
        found(config, "backups", now).what
        == "None was made of this database yet: run `icv backup FILE` every day."
    )
    with writing(engine) as session:
        happened(session, Event.BACKUP, now - 10 * DAY)
        session.commit()
    assert "10 days old" in found(config, "backups", now).what


def test_a_clock_that_went_back_is_noticed(config: Config, engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        note(session, "added", "team", 1, by=None, at=now + 3 * DAY)
        session.commit()
    assert "3 days ahead of this machine's clock" in found(config, "clock", now).what


@pytest.mark.parametrize("upgraded_url", ["postgres"], indirect=True)
def test_a_clock_apart_from_the_databases_is_noticed(config: Config, now: datetime) -> None:
    assert "2 hours apart" in found(config, "clock", now + 2 * HOUR + timedelta(minutes=5)).what


def test_a_trail_nobody_seals_is_noticed(config: Config, engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        note(session, "added", "team", 1, by=None, at=now - 2 * HOUR)
        session.commit()
    assert "not sealed" in found(config, "trail", now).what


def test_a_trail_that_was_tampered_with_is_noticed(config: Config, engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        note(session, "added", "team", 1, by=None, at=now)
        session.flush()
        seal(session, at=now)
        session.commit()
    guard = "trail_refuses_update" if engine.dialect.name == "sqlite" else "trail_refuses_change ON trail"
    with engine.connect().execution_options(icv_writes=True) as connection, connection.begin():
        connection.execute(sa.text(f"DROP TRIGGER {guard}"))
        connection.execute(sa.text("UPDATE trail SET act = 'removed'"))
    assert not found(config, "trail", now).is_ok
    assert "are not what was sealed" in found(config, "trail", now).what
