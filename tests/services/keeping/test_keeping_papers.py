"""A frozen paper comes back from a backup to the letter, and is held as fast as before."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import Config
from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.digests import digest_of
from icv.rules.paper import PaperKind
from icv.rules.paper.written import paper_from_json
from icv.services import papers
from icv.services.keeping import backup, restore
from icv.store.engine import reading, writing
from icv.store.papers import FrozenPaper, frozen_paper
from tests.services.keeping.installation import wipe
from tests.workshop import NOW, TODAY, Workshop


def test_a_frozen_paper_keeps_its_digest_through_a_backup(
    filled: sa.Engine, config: Config, folder: Path
) -> None:
    with writing(filled) as session:
        account = Workshop(session).account(Role.COORDINATOR, email="writer@example.org")
        by = Actor(account.id, None, account.name, frozenset({Role.COORDINATOR}))
        march = Period(date(2026, 3, 1), date(2026, 3, 31))
        paper_id = papers.begin(session, PaperKind.ANNUAL, march, by=by, at=NOW)
        whole = papers.held_for_freezing(session, paper_id, today=TODAY)
        assert whole is not None
        papers.freeze(session, whole, whole.seal, by=by, at=NOW, link="")
        session.commit()
        before = _frozen(session, paper_id)
    backup(config, folder / "whole", at=NOW)
    filled.dispose()
    wipe(config)
    restore(config, folder / "whole", at=NOW)
    with reading(filled) as session:
        after = _frozen(session, paper_id)
        assert after == before
        assert digest_of(after.content) == after.digest
        assert paper_from_json(after.content).reference == after.reference
    with writing(filled) as session, pytest.raises(sa.exc.DBAPIError, match="never changes"):
        session.execute(sa.text("UPDATE panel_papers SET title = 'Another'"))


def _frozen(session: Session, paper_id: int) -> FrozenPaper:
    found = frozen_paper(session, paper_id)
    assert found is not None
    return found
