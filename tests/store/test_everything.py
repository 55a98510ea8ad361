"""All tables together: which of them hold what somebody entered."""

from sqlalchemy.orm import Session

from icv.store.everything import tables_in_use
from icv.store.trail import note
from tests.workshop import NOW, Workshop


def test_traces_of_running_do_not_count_as_records(session: Session, make: Workshop) -> None:
    note(session, "made a set-up link", "account", None, by=None, at=NOW)
    session.flush()
    assert tables_in_use(session) == []
    make.person()
    assert "people" in tables_in_use(session)
