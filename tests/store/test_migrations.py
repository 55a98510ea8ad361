"""The steps of the tables: where they lead, that they can be taken back, and what they refuse."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from icv.store.engine import open_engine, writing
from icv.store.everything import METADATA
from icv.store.migrating import (
    CannotUpgrade,
    current_revision,
    downgrade,
    newest_revision,
    upgrade,
)
from icv.store.trail import TrailEntry, TrailSeal, note
from tests.workshop import NOW


@pytest.fixture
def upgraded(upgraded_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(upgraded_url)
    yield engine
    engine.dispose()


def test_the_steps_lead_to_the_tables_of_the_code(upgraded: sa.Engine) -> None:
    with upgraded.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == [], "The step is missing: see migrations/draft.py"


def test_the_steps_keep_every_check_of_the_code(upgraded: sa.Engine) -> None:
    """SQLite changes a table by copying it, and a check that is not copied is lost without a word."""
    with upgraded.connect() as connection:
        named = connection.dialect.identifier_preparer.format_constraint
        for table in METADATA.sorted_tables:
            wanted = {named(one) for one in table.constraints if isinstance(one, sa.CheckConstraint)}
            kept = {one["name"] for one in sa.inspect(connection).get_check_constraints(table.name)}
            assert kept == wanted, table.name


def test_each_step_can_be_taken_back_and_again(upgraded: sa.Engine, upgraded_url: str) -> None:
    downgrade(upgraded_url, "base")
    with upgraded.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
    assert upgrade(upgraded_url)


def test_the_tables_accept_every_word_of_every_word_list_and_no_other(upgraded: sa.Engine) -> None:
    word_lists = [
        (table, column, column.type.enums)
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum)
    ]
    assert word_lists
    with upgraded.connect() as connection:
        for table, column, words in word_lists:
            check = _check_of(connection, table.name, column.name)
            for word in (*words, "no such word"):
                asked = f'SELECT {check} FROM (SELECT CAST(:word AS VARCHAR(30)) AS "{column.name}") AS row'
                accepted = connection.scalar(sa.text(asked), {"word": word})
                assert bool(accepted) == (word in words), f"{table.name}.{column.name}: {word}"


def _check_of(connection: sa.Connection, table: str, column: str) -> str:
    """The database's own words for what it accepts in a column of words."""
    (check,) = (
        check["sqltext"]
        for check in sa.inspect(connection).get_check_constraints(table)
        if check["name"] == _name_of_check(table, column)
    )
    return f"({check})"


def _name_of_check(table: str, column: str) -> str:
    kind = METADATA.tables[table].columns[column].type
    assert isinstance(kind, sa.Enum)
    return f"ck_{table}_{kind.name}"


def test_upgrading_twice_changes_nothing_the_second_time(empty_url: str) -> None:
    assert upgrade(empty_url)
    assert not upgrade(empty_url)


def test_of_upgrades_at_once_one_works_and_the_others_find_it_done(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as several:
        worked = list(several.map(upgrade, [empty_url] * 4))
    assert sorted(worked) == [False, False, False, True]


def test_a_step_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE visits (id INTEGER)"))
    with pytest.raises(sa.exc.SQLAlchemyError):
        upgrade(empty_url)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["visits"]
    engine.dispose()


def test_tables_of_somebody_else_are_left_alone(empty_url: str) -> None:
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE people (id INTEGER)"))
    engine.dispose()
    with pytest.raises(CannotUpgrade, match="did not make"):
        upgrade(empty_url)


def test_a_database_of_a_newer_program_is_refused(upgraded: sa.Engine, upgraded_url: str) -> None:
    with upgraded.begin() as connection:
        assert current_revision(connection) == newest_revision()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CannotUpgrade, match="newer version"):
        upgrade(upgraded_url)


@pytest.mark.parametrize("table", [TrailEntry, TrailSeal])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_trail(upgraded: sa.Engine, table: type, act: str) -> None:
    with writing(upgraded) as session:
        note(session, "did something", "visit", 1, by=None, at=NOW)
        session.add(TrailSeal(first_entry_id=1, last_entry_id=1, digest="", sealed_at=NOW))
        session.commit()
    with writing(upgraded) as session, pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
        session.execute(sa.text(act.format(table.__tablename__)))


@pytest.mark.parametrize(("table", "other"), [(TrailEntry, "id"), (TrailSeal, "id"), (TrailSeal, "id + 5")])
def test_nothing_takes_the_place_of_what_the_trail_holds(
    upgraded: sa.Engine, table: type, other: str
) -> None:
    """An INSERT OR REPLACE takes rows away without a DELETE, by whatever is unique."""
    if upgraded.dialect.name != "sqlite":
        pytest.skip("PostgreSQL knows no INSERT OR REPLACE")
    with writing(upgraded) as session:
        note(session, "did something", "visit", 1, by=None, at=NOW)
        session.add(TrailSeal(first_entry_id=1, last_entry_id=1, digest="", sealed_at=NOW))
        session.commit()
    names = [column.name for column in table.__table__.columns]
    values = ", ".join([other, *names[1:]])
    act = f"INSERT OR REPLACE INTO {table.__tablename__} ({', '.join(names)}) SELECT {values}"
    with writing(upgraded) as session, pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
        session.execute(sa.text(f"{act} FROM {table.__tablename__}"))
