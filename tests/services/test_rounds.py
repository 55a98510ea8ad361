"""Rounds are planned, changed, closed and opened again, and each act stands in the trail."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.rounds import RoundState
from icv.services import recruitment as desk
from icv.services.recruitment import RoundError, RoundPlan
from icv.store.people import Round
from icv.store.recruitment import rounds_listed
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

DAY = timedelta(days=1)
LATER = NOW + timedelta(days=30)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def kept(session: Session, round_id: int) -> Round:
    session.flush()
    session.expire_all()
    return session.get_one(Round, round_id)


def state(session: Session, round_id: int, day: date = TODAY) -> RoundState:
    session.flush()
    return next(line.state for line in rounds_listed(session, day) if line.id == round_id)


def test_a_round_keeps_what_was_planned(session: Session, by: Actor) -> None:
    plan = RoundPlan("  Spring   2026 ", TODAY, TODAY + 9 * DAY, 8, True, " Come and see. ")
    made = kept(session, desk.add_round(session, plan, by=by, at=NOW))
    assert (made.name, made.opened_on, made.closed_on) == ("Spring 2026", TODAY, TODAY + 10 * DAY)
    assert (made.places, made.is_public, made.welcome) == (8, True, "Come and see.")


def test_rounds_may_overlap(session: Session, by: Actor) -> None:
    for name in ("North", "South"):
        desk.add_round(session, RoundPlan(name, TODAY), by=by, at=NOW)
    assert {line.state for line in rounds_listed(session, TODAY)} == {RoundState.OPEN}


@pytest.mark.parametrize(
    ("plan", "field", "words"),
    [
        (RoundPlan("  ", TODAY), "name", "Enter a name"),
        (RoundPlan("WINTER  2025", TODAY), "name", "There is a round called “Winter 2025” already"),
        (RoundPlan("Spring", TODAY, TODAY - DAY), "last_on", "must be 4 March 2026 or later"),
        (RoundPlan("Spring", None, None, None, True), "opened_on", "the public page needs it"),
    ],
)
def test_a_round_that_cannot_be_is_refused_beside_its_field(
    session: Session, by: Actor, plan: RoundPlan, field: str, words: str
) -> None:
    desk.add_round(session, RoundPlan("Winter 2025"), by=by, at=NOW)
    with pytest.raises(RoundError, match=words) as refused:
        desk.add_round(session, plan, by=by, at=NOW)
    assert refused.value.field == field
    assert len(rounds_listed(session, TODAY)) == 1


def test_a_round_keeps_its_own_name_and_takes_no_other_s(session: Session, by: Actor) -> None:
    desk.add_round(session, RoundPlan("Winter"), by=by, at=NOW)
    spring = desk.add_round(session, RoundPlan("Spring"), by=by, at=NOW)
    desk.change_round(session, spring, RoundPlan("SPRING", TODAY), by=by, at=NOW)
    assert kept(session, spring).name == "SPRING"
    with pytest.raises(RoundError, match="Winter"):
        desk.change_round(session, spring, RoundPlan("winter", TODAY), by=by, at=NOW)


def test_closing_makes_today_the_first_day_without_applications(session: Session, by: Actor) -> None:
    spring = desk.add_round(session, RoundPlan("Spring", TODAY - DAY, TODAY + DAY), by=by, at=NOW)
    desk.close_round(session, spring, by=by, at=NOW)
    assert kept(session, spring).closed_on == TODAY
    assert state(session, spring) is RoundState.CLOSED
    assert state(session, spring, TODAY - DAY) is RoundState.OPEN
    with pytest.raises(RoundError, match="closed already"):
        desk.close_round(session, spring, by=by, at=LATER)
    assert kept(session, spring).closed_on == TODAY


def test_a_round_to_come_is_changed_and_not_closed(session: Session, by: Actor) -> None:
    spring = desk.add_round(session, RoundPlan("Spring", TODAY + DAY), by=by, at=NOW)
    with pytest.raises(RoundError, match="opens on 5 March 2026 only"):
        desk.close_round(session, spring, by=by, at=NOW)


def test_a_round_closed_on_its_first_day_can_still_be_changed(session: Session, by: Actor) -> None:
    spring = desk.add_round(session, RoundPlan("Spring", TODAY), by=by, at=NOW)
    desk.close_round(session, spring, by=by, at=NOW)
    desk.change_round(session, spring, RoundPlan("Spring again", TODAY, TODAY - DAY), by=by, at=NOW)
    assert kept(session, spring).name == "Spring again"


def test_a_closed_round_opens_again_and_keeps_its_first_day(session: Session, by: Actor) -> None:
    spring = desk.add_round(session, RoundPlan("Spring", TODAY - 9 * DAY, TODAY - DAY), by=by, at=NOW)
    desk.open_round(session, spring, None, by=by, at=NOW)
    assert (kept(session, spring).opened_on, kept(session, spring).closed_on) == (TODAY - 9 * DAY, None)
    with pytest.raises(RoundError, match="open already"):
        desk.open_round(session, spring, None, by=by, at=NOW)


def test_a_round_may_open_before_its_day_and_until_a_day(session: Session, by: Actor) -> None:
    spring = desk.add_round(session, RoundPlan("Spring", TODAY + 9 * DAY), by=by, at=NOW)
    with pytest.raises(RoundError, match="today or later") as refused:
        desk.open_round(session, spring, TODAY - DAY, by=by, at=NOW)
    assert refused.value.field == "last_on"
    desk.open_round(session, spring, TODAY, by=by, at=NOW)
    assert (kept(session, spring).opened_on, kept(session, spring).closed_on) == (TODAY, TODAY + DAY)


def test_every_act_stands_in_the_trail_without_names(session: Session, by: Actor) -> None:
    spring = desk.add_round(session, RoundPlan("Spring", TODAY), by=by, at=NOW)
    desk.change_round(session, spring, RoundPlan("Spring 2026", TODAY), by=by, at=NOW)
    desk.close_round(session, spring, by=by, at=NOW)
    desk.open_round(session, spring, None, by=by, at=NOW)
    session.flush()
    entries = session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id)).all()
    assert [(entry.act, entry.subject, entry.subject_id) for entry in entries] == [
        (act, "round", spring) for act in ("add", "change", "close", "open")
    ]
    assert all(entry.details == {} and entry.account_id == by.account_id for entry in entries)


def test_a_round_that_is_gone_is_said_to_be(session: Session, by: Actor) -> None:
    with pytest.raises(RoundError, match="not on record any more"):
        desk.close_round(session, 99, by=by, at=NOW)
