"""Coordinators are told of new applications in one letter a day at most."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.services.recruitment.telling import tell_of_applications
from icv.services.reminding import REMINDERS
from icv.store.letters import Letter
from tests.applications import CHOICES, answers, round_open, sent
from tests.workshop import NOW, Workshop

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def tell(session: Session, at: object) -> int:
    """How many letters there are after it."""
    tell_of_applications(session, CHOICES, lambda path: f"https://icv.example.org{path}", at)  # type: ignore[arg-type]
    return len(session.scalars(sa.select(Letter.id)).all())


def test_it_is_looked_at_every_hour() -> None:
    assert tell_of_applications in REMINDERS


def test_one_letter_a_day_for_what_came_since_the_last(session: Session, make: Workshop) -> None:
    make.account(Role.COORDINATOR, email="office@example.org")
    make.account(Role.PANEL)
    round_id = round_open(make).id
    assert tell(session, NOW) == 0
    sent(session, round_id, answers("1@example.org"), person_id=make.person(Stage.APPLIED).id)
    assert tell(session, NOW + HOUR) == 1
    sent(session, round_id, answers("2@example.org"), sent_at=NOW + 2 * HOUR)
    assert tell(session, NOW + 3 * HOUR) == 1
    assert tell(session, NOW + DAY) == 2
    assert tell(session, NOW + DAY + HOUR) == 2
    assert tell(session, NOW + 2 * DAY) == 2
    first, second = session.scalars(sa.select(Letter).order_by(Letter.id))
    assert {first.to_email, second.to_email} == {"office@example.org"}
    assert "1 applicant waits to be read" in first.body
    assert "/people/applications/" not in first.body
    assert "1 application came from an address that was on record" in second.body
    assert "https://icv.example.org/people/applications/" in second.body
