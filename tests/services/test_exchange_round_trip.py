"""What is imported goes out the same, and comes in again without a changed byte; the doubtful is said."""

import string
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.papers.csv_writing import csv_bytes
from icv.papers.sheet_files import read_sheet
from icv.rules.bounds import MOST_ANSWER
from icv.rules.exchange.cells import clean, protected
from icv.rules.exchange.findings import FINDINGS, FindingRow
from icv.rules.exchange.suites import SUITES, SuiteRow
from icv.rules.exchange.visits import VISITS, VisitRow
from icv.rules.exchange.volunteers import VOLUNTEERS, VolunteerRow
from icv.rules.findings import FindingState
from icv.rules.stages import APPOINTED, PIPELINE, Stage
from icv.rules.visits import DutyState, Mode, Outcome, VisitKind
from icv.services.exchange import BOOKS, ExportRefused, export_to
from icv.store.everything import METADATA
from icv.store.findings import Finding
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.trail import TrailEntry
from tests.services.sheets import FINDING, SUITE, VISIT, VOLUNTEER, Files
from tests.thorough import examples
from tests.workshop import NOW, Workshop

LETTERS = st.text(st.sampled_from("'=+-@\", ;é" + string.ascii_letters + string.digits), max_size=8)
NAMES = LETTERS.map(lambda text: clean(f"{text} x"))
REMARKS = st.text(st.sampled_from("'=+-@\",\n\r\té0a "), max_size=8).map(clean)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
CLOCK_CHANGE = datetime(2023, 10, 28, 23, tzinfo=UTC)
MOMENTS = st.integers(0, 300).map(lambda minutes: CLOCK_CHANGE + timedelta(minutes=minutes))
COUNTS = st.tuples(*[st.integers(0, 9)] * 5)


@st.composite
def suites(draw: st.DrawFn) -> list[SuiteRow]:
    rows = []
    for number, name in enumerate(sorted(draw(st.sets(NAMES, min_size=1, max_size=3)))):
        days = sorted(draw(st.sets(DAYS, min_size=3, max_size=3)))
        shared = {
            "suite": name,
            "address": draw(REMARKS),
            "team": draw(st.sampled_from(["", "=North", "South"])),
        }
        often = draw(st.floats(0, 99))
        rows.append(SuiteRow(**shared, open_from=days[0], open_to=days[1], visits_per_week=often))
        if number:
            rows.append(SuiteRow(**shared, open_from=days[2], visits_per_week=0.25))
    return rows


@st.composite
def volunteers(draw: st.DrawFn) -> list[VolunteerRow]:
    rows = []
    for number in range(draw(st.integers(2, 4))):
        stage = draw(st.sampled_from(Stage))
        appointed_on = draw(DAYS) if stage in APPOINTED | {Stage.LEFT} else None
        requested_on = draw(st.none() | DAYS)
        rows.append(
            VolunteerRow(
                name=draw(NAMES),
                email=draw(st.sampled_from(["+", "-", "a", "="])) + f"{number}@Example.org",
                phone=draw(st.sampled_from(["", "+44 116 496 0000", "0116 496 0000", "'0116"])),
                stage=stage,
                round=draw(st.sampled_from(["", "Winter 2023"])),
                applied_on=draw(st.none() | DAYS),
                vetting_requested_on=requested_on,
                vetting_cleared_on=requested_on,
                trained_on=draw(st.none() | DAYS),
                appointed_on=appointed_on,
                term_ends_on=appointed_on,
                left_on=appointed_on if stage is Stage.LEFT else None,
                left_reason="" if stage in PIPELINE else draw(REMARKS),
            )
        )
    return rows


@st.composite
def visits(draw: st.DrawFn, suites: list[str], emails: list[str]) -> list[VisitRow]:
    rows = []
    for reference in sorted(draw(st.sets(NAMES, min_size=1, max_size=4))):
        week_starts = draw(DAYS)
        arrived_at, admitted_at, left_at = sorted(draw(st.tuples(MOMENTS, MOMENTS, MOMENTS)))
        accepted, declined, not_offered, not_available, observed_only = draw(COUNTS)
        one, other = draw(st.permutations(["", *emails]))[:2]
        rows.append(
            VisitRow(
                visit=reference,
                suite=draw(st.sampled_from(suites)),
                week_starts=week_starts,
                week_ends=week_starts + timedelta(days=draw(st.integers(0, 9))),
                scheduled=draw(st.booleans()),
                visitor_1=one,
                visitor_2=other,
                mode=draw(st.sampled_from(Mode)),
                reason=draw(REMARKS),
                arrived_at=arrived_at,
                admitted_at=draw(st.sampled_from([None, admitted_at])),
                left_at=left_at,
                in_custody=accepted + declined + not_offered + not_available + observed_only,
                offered=accepted + declined,
                accepted=accepted,
                declined=declined,
                not_offered=not_offered,
                not_available=not_available,
                observed_only=observed_only,
            )
        )
    return rows


@st.composite
def findings(draw: st.DrawFn, visits: list[str]) -> list[FindingRow]:
    rows = []
    for number in range(draw(st.integers(0, 4))):
        raised_on = draw(DAYS)
        rows.append(
            FindingRow(
                finding=draw(st.sampled_from(["@", "F"])) + str(number),
                visit=draw(st.sampled_from(visits)),
                category=draw(NAMES),
                state=draw(st.sampled_from(FindingState)),
                serious=draw(st.booleans()),
                raised_on=raised_on,
                detail=draw(REMARKS),
                due_on=draw(st.sampled_from([None, raised_on])),
                replied_on=raised_on,
                closed_on=raised_on,
            )
        )
    return rows


@st.composite
def schemes(draw: st.DrawFn) -> dict[str, bytes]:
    """The four files of a scheme, in the order in which they are exported."""
    of_suites = draw(suites())
    people = sorted(draw(volunteers()), key=lambda row: row.email)
    of_visits = draw(visits([row.suite for row in of_suites], [row.email for row in people]))
    of_findings = sorted(draw(findings([row.visit for row in of_visits])), key=lambda row: row.finding)
    rows: list[tuple[Any, list[Any]]] = [
        (SUITES, of_suites),
        (VOLUNTEERS, people),
        (VISITS, of_visits),
        (FINDINGS, of_findings),
    ]
    return {
        form.kind: csv_bytes(form.columns, [[protected(cell) for cell in form.texts(row)] for row in some])
        for form, some in rows
    }


@examples(20)
@given(scheme=schemes())
def test_any_scheme_comes_out_as_it_went_in(session: Session, scheme: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder, undone(session):
        files = Files(session, Path(folder))
        for kind, content in scheme.items():
            path = Path(folder) / f"{kind}.csv"
            path.write_bytes(content)
            files.take_file(kind, path)
        out = Path(folder) / "out"
        export_to(session, out, by=None, at=NOW)
        assert {kind: (out / f"{kind}.csv").read_bytes() for kind in BOOKS} == scheme


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """What happens inside leaves nothing: each example begins empty."""
    inside = session.begin_nested()
    yield
    inside.rollback()
    session.expunge_all()


@pytest.fixture
def files(session: Session, tmp_path: Path) -> Files:
    return Files(session, tmp_path)


def test_a_formula_leaves_as_text(files: Files, session: Session, tmp_path: Path) -> None:
    files.take("volunteers", {**VOLUNTEER, "name": "=HYPERLINK(1)", "phone": "+44 116 496 0000"})
    export_to(session, tmp_path / "out", by=None, at=NOW)
    ((_, cells),) = read_sheet(tmp_path / "out" / "volunteers.csv", "volunteers").rows
    assert (cells[0], cells[2]) == ("'=HYPERLINK(1)", "'+44 116 496 0000")
    assert session.scalars(sa.select(Person.phone)).one() == "+44 116 496 0000"


def test_counts_that_do_not_reconcile_come_in_with_a_reason_and_a_warning(files: Files) -> None:
    files.take("suites", SUITE)
    counts = {"in_custody": "10", "offered": "7", "accepted": "5", "declined": "2"}
    imported = files.take("visits", {**VISIT, **counts, "reason": "As printed"})
    assert [str(warning) for warning in imported.warnings] == [
        "row 2, column in_custody: 10 in custody, but offered, not offered, not available and observed only"
        " add up to 7."
    ]


def test_findings_without_a_reference_are_numbered_past_those_taken(files: Files, session: Session) -> None:
    files.take("suites", SUITE)
    files.take("visits", VISIT)
    files.take("findings", {**FINDING, "finding": "V001-2"})
    blank = {**FINDING, "finding": ""}
    imported = files.take(
        "findings", {**FINDING, "finding": "V001-3", "detail": "a"}, blank, {**blank, "detail": "b"}
    )
    references = session.scalars(sa.select(Finding.reference)).all()
    assert sorted(references) == ["V001-1", "V001-2", "V001-3", "V001-4"]
    assert [str(warning) for warning in imported.warnings] == [
        "row 3, column finding: is the same as V001-2 on record; kept again as V001-1"
    ]


def test_an_export_stands_alone_in_its_folder(session: Session, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(ExportRefused, match=r"holds something else \(letter.txt\)"):
        export_to(session, tmp_path, by=None, at=NOW)
    with pytest.raises(ExportRefused, match="cannot be used"):
        export_to(session, tmp_path / "letter.txt", by=None, at=NOW)
    for _ in range(2):
        export_to(session, tmp_path / "out", by=None, at=NOW)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}


def test_an_export_is_in_the_trail(make: Workshop, session: Session, tmp_path: Path) -> None:
    account = make.account()
    export_to(session, tmp_path / "out", by=account.id, at=NOW)
    entry = session.scalars(sa.select(TrailEntry)).one()
    assert (entry.act, entry.account_id) == ("export", account.id)


def test_a_suite_never_open_stops_the_export_by_name(session: Session, tmp_path: Path) -> None:
    session.add(Suite(name="Keyham Lane"))
    session.flush()
    with pytest.raises(ExportRefused, match="Keyham Lane"):
        export_to(session, tmp_path / "out", by=None, at=NOW)


def test_terrorism_visits_and_declined_duties_stay_behind(
    make: Workshop, session: Session, tmp_path: Path
) -> None:
    suite, person = make.suite("Euston Street"), make.person(email="zoe@example.org")
    secret = make.visit(suite, reference="T1", kind=VisitKind.TERRORISM)
    make.finding(secret)
    make.duty(make.visit(suite, reference="V1"), person, state=DutyState.DECLINED)
    make.duty(make.visit(suite, reference="V2"), person, state=DutyState.OFFERED, place=2)
    export_to(session, tmp_path / "out", by=None, at=NOW)
    rows = read_sheet(tmp_path / "out" / "visits.csv", "visits").rows
    assert [(cells[0], cells[5:7]) for _, cells in rows] == [
        ("V1", ["", ""]),
        ("V2", ["", "zoe@example.org"]),
    ]
    assert not read_sheet(tmp_path / "out" / "findings.csv", "findings").rows


def test_an_export_of_made_records_imports_into_an_empty_database(
    make: Workshop, session: Session, tmp_path: Path
) -> None:
    for stage in Stage:
        make.person(stage)
    longest = "x" * MOST_ANSWER
    make.finding(make.visit(outcome=Outcome.NO_ACCESS, reason=longest), detail=longest)
    export_to(session, tmp_path / "out", by=None, at=NOW)
    for table in reversed(METADATA.sorted_tables):
        session.execute(table.delete())
    session.expunge_all()
    files = Files(session, tmp_path)
    for kind in BOOKS:
        files.take_file(kind, tmp_path / "out" / f"{kind}.csv")
    export_to(session, tmp_path / "again", by=None, at=NOW)
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
