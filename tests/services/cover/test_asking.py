"""Cover asked for: who may be asked, who has the visit in the end, who is told; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from icv.rules.cover import CoverState
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.services import cover as desk
from icv.services import duties
from icv.services.cover.last_days import end_requests
from icv.store.availability import DaysAway
from icv.store.cover import asked_of, own_requests, request_seen_by, requests_open
from icv.store.letters import Letter
from icv.store.people import Conflict
from icv.store.visits import Duty
from tests.services.cover.conftest import IN_FOUR_WEEKS, WEEK, Pair, page
from tests.workshop import NOW, TODAY, Workshop


def test_only_people_who_may_are_listed_and_nobody_learns_why_not(pair: Pair, make: Workshop) -> None:
    make.person(Stage.SUSPENDED, name="Ed")
    away, barred, busy = (make.person(name=name) for name in ("Flo", "Gus", "Hal"))
    pair.session.add_all(
        [
            DaysAway(person_id=away.id, first_on=IN_FOUR_WEEKS, last_on=IN_FOUR_WEEKS + WEEK),
            Conflict(person_id=barred.id, with_person_id=pair.bo.id, declared_on=TODAY),
        ]
    )
    make.visit(None, busy, week=IN_FOUR_WEEKS)
    make.person(name="Ida", left_on=IN_FOUR_WEEKS + timedelta(days=2))
    assert [one.name for one in pair.may()] == ["Cy", "Di"]


def test_the_duty_stays_with_its_holder_until_somebody_takes_it(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di, words="My daughter marries")
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    assert pair.told(pair.cy) == pair.told(pair.di) == ["Could you take a visit?"]
    body = pair.session.scalars(sa.select(Letter.body).where(Letter.to_email == pair.cy.email)).one()
    assert "My daughter marries" in body
    assert body.count("https://") == 1
    assert f"https://icv.example/cover/{request}" in body
    assert own_requests(pair.session, pair.actor(pair.ann))[pair.duty.id].asked == 2
    (asked,) = asked_of(pair.session, pair.actor(pair.cy), first_week_on=TODAY)
    assert (asked.name, asked.suite) == ("Ann", "Euston Street")


def test_the_first_to_take_it_has_it_and_all_are_told_once(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    old = pair.duty.sequence
    for _ in range(2):
        pair.take(request, pair.cy)
    assert pair.holders() == {1: "Cy", 2: "Bo"}
    assert (pair.duty.state, pair.duty.sequence) == (DutyState.RELEASED, old + 1)
    taken = pair.session.scalars(sa.select(Duty).where(Duty.person_id == pair.cy.id)).one()
    assert taken.state is DutyState.ACCEPTED
    assert taken.uid != pair.duty.uid
    assert not taken.was_answered_for
    assert pair.told(pair.ann) == ["Your visit is covered"]
    assert pair.told(pair.bo) == ["Somebody else will visit with you"]
    assert pair.told(pair.cy)[1:] == ["A visit is now yours"]
    assert pair.told(pair.di)[1:] == ["No longer needed: a visit to take"]
    with pytest.raises(Refusal, match="before you"):
        pair.take(request, pair.di)
    assert requests_open(pair.session) == []


def test_letters_name_no_reason_and_no_number(pair: Pair) -> None:
    for person in (pair.ann, pair.bo, pair.cy):
        person.phone = "+44 7700 900123"
    pair.take(pair.ask(pair.cy, pair.di), pair.cy)
    assert not any("900123" in body for body in pair.session.scalars(sa.select(Letter.body)))


def test_letters_at_night_wait_for_the_morning(pair: Pair) -> None:
    night = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)
    pair.take(pair.ask(pair.cy, at=night), pair.cy, at=night)
    waits = set(pair.session.scalars(sa.select(Letter.not_before)))
    assert waits == {datetime(2026, 3, 5, 8, tzinfo=UTC)}


def test_nobody_takes_what_was_not_put_to_them_or_for_another(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    assert pair.take(request, pair.di) is None
    assert pair.take(request, pair.cy, by=pair.actor(pair.di)) is None
    by = pair.actor(pair.di)
    assert desk.refuse(pair.session, request, pair.cy.id, by=by, at=NOW, page=page) is None
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    with pytest.raises(Refusal, match="not on your list"):
        pair.ask(pair.cy, by=pair.actor(pair.bo))
    with pytest.raises(Refusal, match="not on your list"):
        desk.withdraw(pair.session, request, by=pair.actor(pair.cy), at=NOW)
    assert request_seen_by(pair.session, pair.actor(pair.di), request) is None
    assert request_seen_by(pair.session, pair.office, request) is None


def test_what_stands_against_the_taker_since_is_said_in_words(pair: Pair, make: Workshop) -> None:
    request = pair.ask(pair.cy, pair.di)
    make.visit(None, pair.cy, week=IN_FOUR_WEEKS)
    with pytest.raises(Refusal, match="You cannot take this visit as things stand: already on another visit"):
        pair.take(request, pair.cy)
    make.keep(Conflict(person_id=pair.bo.id, with_person_id=pair.di.id, declared_on=TODAY))
    with pytest.raises(Refusal, match="cannot be put together") as refusal:
        pair.take(request, pair.di)
    assert "conflict" not in str(refusal.value)
    assert pair.holders() == {1: "Ann", 2: "Bo"}


def test_a_request_is_withdrawn_and_those_asked_are_told(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    desk.refuse(pair.session, request, pair.di.id, by=pair.actor(pair.di), at=NOW, page=page)
    for _ in range(2):
        desk.withdraw(pair.session, request, by=pair.actor(pair.ann), at=NOW)
    assert pair.state(request) is CoverState.WITHDRAWN
    assert len(pair.told(pair.cy)) == 2
    assert len(pair.told(pair.di)) == 1
    with pytest.raises(Refusal, match="withdrawn"):
        pair.take(request, pair.cy)
    assert pair.ask(pair.cy) != request


def test_when_all_have_said_no_the_asker_is_told(pair: Pair) -> None:
    request = pair.ask(pair.cy, pair.di)
    desk.refuse(pair.session, request, pair.di.id, by=pair.actor(pair.di), at=NOW, page=page)
    assert pair.told(pair.ann) == []
    for _ in range(2):
        desk.refuse(pair.session, request, pair.cy.id, by=pair.actor(pair.cy), at=NOW, page=page)
    assert pair.told(pair.ann) == ["Nobody can take your visit so far"]
    assert (requests_open(pair.session)[0].asked, requests_open(pair.session)[0].cannot) == (2, 2)


def test_one_duty_has_one_open_request(pair: Pair) -> None:
    pair.ask(pair.cy)
    with pytest.raises(Refusal, match="asked about this visit already"):
        pair.ask(pair.di)


@pytest.mark.parametrize(("days", "is_taken"), [(2, True), (1, False)])
def test_nothing_is_asked_after_the_last_day(pair: Pair, days: int, is_taken: bool) -> None:
    at = NOW + (IN_FOUR_WEEKS - TODAY) - timedelta(days=days)
    if is_taken:
        pair.ask(pair.cy, at=at)
    else:
        with pytest.raises(Refusal, match="could be asked for until 28 March 2026"):
            pair.ask(pair.cy, at=at)


def test_a_request_nobody_took_ends_and_the_duty_stays(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    last_day = NOW + (IN_FOUR_WEEKS - TODAY) - timedelta(days=1)
    end_requests(pair.session, Choices(), page, last_day)
    assert pair.state(request) is CoverState.OPEN
    with pytest.raises(Refusal, match="too late"):
        pair.take(request, pair.cy, at=last_day + timedelta(days=1))
    for hours in (24, 25, 48):
        end_requests(pair.session, Choices(), page, last_day + timedelta(hours=hours))
    assert pair.state(request) is CoverState.ENDED
    assert pair.holders() == {1: "Ann", 2: "Bo"}
    assert pair.told(pair.ann) == ["Nobody has taken your visit: it stays yours"]
    office = sa.select(Letter.subject).where(Letter.account_id.is_(None), Letter.subject.contains("Ann"))
    assert pair.session.scalars(office).all() == ["Nobody has taken Ann’s visit"]


def test_a_decline_ends_the_request_and_tells_office_and_partner(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    for _ in range(2):
        duties.decline(pair.session, pair.duty.id, "Ill", by=pair.actor(pair.ann), at=NOW, link="https://x/1")
    assert pair.state(request) is CoverState.ENDED
    assert pair.told(pair.bo) == ["Somebody else will visit with you"]
    assert "No longer needed: a visit to take" in pair.told(pair.cy)
    (letter,) = pair.session.scalars(sa.select(Letter).where(Letter.subject == "Ann cannot make a visit"))
    assert "They say: Ill" in letter.body
    assert "https://x/1" in letter.body
    assert not any(
        "Ill" in body for body in pair.session.scalars(sa.select(Letter.body).where(Letter.id != letter.id))
    )


def test_a_visit_called_off_ends_its_request(pair: Pair) -> None:
    request = pair.ask(pair.cy)
    pair.visit.outcome, pair.visit.cancelled_on, pair.visit.reason = Outcome.CANCELLED, TODAY, "Flood"
    pair.session.flush()
    with pytest.raises(Refusal, match="settled otherwise"):
        pair.take(request, pair.cy)
    end_requests(pair.session, Choices(), page, NOW)
    assert pair.state(request) is CoverState.ENDED
    assert "No longer needed: a visit to take" in pair.told(pair.cy)
    assert pair.told(pair.ann) == []
