"""What the coordinator does for visitors about their duties: marked as such."""

import pytest
import sqlalchemy as sa

from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState
from icv.services import cover as desk
from icv.services import duties
from icv.store.letters import Letter
from icv.store.trail import TrailEntry
from icv.store.visits import Duty
from tests.services.cover.conftest import IN_FOUR_WEEKS, WEEK, Pair, page
from tests.workshop import NOW, Workshop


def test_the_coordinator_acts_for_anyone_and_it_is_marked(pair: Pair, make: Workshop) -> None:
    offered = make.duty(make.visit(week=IN_FOUR_WEEKS + WEEK), pair.cy, state=DutyState.OFFERED)
    duties.accept(pair.session, offered.id, by=pair.office, at=NOW)
    assert offered.was_answered_for
    assert pair.told(pair.cy) == ["The coordinator accepted a visit for you"]
    request = pair.ask(pair.cy, pair.di, by=pair.office)
    assert pair.told(pair.ann) == ["The coordinator asked others about your visit"]
    pair.take(request, pair.di, by=pair.office)
    taken = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.di.id)).one()
    assert taken.was_answered_for
    bodies = pair.session.scalars(
        sa.select(Letter.body).where(Letter.to_email == pair.di.email).order_by(Letter.id)
    ).all()
    assert "The coordinator asks for Ann" in bodies[0]
    assert "The coordinator answered for you" in bodies[1]
    duties.decline(pair.session, taken.id, "On the telephone", by=pair.office, at=NOW)
    assert pair.told(pair.di)[-1] == "The coordinator declined a visit for you"
    acts = sa.select(TrailEntry.act).where(TrailEntry.account_id == pair.office.account_id)
    assert {"accept duty", "ask cover", "take cover", "decline duty"} <= set(pair.session.scalars(acts))


def test_the_visitors_own_answer_takes_the_mark_away(pair: Pair, make: Workshop) -> None:
    duties.decline(pair.session, pair.duty.id, "", by=pair.office, at=NOW)
    assert pair.duty.was_answered_for
    offered = make.duty(make.visit(week=IN_FOUR_WEEKS + WEEK), pair.cy, state=DutyState.OFFERED)
    duties.accept(pair.session, offered.id, by=pair.office, at=NOW)
    duties.decline(pair.session, offered.id, "", by=pair.actor(pair.cy), at=NOW)
    assert not offered.was_answered_for


def test_the_coordinator_gives_cover_to_somebody_who_was_not_asked(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    assert pair.take(request, pair.di, by=pair.actor(pair.di)) is None
    assert pair.take(request, pair.di, by=pair.office)
    (duty,) = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.di.id))
    assert (duty.state, duty.was_answered_for) == (DutyState.ACCEPTED, True)
    (letter,) = pair.session.scalars(sa.select(Letter).where(Letter.to_email == pair.di.email))
    assert "The coordinator answered for you" in letter.body


@pytest.mark.parametrize("who", ["the holder", "the partner", "nobody"])
def test_cover_is_not_given_to_those_of_the_visit_nor_to_a_stranger(pair: Pair, who: str) -> None:
    request = pair.ask(pair.cy)
    person_id = {"the holder": pair.ann.id, "the partner": pair.bo.id, "nobody": 999_999}[who]
    try:
        taken = desk.take(
            pair.session, request, person_id, choices=Choices(), by=pair.office, at=NOW, page=page
        )
    except desk.CoverError:
        taken = None
    assert taken is None
    assert set(pair.session.scalars(sa.select(Duty.person_id).where(Duty.state.in_(HELD)))) == {
        pair.ann.id,
        pair.bo.id,
    }
