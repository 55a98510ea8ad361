"""A file is checked, shown, and imported as it was shown."""

from pathlib import Path

import pytest
import sqlalchemy as sa
import xlsxwriter
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.exchange.volunteers import VOLUNTEERS
from icv.rules.stages import Stage
from icv.store.suites import Suite
from icv.store.trail import TrailEntry
from icv.store.visits import Visit
from tests.web.browser import Browser
from tests.web.importing.conftest import ASHA, Browse, as_csv, check, names
from tests.workshop import Workshop

BEN = {"name": "Ben Carter", "email": "ben@example.org", "stage": "active", "appointed_on": "2025-01-01"}


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
