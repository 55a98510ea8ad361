"""Importing over what is on record: `--update` changes what the file gives and erases no history."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import EventKind
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Mode, Outcome
from icv.services.exchange import Difference
from icv.store.findings import Finding, FindingEvent
from icv.store.people import Person, StageStep, Term, Training, Vetting
from icv.store.scheme import Team
from icv.store.suites import Suite, SuitePeriod
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.services.sheets import FINDING, SUITE, VISIT, VISITOR, VOLUNTEER, Files
from tests.workshop import TODAY

VETTED = {
    **VISITOR,
    "vetting_cleared_on": "2020-12-13",
    "trained_on": "2021-01-18",
    "term_ends_on": "2024-02-01",
}


@pytest.fixture
def files(session: Session, tmp_path: Path) -> Files:
    files = Files(session, tmp_path)
    files.take("suites", {**SUITE, "address": "1 Road", "team": "North"})
    files.take("volunteers", {**VOLUNTEER, "phone": "0116 000 0000"}, {**VETTED, "phone": "+44116"})
    files.take("visits", {**VISIT, "visitor_1": "zoe@example.org", "visitor_2": "asha@example.org"})
    files.take("findings", FINDING)
    return files


def one(session: Session, table: type[Any], **where: Any) -> Any:
    return session.scalars(sa.select(table).filter_by(**where)).one()


def steps(session: Session, email: str) -> list[tuple[Stage, date | None]]:
    person = one(session, Person, email=email)
    found = (
        sa.select(StageStep.stage, StageStep.on)
        .where(StageStep.person_id == person.id)
        .order_by(StageStep.id)
    )
    return [(stage, on) for stage, on in session.execute(found)]


def test_a_column_that_is_absent_stays_and_a_blank_cell_clears(files: Files, session: Session) -> None:
    asha, zoe = dict(VOLUNTEER), dict(VISITOR)
    imported = files.take(
        "volunteers", {**asha, "name": "Asha P. Patel"}, {**zoe, "left_reason": ""}, update=True
    )
    assert (imported.added, imported.changed, imported.unchanged) == (0, 1, 1)
    person = one(session, Person, email="asha@example.org")
    assert (person.name, person.phone) == ("Asha P. Patel", "0116 000 0000")
    files.take("volunteers", {**asha, "phone": ""}, update=True)
    assert one(session, Person, email="asha@example.org").phone == ""


def test_the_same_file_again_changes_nothing(files: Files, session: Session) -> None:
    before = session.scalars(sa.select(TrailEntry.id)).all()
    assert files.take("volunteers", VOLUNTEER, VETTED, update=True).unchanged == 2
    assert files.take("visits", VISIT, update=True).unchanged == 1
    assert files.take("suites", SUITE, update=True).unchanged == 1
    assert files.take("findings", FINDING, update=True).unchanged == 1
    assert len(session.scalars(sa.select(TrailEntry.id)).all()) == len(before) + 4


def test_a_new_stage_adds_a_step_and_erases_none(files: Files, session: Session) -> None:
    vetting = {**VOLUNTEER, "stage": "vetting", "vetting_requested_on": "2024-01-08"}
    files.take("volunteers", vetting, update=True)
    assert steps(session, "asha@example.org") == [
        (Stage.APPLIED, date(2023, 11, 6)),
        (Stage.VETTING, date(2024, 1, 8)),
    ]


def test_a_stage_without_a_later_day_of_its_own_begins_with_the_import(
    files: Files, session: Session
) -> None:
    files.take("volunteers", {**VISITOR, "stage": "on_leave"}, update=True)
    assert steps(session, "zoe@example.org") == [(Stage.ACTIVE, date(2021, 2, 1)), (Stage.ON_LEAVE, TODAY)]


def test_the_latest_records_are_corrected(files: Files, session: Session) -> None:
    better = {**VISITOR, "vetting_cleared_on": "2020-12-14", "vetting_expires_on": "2025-12-14"}
    files.take(
        "volunteers", {**better, "trained_on": "2021-01-19", "term_ends_on": "2027-02-01"}, update=True
    )
    assert one(session, Vetting).expires_on == date(2025, 12, 14)
    assert one(session, Training).trained_on == date(2021, 1, 19)
    assert (one(session, Term).starts_on, one(session, Term).ends_on) == (date(2021, 2, 1), date(2027, 2, 1))


def test_a_corrected_appointment_moves_its_own_term(files: Files, session: Session) -> None:
    files.take("volunteers", {**VISITOR, "appointed_on": "2021-03-01"}, update=True)
    assert (one(session, Term).starts_on, one(session, Term).ends_on) == (date(2021, 3, 1), date(2024, 2, 1))


def test_a_blank_takes_no_record_away(files: Files, session: Session) -> None:
    blank = {**VISITOR, "trained_on": "", "vetting_cleared_on": "", "vetting_level": ""}
    imported = files.take("volunteers", blank, update=True)
    assert [warning.column for warning in imported.warnings] == ["vetting_level", "trained_on"]
    assert one(session, Training).trained_on == date(2021, 1, 18)
    assert one(session, Vetting).cleared_on == date(2020, 12, 13)


def test_a_period_is_known_by_its_opening(files: Files, session: Session) -> None:
    closing = {**SUITE, "open_to": "2023-11-26"}
    reserve = {**SUITE, "open_from": "2023-11-27", "visits_per_week": "0.25", "kind": "contingency"}
    imported = files.take("suites", closing, reserve, update=True)
    assert (imported.added, imported.changed) == (1, 1)
    found = sa.select(SuitePeriod.opens_on, SuitePeriod.closes_on, SuitePeriod.visits_a_week)
    assert [tuple(row) for row in session.execute(found.order_by(SuitePeriod.opens_on))] == [
        (date(2010, 1, 1), date(2023, 11, 26), 1),
        (date(2023, 11, 27), None, 0.25),
    ]
    assert one(session, Suite).address == "1 Road"


def test_a_suite_may_change_its_team(files: Files, session: Session) -> None:
    files.take("suites", {**SUITE, "team": "South"}, update=True)
    assert one(session, Suite).team_id == one(session, Team, name="South").id


def test_a_visit_is_filled_in_later(files: Files, session: Session) -> None:
    done = {
        **VISIT,
        "outcome": "completed",
        "mode": "video",
        "arrived_at": "2023-12-03T14:05",
        "offered": "0",
    }
    assert files.take("visits", done, update=True).changed == 1
    visit = one(session, Visit)
    assert (visit.outcome, visit.mode, visit.offered, visit.in_custody) == (
        Outcome.COMPLETED,
        Mode.VIDEO,
        0,
        0,
    )
    assert {duty.state for duty in session.scalars(sa.select(Duty))} == {DutyState.ACCEPTED}


def test_visitors_may_change_places(files: Files, session: Session) -> None:
    swapped = {**VISIT, "visitor_1": "asha@example.org", "visitor_2": "zoe@example.org"}
    files.take("visits", swapped, update=True)
    places = sa.select(Person.email, Duty.place, Duty.state, Duty.sequence).join(
        Person, Person.id == Duty.person_id
    )
    assert [tuple(row) for row in session.execute(places.order_by(Duty.id))] == [
        ("zoe@example.org", 1, DutyState.RELEASED, 1),
        ("asha@example.org", 2, DutyState.RELEASED, 1),
        ("asha@example.org", 1, DutyState.ACCEPTED, 0),
        ("zoe@example.org", 2, DutyState.ACCEPTED, 0),
    ]


def test_a_visit_moved_to_another_week_moves_in_calendars(files: Files, session: Session) -> None:
    def sequences() -> list[int]:
        return list(session.scalars(sa.select(Duty.sequence).order_by(Duty.place)))

    week = {**VISIT, "week_starts": "2024-01-08", "week_ends": "2024-01-14"}
    files.take("visits", {**VISIT, "mode": "video"}, update=True)
    assert sequences() == [0, 0]
    files.take("visits", week, update=True)
    files.take("visits", week, update=True)
    assert sequences() == [1, 1]


def test_a_finding_goes_its_way_event_by_event(files: Files, session: Session) -> None:
    put = {**FINDING, "state": "awaiting_reply", "due_on": "2023-12-17"}
    files.take("findings", put, update=True)
    files.take("findings", {**put, "state": "replied", "replied_on": "2023-12-10"}, update=True)
    files.take("findings", {**put, "state": "reopened"}, update=True)
    kinds = session.scalars(sa.select(FindingEvent.kind).order_by(FindingEvent.id)).all()
    assert kinds == [EventKind.RAISED, EventKind.PUT_TO_POLICE, EventKind.REPLIED, EventKind.REOPENED]
    finding = one(session, Finding)
    assert (finding.put_on, finding.replied_on) == (date(2023, 12, 3), date(2023, 12, 10))


def test_what_was_changed_stands_in_the_trail(files: Files, session: Session) -> None:
    files.take("visits", {**VISIT, "scheduled": "no"}, update=True)
    entry = session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id.desc()).limit(1)).one()
    assert (entry.act, entry.subject, entry.subject_id) == (
        "correct by import",
        "visit",
        one(session, Visit).id,
    )


def test_an_update_is_judged_with_what_is_on_record(files: Files) -> None:
    files.take("visits", {**VISIT, "arrived_at": "2023-12-03T14:05"}, update=True)
    (error,) = files.refused("visits", {**VISIT, "left_at": "2023-12-03T14:00"}, update=True)
    assert error.startswith("row 2, column left_at: 2023-12-03T14:00 is before arrived_at")


def test_an_update_tells_each_change_before_and_after(files: Files) -> None:
    change = {"name": "Zoe Quinn", "email": "zoe@example.org", "stage": "active", "phone": "07700 900123"}
    new = {**VOLUNTEER, "email": "new@example.org"}
    done = files.take("volunteers", change, new, update=True)
    assert done.differences == (Difference(2, "zoe@example.org", "phone", "+44116", "07700 900123"),)
    assert done.new == ("new@example.org",)
