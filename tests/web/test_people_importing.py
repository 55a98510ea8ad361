"""Importing in the browser, through real requests: checked first, imported from what was checked."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from flask import Flask
from sqlalchemy.orm import Session

from icv.papers.sheets import csv_bytes
from icv.rules.access import Role
from icv.rules.exchange.volunteers import VOLUNTEERS
from icv.rules.stages import Stage
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.trail import TrailEntry
from icv.store.visits import Visit
from icv.web.people.checked import MOST_CHARACTERS
from tests.web.browser import Browser
from tests.workshop import Workshop

Browse = Callable[..., Browser]
ASHA = {"name": "Asha Patel", "email": "asha@example.org", "stage": "applied", "applied_on": "2026-02-01"}
BEN = {"name": "Ben Carter", "email": "ben@example.org", "stage": "active", "appointed_on": "2025-01-01"}


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def as_csv(*rows: dict[str, str]) -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return csv_bytes(columns, [[row.get(column, "") for column in columns] for row in rows])


def check(
    browser: Browser, content: bytes, name: str = "people.csv", *, status: int = 200, **fields: Any
) -> Browser:
    browser.get("/people/import")
    return browser.send(
        {"file": (io.BytesIO(content), name), **fields}, button="Check the file", status=status
    )


def names(session: Session) -> list[str]:
    session.expire_all()
    return sorted(session.scalars(sa.select(Person.name)))


def test_a_file_is_checked_and_then_imported(coordinator: Browser, session: Session) -> None:
    check(coordinator, as_csv(ASHA, BEN))
    assert coordinator.heading == "Checked: nothing written yet"
    assert "Of the volunteers in it: 2 added, 0 changed, 0 unchanged." in coordinator.text
    assert "asha@example.org" in coordinator.text
    assert names(session) == []
    coordinator.send(button="Import")
    assert "Imported the volunteers of people.csv: 2 added, 0 changed, 0 unchanged." in coordinator.text
    assert coordinator.path == "/people/"
    assert names(session) == ["Asha Patel", "Ben Carter"]
    imports = session.scalars(sa.select(TrailEntry.details).where(TrailEntry.act == "import")).all()
    assert [len(one["sha256"]) for one in imports] == [64]


def test_a_workbook_does_as_well(coordinator: Browser, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("volunteers")
        sheet.write_row(0, 0, list(ASHA))
        sheet.write_row(1, 0, list(ASHA.values()))
    check(coordinator, path.read_bytes(), "people.xlsx").send(button="Import")
    assert names(session) == ["Asha Patel"]


def test_every_error_is_told_with_its_row_and_column_and_nothing_is_written(
    coordinator: Browser, session: Session
) -> None:
    bad = {**ASHA, "email": "nonsense", "applied_on": "01/02/2026"}
    check(coordinator, as_csv(ASHA, bad, {**BEN, "appointed_on": ""}), status=422)
    assert "people.csv was not imported: 3 things are wrong in it." in coordinator.text
    assert "row 3 email" in coordinator.text
    assert "row 3 applied_on" in coordinator.text
    assert "2026-02-01" in coordinator.text
    assert "row 4 appointed_on" in coordinator.text
    assert names(session) == []


def test_what_would_change_is_shown_field_by_field(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(Stage.APPLIED, name="Asha Patel", email="asha@example.org", phone="07700 900123")
    session.commit()
    change = {"name": "Asha Patel-Smith", "email": "asha@example.org", "stage": "applied", "phone": ""}
    check(coordinator, as_csv(change), status=422)
    assert "on record already; tick “Change those already on record”" in coordinator.text
    check(coordinator, as_csv(change), is_update="y")
    assert "0 added, 1 changed, 0 unchanged" in coordinator.text
    assert "asha@example.org name Asha Patel Asha Patel-Smith" in coordinator.text
    assert "asha@example.org phone 07700 900123 blank" in coordinator.text
    assert "applied_on" not in coordinator.text, "columns that the file has not stay as they are"
    assert names(session) == ["Asha Patel"]
    assert "read vetting" in session.scalars(sa.select(TrailEntry.act)).all(), "it may show vetting days"
    coordinator.send(button="Import")
    assert names(session) == ["Asha Patel-Smith"]


def test_a_file_that_says_what_is_on_record_offers_no_import(coordinator: Browser, session: Session) -> None:
    check(coordinator, as_csv(ASHA)).send(button="Import")
    check(coordinator, as_csv(ASHA), is_update="y")
    assert "There is nothing to import" in coordinator.text


def test_the_check_is_made_again_before_anything_is_written(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    check(coordinator, as_csv(ASHA))
    make.person(email="asha@example.org", name="Somebody else")
    session.commit()
    coordinator.send(button="Import", status=422)
    assert "asha@example.org is on record already" in coordinator.text
    assert names(session) == ["Somebody else"]


def test_what_was_changed_since_the_check_is_not_written_over_unseen(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    asha = make.person(Stage.APPLIED, name="Asha Patel", email="asha@example.org")
    change = {"name": "Asha Smith", "email": "asha@example.org", "stage": "applied"}
    check(coordinator, as_csv(change), is_update="y")
    asha.name = "Asha Patel-Jones"
    session.commit()
    coordinator.send(button="Import")
    assert "has changed since the check" in coordinator.text
    assert "asha@example.org name Asha Patel-Jones Asha Smith" in coordinator.text
    assert names(session) == ["Asha Patel-Jones"]
    coordinator.send(button="Import")
    assert names(session) == ["Asha Smith"]


def test_pressed_twice_it_is_imported_once(coordinator: Browser, session: Session) -> None:
    check(coordinator, as_csv(ASHA))
    page = coordinator.page
    coordinator.send(button="Import")
    coordinator.page = page
    coordinator.send(button="Import", status=422)
    assert names(session) == ["Asha Patel"]


def test_a_check_counts_for_an_hour_and_for_whoever_made_it(
    coordinator: Browser, browse_as: Browse, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(coordinator, as_csv(ASHA))
    packed = next(i.get("value") for i in coordinator.page.iter("input") if i.get("name") == "packed")
    other = browse_as(Role.COORDINATOR)
    other.post("/people/import/checked", {"packed": packed})
    assert "more than an hour old" in other.text
    coordinator.post("/people/import/checked", {"packed": packed[:-4] + "AAAA"})
    assert "more than an hour old" in coordinator.text
    coordinator.post("/people/import/checked", {})
    monkeypatch.setattr("icv.web.people.checked.LASTS_SECONDS", -1)
    coordinator.post("/people/import/checked", {"packed": packed})
    assert names(session) == []


@pytest.mark.parametrize("kind", ["suites", "visits", "findings"])
def test_the_other_kinds_come_in_the_same_way(
    coordinator: Browser, make: Workshop, session: Session, kind: str
) -> None:
    make.visit(make.suite("Euston Street"), reference="V001")
    session.commit()
    rows = {
        "suites": {"suite": "Keyham Lane", "visits_per_week": "1", "open_from": "2010-01-01"},
        "visits": {
            "visit": "V002",
            "suite": "Euston Street",
            "week_starts": "2026-02-02",
            "week_ends": "2026-02-08",
            "scheduled": "yes",
        },
        "findings": {"visit": "V001", "category": "conditions", "state": "raised", "raised_on": "2026-02-03"},
    }
    check(coordinator, as_csv(rows[kind]), f"{kind}.csv", kind=kind).send(button="Import")
    assert f"Imported the {kind} of {kind}.csv: 1 added" in coordinator.text
    session.expire_all()
    assert len(session.scalars(sa.select(Suite)).all()) == (2 if kind == "suites" else 1)
    assert len(session.scalars(sa.select(Visit)).all()) == (2 if kind == "visits" else 1)


def test_what_is_doubtful_is_shown_before_it_is_imported(coordinator: Browser) -> None:
    check(coordinator, as_csv({**BEN, "vetting_expires_on": "2027-01-01"}))
    assert "Imported as it stands, but look at it" in coordinator.text
    assert "without vetting_cleared_on" in coordinator.text


def bomb(name: str, part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("[Content_Types].xml", "<Types/>")
        with parts.open(part, "w", force_zip64=True) as wide:
            for _ in range(600):
                wide.write(b" " * 2**20)
    return made.getvalue()


def greedy_ods() -> bytes:
    """A few bytes that say: this cell, ninety million times."""
    made = io.BytesIO()
    space = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="m"/>')
        parts.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0"'
            f' xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="a">'
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
            ' table:number-columns-repeated="90" office:value-type="string"><text:p>x</text:p>'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.pdf", b"%PDF-1.7", "none of .csv, .xlsx and .ods"),
        ("people.csv", b"", "people.csv is empty"),
        ("people.csv", b"\xff\xfe\x00", "not UTF-8"),
        ("people.csv", b"name;email\n", "not separated by commas"),
        ("people.xlsx", b"PK\x03\x04 nonsense", "not a spreadsheet that can be read"),
        ("../../etc/passwd", b"name\n", "passwd is none of .csv"),
        ("<script>.csv", b"", "_script_.csv is empty"),
        (".csv", b"x", "none of .csv"),
        ("wide.csv", b"," * 1_000_001, "holds more than 1,000,000 cells"),
    ],
)
def test_what_is_no_file_to_import_is_said_beside_the_field(
    coordinator: Browser, name: str, content: bytes, said: str
) -> None:
    check(coordinator, content, name, status=422)
    assert said in coordinator.text
    assert "/tmp" not in coordinator.html


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "content.xml"])
def test_a_file_that_unpacks_to_more_than_it_may_is_refused(coordinator: Browser, part: str) -> None:
    name = "bomb.xlsx" if part.startswith("xl") else "bomb.ods"
    content = bomb(name, part)
    assert len(content) < 2**20
    check(coordinator, content, name, status=422)
    assert f"{name} is too large when unpacked" in coordinator.text


def test_a_file_that_asks_for_all_memory_takes_only_its_own_process(coordinator: Browser) -> None:
    content = greedy_ods()
    assert len(content) < 1000
    check(coordinator, content, "greedy.ods", status=422)
    assert "too large when unpacked" in coordinator.text


def test_a_file_too_large_to_send_says_so(coordinator: Browser) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = coordinator.client.post("/people/import", data=b"x" * (8 * 2**20 + 1), content_type=kind)
    assert answer.status_code == 413
    assert "too large" in answer.get_data(as_text=True)


def test_a_file_too_large_for_the_page_is_left_to_the_command(
    coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_CHARACTERS < 8 * 2**20, "what is packed must come back in one request"
    monkeypatch.setattr("icv.web.people.checked.MOST_CHARACTERS", 100)
    check(coordinator, as_csv(ASHA))
    assert "icv import" in coordinator.text
    assert "packed" not in coordinator.html


def test_without_a_file_there_is_nothing_to_check(coordinator: Browser) -> None:
    coordinator.get("/people/import").send({"is_update": "y"}, button="Check the file", status=422)
    assert "Choose a file" in coordinator.text
    assert 'value="y" checked' in coordinator.html


def test_files_to_begin_with_hold_the_columns(coordinator: Browser) -> None:
    coordinator.get("/people/import").follow("volunteers.csv")
    assert coordinator.html == ",".join(VOLUNTEERS.columns) + "\n"
    coordinator.get("/people/import/nonsense.csv", status=404)


def test_words_of_the_file_are_shown_as_words(coordinator: Browser) -> None:
    check(coordinator, as_csv({**ASHA, "stage": "<script>alert()</script>"}), status=422)
    assert "<script>alert()" in coordinator.text
    assert "<script>alert()" not in coordinator.html


def test_importing_is_for_the_coordinator(app: Flask, browse_as: Browse, make: Workshop) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person())
    volunteer.get("/people/import", status=403)
    volunteer.post("/people/import/checked", {"packed": "x"}, status=403)


# -- they visit already


VISITOR = {
    "name": "Asha Patel",
    "email": "asha@example.org",
    "stage": "probation",
    "appointed_on-day": "1",
    "appointed_on-month": "2",
    "appointed_on-year": "2026",
}


def day(field: str, on: str) -> dict[str, str]:
    year, month, number = on.split("-")
    return {f"{field}-day": number, f"{field}-month": month, f"{field}-year": year}


def test_somebody_who_visits_already_is_typed_in(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.team("North")
    coordinator.get("/people/add").follow("They visit already")
    coordinator.send(
        {
            **VISITOR,
            "team": "North",
            "phone": "07700 900123",
            "vetting_level": "NPPV2",
            **day("vetting_cleared_on", "2025-12-01"),
            **day("vetting_expires_on", "2028-12-01"),
            **day("trained_on", "2026-01-10"),
            **day("probation_ends_on", "2026-07-31"),
            **day("term_ends_on", "2029-01-31"),
        }
    )
    assert "Asha Patel is on record. Invite them when they should sign in." in coordinator.text
    person = session.scalars(sa.select(Person)).one()
    assert coordinator.path == f"/people/{person.id}"
    assert "NPPV2" in coordinator.text
    assert "add" in session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject == "person")).all()


@pytest.mark.parametrize("field", ["appointed_on", "vetting_cleared_on", "trained_on"])
def test_what_is_still_to_come_is_not_typed_in_as_done(
    coordinator: Browser, session: Session, field: str
) -> None:
    coordinator.get("/people/add-visitor")
    coordinator.send({**VISITOR, **day(field, "2026-03-05")}, status=422)
    assert "This day is still to come" in coordinator.text
    coordinator.send({**VISITOR, **day(field, "2026-03-04")})
    assert names(session) == ["Asha Patel"]


def test_days_that_contradict_each_other_are_told_beside_their_field(
    coordinator: Browser, session: Session
) -> None:
    coordinator.get("/people/add-visitor").send(
        {
            **VISITOR,
            **day("vetting_cleared_on", "2025-12-01"),
            **day("vetting_expires_on", "2024-12-01"),
            **day("term_ends_on", "2025-12-01"),
        },
        status=422,
    )
    assert "1 December 2024 is before “Vetting: cleared on” (1 December 2025)" in coordinator.text
    assert "1 December 2025 is before “Appointed on” (1 February 2026)" in coordinator.text
    assert 'value="Asha Patel"' in coordinator.html
    assert names(session) == []


def test_an_address_on_record_is_not_taken_twice(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(email="asha@example.org", name="Zoe Quinn")
    coordinator.get("/people/add-visitor").send(VISITOR, status=422)
    assert "asha@example.org is on record already; look for their record instead" in coordinator.text.lower()


def test_a_name_much_like_one_on_record_is_warned_of_once(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(name="Asha Patell")
    coordinator.get("/people/add-visitor").send(VISITOR, status=422)
    assert "Somebody of this name is on record: Asha Patell" in coordinator.text
    coordinator.send()
    assert names(session) == ["Asha Patel", "Asha Patell"]


def test_a_name_of_spaces_is_no_name(coordinator: Browser) -> None:
    coordinator.get("/people/add-visitor").send({**VISITOR, "name": "   "}, status=422)
    assert "Enter the name" in coordinator.text
