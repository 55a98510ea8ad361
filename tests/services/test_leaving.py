"""The end of an appointment: who is told, what is given back, and which cards are still out."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.appraisal import EndReason
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState
from icv.services import people as desk
from icv.store.letters import Letter
from icv.store.people import Card, Person, cards_out, standings
from icv.store.visits import Duty
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def end(
    session: Session,
    person: Person,
    by: Actor,
    *,
    on: date = TODAY,
    cards: dict[int, date] | None = None,
    at: datetime = NOW,
) -> desk.Moved:
    ending = desk.Ending(on, EndReason.RESIGNED, "moved away", cards or {})
    return desk.end_appointment(session, person.id, ending, CHOICES, by=by, at=at)


def card(make: Workshop, person: Person, number: str) -> Card:
    kept: Card = make.keep(Card(person_id=person.id, number=number, issued_on=date(2025, 1, 10)))
    return kept


def test_an_end_gives_back_later_duties_and_tells_the_partners(
    session: Session, make: Workshop, by: Actor
) -> None:
    person, partner = make.person(name="Asha Patel"), make.person(name="Ben Okafor")
    running = make.visit(None, person, partner)
    later = make.visit(make.suite("Euston Street"), person, partner, week=NEXT_WEEK)
    moved = end(session, person, by)
    assert (moved.released, moved.still_held) == (1, 1)
    states = dict(
        session.execute(sa.select(Duty.visit_id, Duty.state).where(Duty.person_id == person.id)).all()
    )
    assert states == {running.id: DutyState.ACCEPTED, later.id: DutyState.RELEASED}
    (letter,) = session.scalars(sa.select(Letter)).all()
    assert letter.to_email == partner.email
    assert "Asha Patel no longer makes this visit with you" in letter.body
    assert "Euston Street, week of 9 March to 15 March 2026" in letter.body
    assert "resigned" not in letter.body.casefold()
    assert person.left_reason == "Resigned: moved away"


def test_partners_are_not_written_to_by_night(session: Session, make: Workshop, by: Actor) -> None:
    person, partner = make.person(), make.person()
    make.visit(None, person, partner, week=NEXT_WEEK)
    end(session, person, by, at=datetime(2026, 3, 4, 23, 30, tzinfo=UTC))
    (letter,) = session.scalars(sa.select(Letter)).all()
    assert letter.not_before == datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_a_card_that_came_back_is_noted_and_one_that_did_not_waits(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(name="Asha Patel")
    back, out = card(make, person, "101"), card(make, person, "102")
    end(session, person, by, cards={back.id: TODAY})
    assert back.returned_on == TODAY
    assert [(one.name, one.number, one.left_on) for one in cards_out(session, TODAY)] == [
        ("Asha Patel", "102", TODAY)
    ]
    out.returned_on = TODAY
    session.flush()
    assert cards_out(session, TODAY) == []


def test_nobody_is_asked_for_a_card_before_their_last_day(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person()
    card(make, person, "101")
    end(session, person, by, on=NEXT_WEEK)
    assert cards_out(session, TODAY) == []
    assert len(cards_out(session, NEXT_WEEK)) == 1


def test_a_card_cannot_come_back_before_it_was_issued(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    one = card(make, person, "101")
    with pytest.raises(desk.PeopleError, match="before it is issued") as refused:
        end(session, person, by, cards={one.id: date(2025, 1, 9)})
    assert refused.value.field == f"card-{one.id}"


def test_an_end_takes_back_leave_planned_for_later(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave = desk.Leave(TODAY + timedelta(days=10), TODAY + timedelta(days=40), "")
    desk.go_on_leave(session, person.id, leave, CHOICES, by=by, at=NOW)
    end(session, person, by)
    standing = standings(session, [person.id])[person.id]
    assert [standing.stage_on(TODAY + timedelta(days=days)) for days in (-1, 0, 20, 50)] == [
        Stage.ACTIVE,
        Stage.LEFT,
        Stage.LEFT,
        Stage.LEFT,
    ]


def test_leave_before_a_planned_end_stays(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    leave = desk.Leave(TODAY + timedelta(days=10), TODAY + timedelta(days=40), "")
    desk.go_on_leave(session, person.id, leave, CHOICES, by=by, at=NOW)
    end(session, person, by, on=TODAY + timedelta(days=20))
    standing = standings(session, [person.id])[person.id]
    assert [standing.stage_on(TODAY + timedelta(days=days)) for days in (0, 10, 20, 50)] == [
        Stage.ACTIVE,
        Stage.ON_LEAVE,
        Stage.LEFT,
        Stage.LEFT,
    ]


def test_a_removal_is_explained_and_an_applicant_is_not_ended(
    session: Session, make: Workshop, by: Actor
) -> None:
    for person, reason, said in (
        (make.person(), EndReason.REMOVED, "few words"),
        (make.person(Stage.VETTING), EndReason.RESIGNED, "never appointed"),
        (make.person(Stage.LEFT, left_on=TODAY), EndReason.RESIGNED, "That is an end"),
    ):
        with pytest.raises(desk.PeopleError, match=said):
            desk.end_appointment(session, person.id, desk.Ending(TODAY, reason, " "), CHOICES, by=by, at=NOW)


def test_duties_held_during_leave_are_released_when_asked(
    session: Session, make: Workshop, by: Actor
) -> None:
    person, partner = make.person(), make.person()
    for week in (NEXT_WEEK, NEXT_WEEK + timedelta(days=7)):
        make.visit(None, person, partner, week=week)
    theirs, kept = session.scalars(sa.select(Duty).where(Duty.person_id == person.id).order_by(Duty.id)).all()
    partners = session.scalars(sa.select(Duty.id).where(Duty.person_id == partner.id)).all()
    asked = [theirs.id, *partners]
    assert desk.release_duties(session, person.id, asked, "on leave", by=by, at=NOW) == 1
    assert (theirs.state, kept.state) == (DutyState.RELEASED, DutyState.ACCEPTED)
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1
    with pytest.raises(desk.PeopleError, match="held any more"):
        desk.release_duties(session, person.id, [theirs.id], "on leave", by=by, at=NOW)
