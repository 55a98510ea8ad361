"""What an import refuses: every error is told by row and column, and nothing is written."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import xlsxwriter
from sqlalchemy.orm import Session

from icv.services.exchange import BOOKS, ImportRefused, import_file
from icv.store.engine import reading, writing
from icv.store.everything import METADATA
from icv.store.suites import Suite
from icv.store.visits import Visit
from tests.services.sheets import FINDING, SUITE, VISIT, VISITOR, VOLUNTEER, Files
from tests.workshop import NOW

COUNTS = {"in_custody": "10", "offered": "7", "accepted": "5", "declined": "2", "not_offered": "3"}


@pytest.fixture
def files(session: Session, tmp_path: Path) -> Files:
    """A suite, two people and a visit are on record."""
    files = Files(session, tmp_path)
    files.take("suites", SUITE)
    files.take("volunteers", VOLUNTEER, VISITOR)
    files.take("visits", VISIT)
    return files


NEW = {
    "suites": {**SUITE, "suite": "Keyham Lane"},
    "volunteers": {**VISITOR, "email": "new@example.org"},
    "visits": {**VISIT, "visit": "V002"},
    "findings": FINDING,
}
APPLICANT = {**VOLUNTEER, "email": "new@example.org"}


@pytest.mark.parametrize(
    ("kind", "cells", "column", "told"),
    [
        ("suites", {"open_from": "03/12/2023"}, "open_from", "write 2023-12-03"),
        ("suites", {"open_to": "2009-12-31"}, "open_to", "before open_from"),
        ("suites", {"suite": ""}, "suite", "must not be blank"),
        ("suites", {"kind": "spare"}, "kind", "main, contingency"),
        ("suites", {"visits_per_week": "weekly"}, "visits_per_week", "not a number"),
        ("suites", SUITE, "suite", "on record already; use --update"),
        ("volunteers", {"stage": "visitor"}, "stage", "applied, shortlisted, interviewed"),
        ("volunteers", {"appointed_on": ""}, "appointed_on", "must not be blank at stage active"),
        ("volunteers", {"stage": "training"}, "appointed_on", "must be blank at stage training"),
        ("volunteers", {"stage": "left"}, "left_on", "must not be blank"),
        ("volunteers", {"left_on": "2020-01-01"}, "left_on", "before appointed_on"),
        ("volunteers", {"term_ends_on": "2021-01-31"}, "term_ends_on", "before appointed_on"),
        ("volunteers", {"probation_ends_on": "2021-01-31"}, "probation_ends_on", "before appointed_on"),
        ("volunteers", {"email": "ZOE@example.org"}, "email", "on record already; use --update"),
        ("volunteers", {"email": "zoe"}, "email", "not an e-mail address"),
        (
            "volunteers",
            {"vetting_requested_on": "2021-01-02", "vetting_cleared_on": "2021-01-01"},
            "vetting_cleared_on",
            "before vetting_requested_on",
        ),
        (
            "volunteers",
            {"vetting_cleared_on": "2021-01-02", "vetting_expires_on": "2021-01-01"},
            "vetting_expires_on",
            "before vetting_cleared_on",
        ),
        ("visits", {"visit": "V001"}, "visit", "on record already; use --update"),
        ("visits", {"suite": "Elsewhere"}, "suite", "there is no suite Elsewhere"),
        ("visits", {"visitor_1": "ghost@example.org"}, "visitor_1", "nobody has the address"),
        (
            "visits",
            {"visitor_1": "zoe@example.org", "visitor_2": "Zoe@example.org"},
            "visitor_2",
            "is visitor_1 too",
        ),
        ("visits", {"week_ends": "2023-11-26"}, "week_ends", "before week_starts"),
        ("visits", {"scheduled": "maybe"}, "scheduled", "neither yes nor no"),
        ("visits", {"mode": "phone"}, "mode", "in_person, telephone, video"),
        ("visits", {"outcome": "done"}, "outcome", "completed, abandoned"),
        ("visits", {"outcome": "cancelled", "reason": "Works"}, "cancelled_on", "must not be blank"),
        ("visits", {"outcome": "cancelled", "cancelled_on": "2023-11-20"}, "reason", "must not be blank"),
        (
            "visits",
            {"arrived_at": "2023-12-03T14:05", "admitted_at": "2023-12-03T14:00"},
            "admitted_at",
            "before arrived_at",
        ),
        (
            "visits",
            {"admitted_at": "2023-12-03T14:05", "left_at": "2023-12-03T14:00"},
            "left_at",
            "before admitted_at",
        ),
        (
            "visits",
            {"arrived_at": "2023-12-03T14:05", "left_at": "2023-12-03T14:00"},
            "left_at",
            "before arrived_at",
        ),
        ("visits", {"arrived_at": "2023-10-29T01:30"}, "arrived_at", "twice.*offset"),
        ("visits", {**COUNTS, "in_custody": "11"}, "in_custody", "add up to 10.*give a reason"),
        ("visits", {**COUNTS, "declined": "9"}, "in_custody", "add up to 14.*give a reason"),
        ("findings", {"visit": "V999"}, "visit", "there is no visit V999"),
        ("findings", {"state": "open"}, "state", "raised, already_actioned"),
        ("findings", {"state": "replied"}, "replied_on", "must not be blank"),
        ("findings", {"state": "closed"}, "closed_on", "must not be blank"),
        ("findings", {"replied_on": "2023-12-02"}, "replied_on", "before raised_on"),
        ("findings", {"closed_on": "2023-12-02"}, "closed_on", "before raised_on"),
        ("findings", {"category": ""}, "category", "must not be blank"),
        ("suites", {"suite": "x" * 101}, "suite", "has 101 characters; shorten it to 100 or fewer"),
        ("suites", {"address": "x" * 301}, "address", "has 301 characters; shorten it to 300"),
        ("suites", {"team": "x" * 101}, "team", "shorten it to 100"),
        ("volunteers", {"name": "x" * 101}, "name", "shorten it to 100"),
        ("volunteers", {"phone": "0" * 41}, "phone", "shorten it to 40"),
        ("volunteers", {"round": "x" * 101}, "round", "shorten it to 100"),
        ("volunteers", {"vetting_level": "x" * 41}, "vetting_level", "shorten it to 40"),
        (
            "volunteers",
            {"left_reason": "x" * 1001},
            "left_reason",
            "has 1,001 characters; shorten it to 1,000",
        ),
        ("volunteers", {"email": f"{'x' * 250}@example.org"}, "email", "not an e-mail address"),
        ("volunteers", {"email": "asha@example"}, "email", "not an e-mail address"),
        ("visits", {"visit": "x" * 101}, "visit", "shorten it to 100"),
        ("visits", {"reason": "x" * 4001}, "reason", "shorten it to 4,000"),
        ("findings", {"finding": "x" * 107}, "finding", "shorten it to 106"),
        ("findings", {"category": "x" * 101}, "category", "shorten it to 100"),
        ("findings", {"detail": "x" * 4001}, "detail", "has 4,001 characters; shorten it to 4,000"),
    ],
)
def test_a_bad_row_is_told_by_row_and_column(
    files: Files, kind: str, cells: dict[str, str], column: str, told: str
) -> None:
    (error,) = files.refused(kind, {**NEW[kind], **cells})
    assert error.startswith(f"row 2, column {column}: ")
    with pytest.raises(ImportRefused, match=told):
        files.take(kind, {**NEW[kind], **cells})


@pytest.mark.parametrize("column", ["term_ends_on", "probation_ends_on"])
def test_only_the_appointed_have_an_end_of_term(files: Files, column: str) -> None:
    (error,) = files.refused("volunteers", {**APPLICANT, column: "2027-01-01"})
    assert error == f"row 2, column {column}: needs appointed_on"


def test_a_reference_may_not_stand_twice(files: Files) -> None:
    assert files.refused("visits", NEW["visits"], NEW["visits"]) == [
        "row 3, column visit: V002 stands in row 2 already"
    ]
    twice = {**NEW["volunteers"], "email": "NEW@example.org"}
    assert files.refused("volunteers", NEW["volunteers"], twice) == [
        "row 3, column email: NEW@example.org stands in row 2 already"
    ]


def test_a_suite_has_one_address_and_one_team(files: Files) -> None:
    one = {**NEW["suites"], "open_to": "2015-12-31", "address": "1 Road", "team": "North"}
    other = {**one, "open_from": "2016-01-01", "open_to": "", "address": "2 Road", "team": "South"}
    errors = files.refused("suites", one, other)
    assert [error.split(":")[0] for error in errors] == ["row 3, column address", "row 3, column team"]


def test_a_suite_is_open_once_on_a_day(files: Files) -> None:
    long = {**NEW["suites"], "open_to": "2020-12-31"}
    inside = {**long, "open_from": "2012-01-01", "open_to": "2012-12-31"}
    inside_too = {**long, "open_from": "2020-12-31", "open_to": ""}
    errors = files.refused("suites", long, inside, inside_too)
    assert [error.split(":")[0] for error in errors] == ["row 3, column open_from", "row 4, column open_from"]
    assert "row 2: from 2010-01-01 to 2020-12-31" in errors[0]
    assert files.take("suites", long, {**inside_too, "open_from": "2021-01-01"}).added == 2


def test_a_period_may_not_overlap_one_on_record(files: Files) -> None:
    (error,) = files.refused("suites", {**SUITE, "open_from": "2015-01-01"}, update=True)
    assert error.startswith("row 2, column open_from: Euston Street is open already (a period on record")


@pytest.mark.parametrize(
    ("header", "errors"),
    [
        ("visit,suite,week_starts,week_ends,scheduled,colour", ["column colour: this column is unknown"]),
        (
            "visit,suite,week_starts,week_ends,scheduled,suite",
            ["column suite: this column stands there twice"],
        ),
        ("visit,suite,week_ends", ["column week_starts: this column is missing", "column scheduled: this"]),
        (",", ["column 1: the header is missing"]),
    ],
)
def test_a_header_is_judged_first(files: Files, tmp_path: Path, header: str, errors: list[str]) -> None:
    path = tmp_path / "header.csv"
    path.write_text(f"{header}\nV9,Nowhere\n")
    with pytest.raises(ImportRefused) as refusal:
        files.take_file("visits", path)
    lines = str(refusal.value).splitlines()
    assert len(lines) == len(errors)
    assert all(line.startswith(f"row 1, {error}") for line, error in zip(lines, errors, strict=True))


def test_a_cell_without_a_column_is_told(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text(
        "visit,suite,week_starts,week_ends,scheduled\nV9,Euston Street,2024-01-01,2024-01-07,yes,,x\n"
    )
    with pytest.raises(ImportRefused, match="row 2, column without a name: 'x' stands"):
        files.take_file("visits", path)


def test_every_error_of_every_row_is_told_at_once(files: Files) -> None:
    bad = {
        **VISIT,
        **COUNTS,
        "in_custody": "99",
        "suite": "Nowhere",
        "arrived_at": "03/12/2023",
        "mode": "post",
    }
    assert [error.split(":")[0] for error in files.refused("visits", {**bad, "visit": "A"}, bad)] == [
        "row 2, column suite",
        "row 2, column mode",
        "row 2, column arrived_at",
        "row 2, column in_custody",
        "row 3, column visit",
        "row 3, column suite",
        "row 3, column mode",
        "row 3, column arrived_at",
        "row 3, column in_custody",
    ]


def test_rows_are_numbered_past_blank_ones(files: Files) -> None:
    errors = files.refused("visits", NEW["visits"], {}, {**NEW["visits"], "visit": "V003", "suite": "X"})
    assert [error.split(",")[0] for error in errors] == ["row 4"]
    assert files.take("visits", NEW["visits"], {}, {**NEW["visits"], "visit": "V003"}).blank_rows == 1


def test_a_kind_nobody_knows_is_refused(files: Files, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="suites, volunteers, visits, findings"):
        files.take_file("people", tmp_path / "people.csv")


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(files: Files, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be read") as refusal:
        files.take_file("visits", tmp_path / "missing.csv")
    assert refusal.value.errors == ()


def test_one_bad_row_keeps_all_others_out(empty_sqlite: sa.Engine, tmp_path: Path) -> None:
    with writing(empty_sqlite) as session:
        Files(session, tmp_path).take("suites", SUITE)
        session.commit()
    before = rows_of(empty_sqlite)
    good = [{**VISIT, "visit": f"V{number}"} for number in range(50)]
    with writing(empty_sqlite) as session:
        assert Files(session, tmp_path).refused("visits", *good, {**VISIT, "suite": "Nowhere"})
        assert not session.new
        session.commit()
    assert rows_of(empty_sqlite) == before


def rows_of(engine: sa.Engine) -> dict[str, int]:
    with reading(engine) as session:
        return {
            table.name: session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }


@pytest.mark.parametrize("kind", BOOKS)
def test_a_file_with_a_header_alone_is_fine(session: Session, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(",".join(BOOKS[kind].format.columns) + "\n")
    assert import_file(session, kind, path, by=None, at=NOW).added == 0


def test_a_workbook_imports_like_a_csv(files: Files, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        minute = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["visit", "suite", "scheduled", "in_custody", "not_offered", "visitor_1"])
        sheet.write_row(1, 0, ["V002", "Euston Street", True, 3.0, 3, "zoe@example.org"])
        sheet.write_row(0, 6, ["week_starts", "week_ends", "arrived_at"])
        sheet.write_datetime(1, 6, datetime(2023, 11, 27), day)
        sheet.write_datetime(1, 7, datetime(2023, 12, 3), day)
        sheet.write_datetime(1, 8, datetime(2023, 12, 3, 14, 5), minute)
    assert files.take_file("visits", path).added == 1
    visit = session.scalars(sa.select(Visit).where(Visit.reference == "V002")).one()
    assert (visit.is_scheduled, visit.in_custody, visit.week_ends_on) == (True, 3, date(2023, 12, 3))
    assert visit.arrived_at == datetime(2023, 12, 3, 14, 5, tzinfo=UTC)


def test_what_nobody_sees_is_left_out_as_in_a_form(files: Files, session: Session) -> None:
    files.take("suites", {**SUITE, "suite": "Key\x07ham \u202eLane", "address": "1 Lane\x0bTown"})
    suite = session.scalars(sa.select(Suite).where(Suite.name.startswith("Key"))).one()
    assert (suite.name, suite.address) == ("Keyham Lane", "1 Lane\nTown")


@pytest.mark.parametrize(
    ("kind", "column", "what"),
    [
        ("suites", {"visits_per_week": "25"}, "is more than 21, three visits a day"),
        ("volunteers", {"applied_on": "2026-03-05"}, "2026-03-05 is still to come"),
        ("visits", {"arrived_at": "2026-03-05T00:30"}, "2026-03-05T00:30 is still to come"),
        ("findings", {"raised_on": "2126-03-04"}, "2126-03-04 is still to come"),
    ],
)
def test_what_a_form_would_refuse_for_its_day_or_number_is_asked_about(
    files: Files, kind: str, column: dict[str, str], what: str
) -> None:
    (warning,) = files.take(kind, {**NEW[kind], **column}).warnings
    assert (warning.row, warning.column) == (2, *column)
    assert warning.what.startswith(what)
