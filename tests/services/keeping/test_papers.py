"""A frozen paper comes back from a backup to the letter, and is held as fast as before."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import Config
from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.digests import digest_of
from icv.rules.paper import PaperKind, Paragraph
from icv.rules.paper.written import paper_from_json
from icv.services import papers
from icv.services.keeping import backup, restore
from icv.store.engine import reading, writing
from icv.store.migrating import current_revision, downgrade, newest_revision, upgrade
from icv.store.papers import FrozenPaper, frozen_paper
from tests.services.keeping.installation import content, wipe
from tests.workshop import NOW, TODAY, Workshop


def sent(session: Session) -> int:
    """The id of a paper that was frozen with words written over it, a draft beside it."""
    account = Workshop(session).account(Role.COORDINATOR, email="writer@example.org")
    by = Actor(account.id, None, account.name, frozenset({Role.COORDINATOR}))
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    paper_id, other = (papers.begin(session, kind, march, by=by, at=NOW) for kind in PaperKind)
    for one in (paper_id, other):
        _write_over(session, one, by)
    whole = papers.held_for_freezing(session, paper_id, today=TODAY)
    assert whole is not None
    papers.freeze(session, whole, whole.seal, by=by, at=NOW, link="")
    session.commit()
    return paper_id


def _write_over(session: Session, paper_id: int, by: Actor) -> None:
    whole = papers.held_for_freezing(session, paper_id, today=TODAY)
    assert whole is not None
    one = next(one for one in whole.blocks if isinstance(one.block, Paragraph))
    papers.write_over(session, whole, one.key, "“Mine”\n£3", one.stamp, by=by, at=NOW)


HELD = (
    "UPDATE panel_papers SET title = 'Another' WHERE frozen_at IS NOT NULL",
    "DELETE FROM paper_words",
    "UPDATE paper_words SET words = 'Others'",
)


def assert_held(engine: sa.Engine) -> None:
    for act in HELD:
        with writing(engine) as session, pytest.raises(sa.exc.DBAPIError, match="never changes"):
            session.execute(sa.text(act))
    with writing(engine) as session, pytest.raises(sa.exc.DBAPIError, match="only ever added to"):
        session.execute(sa.text("DELETE FROM trail"))


def test_a_frozen_paper_keeps_its_digest_and_its_words_through_a_backup(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    with writing(filled) as session:
        paper_id = sent(session)
        before = _frozen(session, paper_id)
    whole = content(filled)
    backup(config, folder / "whole", at=NOW)
    filled.dispose()
    wipe(config)
    restore(config, folder / "whole", at=NOW)
    with reading(filled) as session:
        after = _frozen(session, paper_id)
        assert after == before
        assert digest_of(after.content) == after.digest
        assert paper_from_json(after.content).reference == after.reference
    assert content(filled) == whole
    assert_held(filled)


def test_a_backup_is_put_over_papers_that_are_frozen_and_back_again(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    """What refuses to change a row does not refuse to give the whole database back."""
    backup(config, folder / "before", at=NOW)
    with writing(filled) as session:
        sent(session)
    whole = content(filled)
    filled.dispose()
    aside = restore(config, folder / "before", force=True, at=NOW).kept_aside
    assert aside is not None
    assert content(filled) != whole
    filled.dispose()
    restore(config, aside, force=True, at=NOW + timedelta(days=1))
    assert content(filled) == whole
    assert_held(filled)


@pytest.mark.parametrize("revision", ["0001", "0005"])
def test_a_backup_of_an_older_version_is_put_over_a_newer_one(
    filled: sa.Engine, config: Config, folder: Path, revision: str
) -> None:
    """Before an upgrade one makes a backup; whoever goes back to it has the newer tables in the way."""
    filled.dispose()
    downgrade(config.database_url, revision)
    backup(config, folder / "older", at=NOW)
    upgrade(config.database_url)
    with writing(filled) as session:
        sent(session)
    filled.dispose()
    restore(config, folder / "older", force=True, at=NOW)
    with filled.connect() as connection:
        assert current_revision(connection) == newest_revision()
    with writing(filled) as session:
        sent(session)
    assert_held(filled)


@pytest.mark.parametrize("upgraded_url", ["postgres"], indirect=True)
def test_what_holds_a_table_of_another_program_survives_a_restore(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    backup(config, folder / "copy", at=NOW)
    with filled.execution_options(icv_writes=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE theirs (name text)")
        connection.exec_driver_sql(
            "CREATE FUNCTION refuse_theirs() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RAISE EXCEPTION ''theirs is full''; END'"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER full_already BEFORE INSERT ON theirs EXECUTE FUNCTION refuse_theirs()"
        )
    filled.dispose()
    restore(config, folder / "copy", force=True, at=NOW)
    with filled.execution_options(icv_writes=True).begin() as connection:
        with pytest.raises(sa.exc.DBAPIError, match="theirs is full"), connection.begin_nested():
            connection.exec_driver_sql("INSERT INTO theirs VALUES ('one more')")
        connection.exec_driver_sql("DROP TABLE theirs")
        connection.exec_driver_sql("DROP FUNCTION refuse_theirs")


def _frozen(session: Session, paper_id: int) -> FrozenPaper:
    found = frozen_paper(session, paper_id)
    assert found is not None
    return found
