"""Somebody who visits already is typed in."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people import Person
from icv.store.trail import TrailEntry
from tests.web.browser import Browser
from tests.web.importing.conftest import names
from tests.workshop import Workshop

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
