"""Swaps: both visits change hands at once or neither does; asked for, or agreed by word."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from icv.rules.access import Actor
from icv.rules.cover import CoverState
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.services import cover as desk
from icv.services import duties
from icv.services.cover.last_days import end_requests
from icv.store.availability import DaysAway
from icv.store.cover import CoverRequest, duty_in_hand
from icv.store.letters import Letter
from icv.store.people import Conflict
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.services.cover.conftest import IN_FOUR_WEEKS, WEEK, Pair, page
from tests.workshop import NOW, TODAY, Workshop


@pytest.fixture
def two(pair: Pair, make: Workshop) -> tuple[Duty, Duty, Visit]:
    """Ann's duty, Cy's at Keyham Lane a week later with Di, and that visit."""
    other = make.visit(make.suite("Keyham Lane"), pair.cy, pair.di, week=IN_FOUR_WEEKS + WEEK)
    theirs = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.cy.id)).one()
    return pair.duty, theirs, other


def test_a_swap_changes_both_at_once_when_the_other_agrees(pair: Pair, two: tuple[Duty, Duty, Visit]) -> None:
    mine, theirs, other = two
    request = pair.offer_swap(mine, theirs)
    assert pair.told(pair.cy) == ["Would you swap a visit?"]
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    pair.take(request, pair.cy)
    assert pair.holders() == {1: "Cy", 2: "Bo"}
    assert pair.holders(other) == {1: "Ann", 2: "Di"}
    assert mine.state is theirs.state is DutyState.RELEASED
    assert pair.told(pair.ann) == ["Your visits are swapped"]
    assert pair.told(pair.cy)[1:] == ["Your visits are swapped"]
    assert pair.told(pair.bo) == pair.told(pair.di) == ["Somebody else will visit with you"]


def test_only_swaps_that_both_may_make_are_offered(
    pair: Pair, two: tuple[Duty, Duty, Visit], make: Workshop
) -> None:
    """Bo has the other place already; Ed is away in the week he would get; one week’s suites may change."""
    ed, flo, gus = (make.person(name=name) for name in ("Ed", "Flo", "Gus"))
    make.keep(DaysAway(person_id=ed.id, first_on=IN_FOUR_WEEKS, last_on=IN_FOUR_WEEKS + timedelta(days=6)))
    make.visit(None, ed, week=IN_FOUR_WEEKS + 2 * WEEK)
    make.visit(None, pair.bo, week=IN_FOUR_WEEKS + 3 * WEEK)
    make.visit(make.suite("Sileby"), flo, gus, week=IN_FOUR_WEEKS)
    make.visit(None, make.person(name="Past"), week=TODAY)
    known = duty_in_hand(pair.session, pair.duty.id)
    assert known
    found = [one.words for one in desk.swaps_for(pair.session, known, Choices(), on=TODAY)]
    assert [words.split(": ")[-1] for words in found] == ["Flo", "Gus", "Cy", "Di"]


def test_a_swap_is_refused_when_either_can_no_longer_make_it(
    pair: Pair, two: tuple[Duty, Duty, Visit], make: Workshop
) -> None:
    mine, theirs, other = two
    request = pair.offer_swap(mine, theirs)
    away = make.keep(
        DaysAway(person_id=pair.ann.id, first_on=other.week_starts_on, last_on=other.week_ends_on)
    )
    with pytest.raises(Refusal, match="Ann cannot make Keyham Lane") as refusal:
        pair.take(request, pair.cy)
    assert "away" not in str(refusal.value).lower()
    with pytest.raises(Refusal, match="away this week"):
        pair.take(request, pair.cy, by=pair.office)
    away.person_id = pair.cy.id
    away.first_on, away.last_on = IN_FOUR_WEEKS, IN_FOUR_WEEKS + timedelta(days=6)
    pair.session.flush()
    with pytest.raises(Refusal, match="You cannot take this visit as things stand: away"):
        pair.take(request, pair.cy)
    assert pair.holders() == {1: "Ann", 2: "Bo"}


def test_a_swap_whose_other_duty_is_gone_is_refused_and_ends(
    pair: Pair, two: tuple[Duty, Duty, Visit]
) -> None:
    mine, theirs, _ = two
    request = pair.offer_swap(mine, theirs)
    duties.decline(pair.session, theirs.id, "", by=pair.actor(pair.cy), at=NOW)
    with pytest.raises(Refusal, match="nothing is swapped"):
        pair.take(request, pair.cy)
    end_requests(pair.session, Choices(), page, NOW)
    assert pair.state(request) is CoverState.ENDED
    assert pair.holders()[1] == "Ann"


def swappable(pair: Pair) -> Duty:
    """Cy's, with Di, a week later at another suite."""
    pair.make.visit(pair.make.suite("Keyham Lane"), pair.cy, pair.di, week=IN_FOUR_WEEKS + WEEK)
    return pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.cy.id)).one()


def swap_for_both(pair: Pair, theirs: Duty, by: Actor) -> None:
    desk.swap_agreed(pair.session, pair.duty.id, theirs.id, "", choices=Choices(), by=by, at=NOW, page=page)


def test_the_coordinator_swaps_for_both_who_agreed_by_word_and_both_read_so(pair: Pair) -> None:
    swap_for_both(pair, swappable(pair), pair.office)
    held = pair.session.scalars(sa.select(Duty).where(Duty.state == DutyState.ACCEPTED)).all()
    mine = {duty.person_id: duty for duty in held}
    assert (mine[pair.ann.id].visit_id, mine[pair.cy.id].visit_id) == (pair.visit.id + 1, pair.visit.id)
    assert mine[pair.ann.id].was_answered_for
    assert mine[pair.cy.id].was_answered_for
    letters = pair.session.scalars(sa.select(Letter)).all()
    to_both = [one for one in letters if one.to_email in (pair.ann.email, pair.cy.email)]
    assert [one.subject for one in to_both] == ["Your visits are swapped", "Your visits are swapped"]
    assert all("The coordinator answered for you." in one.body for one in to_both)
    acts = pair.session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)).all()
    assert acts[-1] == "swap as both agreed"


def test_a_swap_agreed_by_word_keeps_the_rules_and_says_which_is_in_the_way(pair: Pair) -> None:
    theirs = swappable(pair)
    pair.session.add(Conflict(person_id=pair.cy.id, with_person_id=pair.bo.id, declared_on=TODAY))
    with pytest.raises(desk.CoverError, match="declared a conflict"):
        swap_for_both(pair, theirs, pair.office)


def test_a_swap_agreed_by_word_ends_what_was_asked_before(pair: Pair) -> None:
    pair.ask(pair.di)
    swap_for_both(pair, swappable(pair), pair.office)
    states = pair.session.scalars(sa.select(CoverRequest.state).order_by(CoverRequest.id)).all()
    assert states == [CoverState.ENDED, CoverState.TAKEN]


def test_a_visitor_cannot_agree_to_a_swap_for_the_other(pair: Pair) -> None:
    with pytest.raises(desk.CoverError, match="not on your list"):
        swap_for_both(pair, swappable(pair), pair.actor(pair.ann))
