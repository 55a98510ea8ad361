"""The replay folders: they import into an empty database, and go out and in again without a changed byte."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import EventKind
from icv.rules.stages import Stage
from icv.services.exchange import BOOKS, export_to, import_file
from icv.store.engine import open_engine, writing
from icv.store.everything import METADATA
from icv.store.findings import Finding, FindingEvent
from icv.store.people import Person, Round, StageStep, Term, Training, Vetting
from icv.store.suites import Suite, SuitePeriod
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.workshop import NOW

REPLAY = Path(__file__).parent.parent / "replay"
FOLDERS = sorted(path.name for path in REPLAY.iterdir() if path.is_dir())


def load(session: Session, folder: Path) -> None:
    for kind in BOOKS:
        if (folder / f"{kind}.csv").exists():
            import_file(session, kind, folder / f"{kind}.csv", by=None, at=NOW)


def count(session: Session, table: type) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def exported(session: Session, folder: Path) -> dict[str, bytes]:
    export_to(session, folder, by=None, at=NOW)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_replay_folder_imports_and_goes_round_unchanged(
    session: Session, folder: str, tmp_path: Path
) -> None:
    load(session, REPLAY / folder)
    out = exported(session, tmp_path / "out")
    assert sorted(out) == ["findings.csv", "manifest.json", "suites.csv", "visits.csv", "volunteers.csv"]
    engine = open_engine(f"sqlite:///{tmp_path / 'again.db'}")
    METADATA.create_all(engine)
    with writing(engine) as again:
        load(again, tmp_path / "out")
        assert exported(again, tmp_path / "again") == out
    engine.dispose()


def test_the_worked_example_is_all_there(session: Session) -> None:
    load(session, REPLAY / "leicestershire-2023-12")
    counts = {table.__tablename__: count(session, table) for table in (Suite, SuitePeriod, Person, Visit)}
    assert counts == {"suites": 3, "suite_periods": 3, "people": 43, "visits": 18}
    assert count(session, StageStep) == 43
    assert count(session, Duty) == 36
    assert [count(session, table) for table in (Vetting, Training, Term)] == [31, 16, 16]
    assert session.scalars(sa.select(Round.name)).all() == ["Winter 2023"]
    entries = session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id)).all()
    assert [(entry.act, entry.subject) for entry in entries] == [("import", kind) for kind in BOOKS]


def test_a_step_is_dated_by_its_stage(session: Session) -> None:
    load(session, REPLAY / "leicestershire-2023-12")
    steps = session.execute(
        sa.select(StageStep.stage, StageStep.on, Person)
        .join(Person, Person.id == StageStep.person_id)
        .where(Person.email.in_(["tess.carter.16@example.org", "will.iqbal.2@example.org"]))
        .order_by(Person.email)
    ).all()
    (vetting, requested_on, _), (active, appointed_on, will) = steps
    assert (vetting, str(requested_on)) == (Stage.VETTING, "2024-01-08")
    assert (active, appointed_on) == (Stage.ACTIVE, will.appointed_on)


def test_a_closed_finding_tells_its_way(session: Session) -> None:
    load(session, REPLAY / "leicestershire-2023-12")
    finding = session.scalars(sa.select(Finding).where(Finding.reference == "V012-1")).one()
    assert finding.put_on == finding.raised_on
    told = sa.select(FindingEvent.kind).where(FindingEvent.finding_id == finding.id).order_by(FindingEvent.id)
    assert list(session.scalars(told)) == [
        EventKind.RAISED,
        EventKind.PUT_TO_POLICE,
        EventKind.REPLIED,
        EventKind.CLOSED,
    ]


def test_the_manifest_gives_rows_and_digests(session: Session, tmp_path: Path) -> None:
    load(session, REPLAY / "leicestershire-2023-12")
    manifest = json.loads(exported(session, tmp_path / "out")["manifest.json"])
    assert {name: file["rows"] for name, file in manifest["files"].items()} == {
        "suites.csv": 3,
        "volunteers.csv": 43,
        "visits.csv": 18,
        "findings.csv": 7,
    }
    assert any("Accounts" in line for line in manifest["not_carried"])
