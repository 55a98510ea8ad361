"""A report that has not come is asked for one day and three days after the week, by day, once each."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.report import Arrival
from icv.rules.visits import DutyState, Outcome
from icv.services import reports
from icv.services.reminding import REMINDERS, remind
from icv.services.report_reminders import remind_of_reports
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.visits import Visit
from tests.workshop import NOW, Workshop

WEEK_IS_OVER = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def pair(make: Workshop) -> tuple[Visit, Person, Person]:
    one, two = make.person(email="one@example.org"), make.person(email="two@example.org")
    return make.visit(make.suite("Euston Street"), one, two), one, two


def as_days_pass(session: Session, days: int) -> None:
    for hours in range(0, 24 * days, 4):
        remind(session, remind_of_reports, str, at=WEEK_IS_OVER + timedelta(hours=hours))


def letters(session: Session, email: str) -> list[tuple[str, str]]:
    """When each letter to the address was written, as day and hour, and its subject."""
    asked = sa.select(Letter.made_at, Letter.subject).where(Letter.to_email == email).order_by(Letter.id)
    return [(f"{at:%d %H}", subject) for at, subject in session.execute(asked)]


def test_both_are_reminded_after_one_day_and_after_three(
    session: Session, pair: tuple[Visit, Person, Person]
) -> None:
    as_days_pass(session, 12)
    expected = [("10 08", "Your report: Euston Street"), ("12 08", "Still no report: Euston Street")]
    assert letters(session, "one@example.org") == letters(session, "two@example.org") == expected


def test_a_draft_that_was_begun_is_told_apart_from_none(
    session: Session, make: Workshop, pair: tuple[Visit, Person, Person]
) -> None:
    visit, one, _ = pair
    by = make.actor(Role.VOLUNTEER, person=one)
    reports.save(session, visit.id, "arrival", Arrival(), version=0, by=by, at=NOW)
    as_days_pass(session, 2)
    (said,) = session.scalars(sa.select(Letter.body).where(Letter.to_email == "two@example.org"))
    assert "You or your partner have begun the report" in said
    assert f"/visits/{visit.id}/report" in said


@pytest.mark.parametrize("outcome", [Outcome.MISSED, Outcome.COMPLETED])
def test_nobody_is_reminded_of_what_is_recorded(
    session: Session, pair: tuple[Visit, Person, Person], outcome: Outcome
) -> None:
    pair[0].outcome = outcome
    as_days_pass(session, 12)
    assert letters(session, "one@example.org") == []


def test_whoever_gave_the_duty_back_is_not_reminded(
    session: Session, make: Workshop, pair: tuple[Visit, Person, Person]
) -> None:
    visit, *_ = pair
    gone = make.person(email="gone@example.org")
    make.duty(visit, gone, place=2, state=DutyState.DECLINED)
    as_days_pass(session, 12)
    assert letters(session, "gone@example.org") == []


def test_a_service_that_was_away_writes_the_later_letter_only_and_none_of_old_visits(
    session: Session, make: Workshop, pair: tuple[Visit, Person, Person]
) -> None:
    late = WEEK_IS_OVER + timedelta(days=5, hours=12)
    remind(session, remind_of_reports, str, at=late)
    assert [subject for _, subject in letters(session, "one@example.org")] == [
        "Still no report: Euston Street"
    ]
    remind(session, remind_of_reports, str, at=late + timedelta(days=9))
    assert len(letters(session, "one@example.org")) == 1


def test_the_worker_asks_for_reports() -> None:
    assert remind_of_reports in REMINDERS
