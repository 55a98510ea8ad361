"""Who is told of a time: by letters, calendars and a trail that never say when, and in an emergency."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.calendars import CalendarDuty
from icv.rules.visits import Outcome
from icv.services import duties, sealed
from icv.services.sealed import TimeError
from icv.services.sweeping import sweep
from icv.store.feeds import feed_duties
from icv.store.letters import Letter, LetterState
from icv.store.people import Person
from icv.store.sealed import SealOpening, openings_of, sealed_time_seen_by
from icv.store.trail import TrailEntry
from tests.services.sealed.conftest import LATER, THEN, WEEK, Pair, address_of, agree, agreed, propose
from tests.workshop import NOW, TODAY, Workshop


def event_of(session: Session, actor: Actor, on: date = TODAY) -> CalendarDuty:
    """The first of the actor's own calendar."""
    return feed_duties(session, actor.person_id or 0, on=on, shows_suite=False)[0]


def test_letters_go_by_day_and_do_not_say_when(session: Session, pair: Pair) -> None:
    night = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    propose(session, pair, pair.ada, at=night)
    agree(session, pair, pair.bo)
    propose(session, pair, pair.bo, LATER)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    sealed.take_back(session, pair.visit.id, stands.sequence, address_of, by=pair.ada, at=NOW)
    letters = session.scalars(sa.select(Letter).order_by(Letter.id)).all()
    assert [letter.to_email for letter in letters] == [
        "bo@example.org",
        "ada@example.org",
        "ada@example.org",
        "bo@example.org",
    ]
    assert letters[0].not_before == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert f"https://icv.example/duties/{pair.bo_duty.id}/time" in letters[0].body
    assert "no longer stands" in letters[2].body
    for letter in letters:
        assert not letter.is_security
        said = letter.subject + letter.body + letter.key
        assert not any(
            word in said for word in ("14:05", "14.05", "10 March", "Tuesday", "22:40", "Saturday")
        )


def told(session: Session, email: str) -> list[str]:
    asked = sa.select(Letter.key).where(Letter.to_email == email).order_by(Letter.id)
    return [key.partition(":")[0] for key in session.scalars(asked)]


def test_times_proposed_in_a_row_are_one_letter_until_it_has_gone(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    propose(session, pair, pair.ada, LATER)
    assert told(session, "bo@example.org") == ["time proposed"]
    session.execute(sa.update(Letter).values(state=LetterState.SENT))
    propose(session, pair, pair.ada, THEN)
    assert told(session, "bo@example.org") == ["time proposed"] * 2
    propose(session, pair, pair.bo, LATER)
    assert told(session, "ada@example.org") == ["time proposed"], "a letter to one says nothing to the other"


def test_a_time_proposed_after_another_was_taken_back_is_told(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    sealed.take_back(session, pair.visit.id, stands.sequence, address_of, by=pair.ada, at=NOW)
    propose(session, pair, pair.ada, LATER)
    assert told(session, "bo@example.org") == ["time proposed", "time taken back", "time proposed"]


def test_an_emergency_opening_shows_it_records_it_and_tells_both_at_once(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    coordinator = make.actor(Role.COORDINATOR)
    night = datetime(2026, 3, 10, 2, tzinfo=UTC)
    for reason in ("", "   "):
        with pytest.raises(TimeError, match="Say why") as refused:
            sealed.open_in_emergency(session, pair.visit.id, reason, by=coordinator, at=night)
        assert refused.value.field == "reason"
    for look in (1, 2):
        time = sealed.open_in_emergency(session, pair.visit.id, "No answer since", by=coordinator, at=night)
        assert (time.starts_at, time.is_agreed) == (THEN, True)
        assert session.scalar(sa.select(sa.func.count()).select_from(SealOpening)) == look
    told = session.scalars(sa.select(Letter).where(Letter.key.startswith("sealed time opened"))).all()
    assert sorted(letter.to_email for letter in told) == ["ada@example.org"] * 2 + ["bo@example.org"] * 2
    for letter in told:
        assert (letter.not_before, letter.is_security) == (night, False)
        assert "No answer since" in letter.body
        assert "14:05" not in letter.body
    entries = session.scalars(sa.select(TrailEntry).where(TrailEntry.act == "open sealed time")).all()
    assert [(entry.subject_id, entry.account_id) for entry in entries] == [
        (pair.visit.id, coordinator.account_id)
    ] * 2
    assert [(one.by, one.reason) for one in openings_of(session, pair.visit.id)] == [
        (coordinator.name, "No answer since")
    ] * 2


def test_there_is_nothing_to_open_without_a_time_or_once_it_is_over(
    session: Session, pair: Pair, make: Workshop
) -> None:
    coordinator = make.actor(Role.COORDINATOR)
    with pytest.raises(TimeError, match="agreed no time"):
        sealed.open_in_emergency(session, pair.visit.id, "Why", by=coordinator, at=NOW)
    agreed(session, pair)
    pair.visit.outcome = Outcome.COMPLETED
    session.flush()
    with pytest.raises(TimeError, match="on record"):
        sealed.open_in_emergency(session, pair.visit.id, "Why", by=coordinator, at=NOW)


def test_the_trail_says_that_and_never_when(session: Session, pair: Pair) -> None:
    agreed(session, pair)
    entries = session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id)).all()
    assert [(entry.act, entry.details) for entry in entries] == [("propose time", {}), ("agree time", {})]


def test_the_pairs_calendars_have_the_time_once_it_is_agreed_and_nobody_elses(
    session: Session, pair: Pair, make: Workshop
) -> None:
    other = make.actor(Role.VOLUNTEER, person=make.person())
    make.duty(make.visit(week=WEEK), session.get_one(Person, other.person_id))
    propose(session, pair, pair.ada)
    assert [event_of(session, one).starts_at for one in (pair.ada, pair.bo)] == [None, None]
    agree(session, pair, pair.bo)
    assert [event_of(session, one).starts_at for one in (pair.ada, pair.bo, other)] == [THEN, THEN, None]


def test_the_sequence_of_an_event_only_ever_grows(session: Session, pair: Pair, make: Workshop) -> None:
    """Google ignores an event whose sequence did not move: every visible change has to move it."""
    seen = {pair.ada: [event_of(session, pair.ada)], pair.bo: [event_of(session, pair.bo)]}
    hour = iter(range(1, 100))

    def look(*, is_visible: bool = True) -> None:
        for actor, events in seen.items():
            event = event_of(session, actor)
            assert event.sequence >= events[-1].sequence
            assert event.changed_at >= events[-1].changed_at
            if is_visible and actor is pair.ada:
                assert event.sequence > events[-1].sequence, "a change that calendars would not take"
                assert event.changed_at > events[-1].changed_at
            events.append(event)

    def at() -> datetime:
        return NOW + timedelta(hours=next(hour))

    def settle(then: datetime) -> None:
        propose(session, pair, pair.ada, then, at=at())
        look(is_visible=False)
        stands = sealed_time_seen_by(session, pair.bo, pair.visit.id)
        assert stands
        sealed.agree(session, pair.visit.id, stands.sequence, address_of, by=pair.bo, at=at())
        look()
        assert event_of(session, pair.ada).starts_at == then

    settle(THEN)
    settle(LATER)
    stands = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert stands
    sealed.take_back(session, pair.visit.id, stands.sequence, address_of, by=pair.bo, at=at())
    look()
    settle(THEN)
    duties.decline(session, pair.bo_duty.id, "", by=pair.bo, at=at())
    look()
    sweep(session, at=at())
    look(is_visible=False)
    cy = make.person(name="Cy")
    make.duty(pair.visit, cy, place=2)
    new = make.actor(Role.VOLUNTEER, person=cy)
    propose(session, pair, new, LATER, at=at())
    look(is_visible=False)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    sealed.agree(session, pair.visit.id, stands.sequence, address_of, by=pair.ada, at=at())
    look()
    assert [event_of(session, one).starts_at for one in (pair.ada, pair.bo, new)] == [LATER, None, LATER]
