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
from icv.store.migrating import downgrade, upgrade
from icv.store.scheme import Team
from icv.store.trail import note

NOW = datetime.now(UTC)  # the database's own clock is part of what is checked
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NAMES = ["database", "migrations", "worker", "mail", "backups", "clock", "trail"]


@pytest.fixture
def config(empty_url: str) -> Config:
    upgrade(empty_url)
    return Config(empty_url, "k" * 40, "http://127.0.0.1:5000", 0, "smtp://127.0.0.1:1")


def found(config: Config, name: str, now: datetime = NOW) -> Check:
    return next(one for one in check(config, now) if one.name == name)


def test_a_sound_installation_passes_every_check(config: Config, engine: sa.Engine) -> None:
    with writing(engine) as session:
        session.add(Team(name="North"))
        note(session, "added", "team", 1, by=None, at=NOW - DAY)
        session.flush()
        seal(session, at=NOW - DAY)
        happened(session, Event.WORKER_BEAT, NOW)
        happened(session, Event.BACKUP, NOW - 3 * HOUR)
        session.commit()
    checks = check(config, NOW)
    assert [one.name for one in checks] == NAMES
    assert [one.what for one in checks if not one.is_ok] == []
    assert found(config, "backups").what == "The last was made 3 hours ago."


def test_a_new_installation_lacks_only_its_worker(config: Config) -> None:
    assert [one.name for one in check(config, NOW) if not one.is_ok] == ["worker"]
    assert "start `icv work`" in found(config, "worker").what


def test_a_worker_that_died_is_noticed(config: Config, engine: sa.Engine) -> None:
    with writing(engine) as session:
        happened(session, Event.WORKER_BEAT, NOW - 2 * HOUR)
        session.commit()
    assert found(config, "worker").what == "It was last seen 2 hours ago: start `icv work`."


def test_tables_of_another_version_end_the_checks(config: Config, engine: sa.Engine) -> None:
    with engine.connect().execution_options(icv_writes=True) as connection, connection.begin():
        downgrade(connection, "0001")
    assert [(one.name, one.is_ok) for one in check(config, NOW)] == [
        ("database", True),
        ("migrations", False),
    ]
    assert "run `icv upgrade`" in found(config, "migrations").what


def test_a_database_that_cannot_be_reached_is_a_sentence(config: Config, empty_url: str) -> None:
    address = sa.make_url(empty_url)
    if address.get_backend_name() == "sqlite":
        Path(address.database or "").write_bytes(b"not a database, but long enough to be taken for one" * 90)
        gone = config
    else:
        gone = replace(config, database_url=empty_url.replace(address.database or "", "nowhere"))
    (only,) = check(gone, NOW)
    assert (only.name, only.is_ok) == ("database", False)
    assert "ICV_DATABASE_URL" in only.what


def wait_with_letter(engine: sa.Engine, written_at: datetime, **more: object) -> None:
    with writing(engine) as session:
        letters.write(session, "test", str(written_at), "v@example.org", "Your duty", "…", at=written_at)
        session.execute(sa.update(Letter).values(made_at=written_at, **more))
        session.commit()


def test_letters_without_a_mail_server_are_noticed(config: Config, engine: sa.Engine) -> None:
    mute = replace(config, mail_url=None)
    assert found(mute, "mail").is_ok
    wait_with_letter(engine, NOW - 2 * HOUR)
    assert found(mute, "mail").what == ("1 letter is waiting and no mail server is set up: set ICV_MAIL_URL.")


def test_letters_that_are_put_off_again_and_again_are_noticed(config: Config, engine: sa.Engine) -> None:
    wait_with_letter(engine, NOW - 5 * HOUR, tries=6, not_before=NOW + 6 * HOUR, last_error="Nobody answers.")
    assert found(config, "mail").what == "1 letter is waiting, the oldest for 5 hours. Nobody answers."


def test_a_letter_for_another_day_is_not_late(config: Config, engine: sa.Engine) -> None:
    wait_with_letter(engine, NOW - 5 * HOUR, not_before=NOW + DAY)
    assert found(config, "mail").is_ok


def test_a_letter_that_failed_is_shown_for_a_week(config: Config, engine: sa.Engine) -> None:
    wait_with_letter(engine, NOW - DAY, state=LetterState.FAILED, last_error="550 no such mailbox")
    assert "550 no such mailbox" in found(config, "mail").what
    assert not found(config, "mail").is_ok
    assert found(config, "mail", NOW + 7 * DAY).is_ok


def test_records_without_a_backup_are_noticed(config: Config, engine: sa.Engine) -> None:
    with writing(engine) as session:
        session.add(Team(name="North"))
        session.commit()
    assert (
        found(config, "backups").what
        == "None was made of this database yet: run `icv backup FILE` every day."
    )
    with writing(engine) as session:
        happened(session, Event.BACKUP, NOW - 10 * DAY)
        session.commit()
    assert "10 days old" in found(config, "backups").what


def test_a_clock_that_went_back_is_noticed(config: Config, engine: sa.Engine) -> None:
    with writing(engine) as session:
        note(session, "added", "team", 1, by=None, at=NOW + 3 * DAY)
        session.commit()
    assert "3 days ahead of this machine's clock" in found(config, "clock").what


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
def test_a_clock_apart_from_the_databases_is_noticed(config: Config) -> None:
    assert "2 hours apart" in found(config, "clock", NOW + 2 * HOUR + timedelta(minutes=5)).what


def test_a_trail_nobody_seals_is_noticed(config: Config, engine: sa.Engine) -> None:
    with writing(engine) as session:
        note(session, "added", "team", 1, by=None, at=NOW - 2 * HOUR)
        session.commit()
    assert "not sealed" in found(config, "trail").what


def test_a_trail_that_was_tampered_with_is_noticed(config: Config, engine: sa.Engine) -> None:
    with writing(engine) as session:
        note(session, "added", "team", 1, by=None, at=NOW)
        session.flush()
        seal(session, at=NOW)
        session.commit()
    guard = "trail_refuses_update" if engine.dialect.name == "sqlite" else "trail_refuses_change ON trail"
    with engine.connect().execution_options(icv_writes=True) as connection, connection.begin():
        connection.execute(sa.text(f"DROP TRIGGER {guard}"))
        connection.execute(sa.text("UPDATE trail SET act = 'removed'"))
    assert not found(config, "trail").is_ok
    assert "are not what was sealed" in found(config, "trail").what
