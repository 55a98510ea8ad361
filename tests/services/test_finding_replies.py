"""Replies chased: reminded before and after they are due, taken higher when they stay late, each once."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.findings import EventKind, FindingState
from icv.rules.scheme import Choices
from icv.services import findings, reminding
from icv.store.findings import Finding, FindingEvent
from icv.store.letters import Letter
from icv.store.scheme import Setting
from tests.workshop import NOW, TODAY, Workshop

OUTSIDE = Choices(escalation_email="superintendent@police.example")


def hourly(session: Session, days: range, choices: Choices = OUTSIDE) -> None:
    """The worker awake at three hours of each of these days after today."""
    for day in days:
        for hour in (0, 1, 2):
            at = NOW + timedelta(days=day, hours=hour)
            findings.chase_replies(session, choices, lambda path: f"http://icv{path}", at)


def kinds(session: Session, finding: Finding) -> list[EventKind]:
    return list(
        session.scalars(
            sa.select(FindingEvent.kind)
            .where(FindingEvent.finding_id == finding.id)
            .order_by(FindingEvent.id)
        )
    )


def readers(session: Session, purpose: str) -> list[str]:
    return list(
        session.scalars(sa.select(Letter.to_email).where(Letter.key.startswith(purpose)).order_by(Letter.id))
    )


@pytest.fixture
def coordinator(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.fixture
def inspector(make: Workshop) -> Actor:
    return make.actor(Role.POLICE)


def put(make: Workshop, session: Session, coordinator: Actor, *, at: datetime = NOW) -> Finding:
    finding = make.finding(state=FindingState.RAISED, detail="A broken bell")
    findings.move(session, finding.id, EventKind.PUT_TO_POLICE, by=coordinator, at=at)
    return finding


def test_the_police_are_reminded_before_and_after_and_then_it_is_taken_higher_each_once(
    make: Workshop, session: Session, coordinator: Actor, inspector: Actor
) -> None:
    finding = put(make, session, coordinator)
    hourly(session, range(60))
    assert kinds(session, finding) == [
        EventKind.PUT_TO_POLICE,
        EventKind.REMINDED,
        EventKind.REMINDED,
        EventKind.ESCALATED,
    ]
    days = session.scalars(sa.select(FindingEvent.on).order_by(FindingEvent.id)).all()
    assert [(day - TODAY).days for day in days] == [0, 11, 15, 21]
    assert len(readers(session, "finding reminder")) == 2
    assert len(readers(session, "finding escalated")) == 2, "the address outside, and the coordinator"


def test_letters_that_chase_say_nothing_of_what_was_seen_by_whom_or_where(
    make: Workshop, session: Session, coordinator: Actor, inspector: Actor
) -> None:
    finding = put(make, session, coordinator)
    hourly(session, range(30))
    outward = session.scalars(
        sa.select(Letter.body).where(
            Letter.key.startswith("finding reminder") | (Letter.to_email == OUTSIDE.escalation_email)
        )
    ).all()
    assert len(outward) == 3
    assert not any("bell" in body or "Suite" in body or finding.reference in body for body in outward)
    assert all(f"finding {finding.id}" in body for body in outward)


def test_a_worker_that_slept_for_weeks_writes_one_reminder_and_one_escalation(
    make: Workshop, session: Session, coordinator: Actor, inspector: Actor
) -> None:
    several = [put(make, session, coordinator) for _ in range(3)]
    hourly(session, range(40, 43))
    for finding in several:
        assert kinds(session, finding)[1:] == [EventKind.REMINDED, EventKind.ESCALATED]
    assert len(readers(session, "finding reminder")) == 1, "one letter for all three"


def test_a_reply_that_is_sent_back_is_chased_anew(
    make: Workshop, session: Session, coordinator: Actor, inspector: Actor
) -> None:
    finding = put(make, session, coordinator)
    hourly(session, range(30))
    later = NOW + timedelta(days=30)
    findings.move(session, finding.id, EventKind.REPLIED, "Hm.", by=inspector, at=later)
    hourly(session, range(30, 90))
    assert kinds(session, finding)[-1] is EventKind.REPLIED, "nobody is reminded of what they answered"
    findings.move(session, finding.id, EventKind.SENT_BACK, "What?", by=coordinator, at=NOW + timedelta(90))
    hourly(session, range(90, 150))
    assert kinds(session, finding)[-3:] == [EventKind.REMINDED, EventKind.REMINDED, EventKind.ESCALATED]


def test_nobody_is_said_to_be_reminded_where_nobody_could_be(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding = put(make, session, coordinator)
    hourly(session, range(30), Choices())
    assert kinds(session, finding) == [EventKind.PUT_TO_POLICE, EventKind.ESCALATED]
    told = session.scalar(sa.select(FindingEvent.text).where(FindingEvent.kind == EventKind.ESCALATED))
    assert "No address is set" in (told or "")


def test_asking_counts_as_the_reminder_where_the_time_is_as_short(
    make: Workshop, session: Session, coordinator: Actor, inspector: Actor
) -> None:
    session.add(Setting(name="reply_reminder_days", value="20", effective_on=TODAY, set_at=NOW))
    session.flush()
    finding = put(make, session, coordinator)
    hourly(session, range(15), Choices(reply_reminder_days=20))
    assert kinds(session, finding) == [EventKind.PUT_TO_POLICE]


def test_nothing_is_chased_by_night(make: Workshop, session: Session, coordinator: Actor) -> None:
    make.account(Role.POLICE)
    finding = put(make, session, coordinator)
    assert findings.chase_replies in reminding.REMINDERS
    night = NOW.replace(hour=23) + timedelta(days=40)
    reminding.remind(session, findings.chase_replies, lambda path: path, at=night)
    assert kinds(session, finding) == [EventKind.PUT_TO_POLICE]


def test_a_deadline_is_the_one_in_force_on_the_day_it_was_put(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    change = TODAY + timedelta(days=10)
    session.add(Setting(name="reply_due_days", value="30", effective_on=change, set_at=NOW))
    session.flush()
    before = put(make, session, coordinator, at=NOW + timedelta(days=9))
    after = put(make, session, coordinator, at=NOW + timedelta(days=10))
    assert before.due_on == date(2026, 3, 4) + timedelta(days=9 + 14)
    assert after.due_on == date(2026, 3, 4) + timedelta(days=10 + 30)
