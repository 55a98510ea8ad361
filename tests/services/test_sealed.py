"""The time a pair seals: who reads it, what changes it, and opening it in an emergency."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import icv
from icv.rules.access import Actor, Role
from icv.rules.calendars import CalendarDuty
from icv.rules.visits import DutyState, Outcome
from icv.services import duties, sealed, visits
from icv.services.people.duties import release
from icv.services.sealed import TimeError
from icv.services.sweeping import sweep
from icv.store.feeds import feed_duties
from icv.store.letters import Letter, LetterState
from icv.store.people import Person
from icv.store.sealed import SealedTime, SealOpening, openings_of, sealed_time_seen_by
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

THEN = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
LATER = datetime(2026, 3, 14, 22, 40, tzinfo=UTC)
WEEK = date(2026, 3, 9)


class Pair(NamedTuple):
    visit: Visit
    ada: Actor
    bo: Actor
    ada_duty: Duty
    bo_duty: Duty


def address_of(duty_id: int) -> str:
    return f"https://icv.example/duties/{duty_id}/time"


@pytest.fixture
def pair(make: Workshop) -> Pair:
    ada, bo = make.person(name="Ada", email="ada@example.org"), make.person(name="Bo", email="bo@example.org")
    visit = make.visit(make.suite("Euston Street"), week=WEEK)
    ada_duty, bo_duty = make.duty(visit, ada), make.duty(visit, bo, place=2)
    actors = [make.actor(Role.VOLUNTEER, person=person) for person in (ada, bo)]
    return Pair(visit, actors[0], actors[1], ada_duty, bo_duty)


def propose(session: Session, pair: Pair, by: Actor, then: datetime = THEN, at: datetime = NOW) -> bool:
    return sealed.propose(session, pair.visit.id, then, address_of, by=by, at=at)


def agree(session: Session, pair: Pair, by: Actor, seen: int | None = None) -> None:
    stands = sealed_time_seen_by(session, by, pair.visit.id)
    seen = seen if seen is not None else (stands.sequence if stands else 0)
    sealed.agree(session, pair.visit.id, seen, address_of, by=by, at=NOW)


def agreed(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    agree(session, pair, pair.bo)


def event_of(session: Session, actor: Actor, on: date = TODAY) -> CalendarDuty:
    """The first of the actor's own calendar."""
    return feed_duties(session, actor.person_id or 0, on=on, shows_suite=False)[0]


def test_one_proposes_and_the_other_agrees(session: Session, pair: Pair) -> None:
    assert not propose(session, pair, pair.ada)
    mine, theirs = (sealed_time_seen_by(session, one, pair.visit.id) for one in (pair.ada, pair.bo))
    assert mine
    assert theirs
    assert (mine.starts_at, mine.is_own, mine.is_agreed) == (THEN, True, False)
    assert (theirs.starts_at, theirs.is_own, theirs.is_agreed) == (THEN, False, False)
    agree(session, pair, pair.bo)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert stands.is_agreed


def test_nobody_else_sees_it_whoever_they_are(session: Session, pair: Pair, make: Workshop) -> None:
    agreed(session, pair)
    others = [make.actor(*Role), make.actor(Role.VOLUNTEER, person=make.person()), make.actor(Role.POLICE)]
    for other in others:
        assert sealed_time_seen_by(session, other, pair.visit.id) is None
        with pytest.raises(TimeError, match="not on your list"):
            propose(session, pair, other, LATER)
        with pytest.raises(TimeError, match="not on your list"):
            sealed.take_back(session, pair.visit.id, 4, address_of, by=other, at=NOW)


def test_a_coordinator_who_is_one_of_the_pair_sees_it_as_one_of_the_pair(
    session: Session, pair: Pair
) -> None:
    agreed(session, pair)
    both = Actor(pair.ada.account_id, pair.ada.person_id, "Ada", frozenset(Role))
    assert sealed_time_seen_by(session, both, pair.visit.id) is not None


def test_proposing_what_the_other_proposed_is_agreeing(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    assert propose(session, pair, pair.bo)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert stands.is_agreed


def test_sending_twice_changes_nothing_and_tells_nobody_twice(session: Session, pair: Pair) -> None:
    propose(session, pair, pair.ada)
    propose(session, pair, pair.ada)
    seen = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert seen
    for _ in range(2):
        agree(session, pair, pair.bo, seen.sequence)
    assert propose(session, pair, pair.ada)
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 2


def test_the_last_one_proposed_stands_and_only_what_was_seen_is_agreed_to(
    session: Session, pair: Pair
) -> None:
    propose(session, pair, pair.ada)
    seen = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert seen
    propose(session, pair, pair.ada, LATER)
    with pytest.raises(TimeError, match="changed while you looked"):
        agree(session, pair, pair.bo, seen.sequence)
    with pytest.raises(TimeError, match="You proposed this yourself"):
        agree(session, pair, pair.ada)
    agree(session, pair, pair.bo)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert (stands.starts_at, stands.is_agreed) == (LATER, True)


def test_an_agreed_time_gives_way_to_another_that_waits_again(session: Session, pair: Pair) -> None:
    agreed(session, pair)
    propose(session, pair, pair.bo, LATER)
    stands = sealed_time_seen_by(session, pair.ada, pair.visit.id)
    assert stands
    assert (stands.starts_at, stands.is_own, stands.is_agreed) == (LATER, False, False)


@pytest.mark.parametrize("which", ["ada", "bo"])
def test_either_takes_it_back_and_it_is_gone_from_the_database(
    session: Session, pair: Pair, which: str
) -> None:
    agreed(session, pair)
    by = getattr(pair, which)
    with pytest.raises(TimeError, match="changed while you looked"):
        sealed.take_back(session, pair.visit.id, 1, address_of, by=by, at=NOW)
    stands = sealed_time_seen_by(session, by, pair.visit.id)
    assert stands
    for _ in range(2):
        sealed.take_back(session, pair.visit.id, stands.sequence, address_of, by=by, at=NOW)
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None
    with pytest.raises(TimeError, match="taken back"):
        agree(session, pair, pair.bo)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (datetime(2026, 3, 16, 0, 0, tzinfo=UTC), "for the week 9 March to 15 March 2026"),
        (datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "for the week 9 March to 15 March 2026"),
    ],
)
def test_a_time_is_of_the_visits_own_week(session: Session, pair: Pair, then: datetime, said: str) -> None:
    with pytest.raises(TimeError, match=said) as refused:
        propose(session, pair, pair.ada, then)
    assert refused.value.field == "clock"


def test_a_time_that_has_passed_is_neither_proposed_nor_agreed(session: Session, pair: Pair) -> None:
    with pytest.raises(TimeError, match="has passed"):
        propose(session, pair, pair.ada, THEN, at=THEN)
    propose(session, pair, pair.ada)
    stands = sealed_time_seen_by(session, pair.bo, pair.visit.id)
    assert stands
    with pytest.raises(TimeError, match="has passed"):
        sealed.agree(session, pair.visit.id, stands.sequence, address_of, by=pair.bo, at=THEN)


def test_alone_or_before_accepting_nobody_agrees(session: Session, pair: Pair) -> None:
    pair.ada_duty.state = DutyState.OFFERED
    with pytest.raises(TimeError, match="Accept this visit first"):
        propose(session, pair, pair.ada)
    assert not propose(session, pair, pair.bo)
    duties.decline(session, pair.ada_duty.id, "", by=pair.ada, at=NOW)
    with pytest.raises(TimeError, match="nobody visits alone"):
        propose(session, pair, pair.bo, LATER)


def test_a_new_partner_agrees_anew_and_the_one_before_sees_nothing(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    release(session, [pair.bo_duty], "left", by=make.actor(Role.COORDINATOR), at=NOW)
    session.flush()
    cy = make.person(name="Cy")
    make.duty(pair.visit, cy, place=2)
    new = make.actor(Role.VOLUNTEER, person=cy)
    for one in (pair.ada, pair.bo, new):
        assert sealed_time_seen_by(session, one, pair.visit.id) is None
    propose(session, pair, pair.ada, LATER)
    seen = sealed_time_seen_by(session, new, pair.visit.id)
    assert seen
    assert seen.starts_at == LATER
    assert sealed_time_seen_by(session, pair.bo, pair.visit.id) is None


def test_coming_back_to_the_same_place_does_not_bring_the_time_back(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    duties.decline(session, pair.bo_duty.id, "", by=pair.bo, at=NOW)
    make.duty(pair.visit, session.get_one(Person, pair.bo.person_id), place=2)
    assert sealed_time_seen_by(session, pair.ada, pair.visit.id) is None
    assert sealed_time_seen_by(session, pair.bo, pair.visit.id) is None


def test_times_that_fell_are_swept_out_of_the_database(session: Session, pair: Pair, make: Workshop) -> None:
    agreed(session, pair)
    other = make.visit(None, make.person(), make.person(), week=WEEK)
    ids = session.scalars(sa.select(Duty.id).where(Duty.visit_id == other.id).order_by(Duty.id)).all()
    session.add(
        SealedTime(visit_id=other.id, starts_at=THEN, proposed_by_id=ids[0], asked_id=ids[1], changed_at=NOW)
    )
    duties.decline(session, pair.bo_duty.id, "", by=pair.bo, at=NOW)
    sweep(session, at=NOW)
    kept = sa.select(SealedTime.visit_id, SealedTime.starts_at).order_by(SealedTime.visit_id)
    assert {tuple(row) for row in session.execute(kept)} == {(pair.visit.id, None), (other.id, THEN)}


def test_a_visit_recorded_as_missed_keeps_no_time_even_opened_again(
    session: Session, pair: Pair, make: Workshop
) -> None:
    agreed(session, pair)
    coordinator = make.actor(Role.COORDINATOR)
    at = NOW + timedelta(weeks=2)
    visits.record_missed(session, pair.visit.id, "Nobody came", by=coordinator, at=at)
    visits.open_again(session, pair.visit.id, by=coordinator, at=at)
    assert sealed_time_seen_by(session, pair.ada, pair.visit.id) is None
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None


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


def test_one_module_alone_names_the_table_of_sealed_times() -> None:
    """Whoever wants a time has to ask a function there, and each of those asks who wants it."""
    root = Path(icv.__file__).parent
    naming = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "SealedTime" in (text := path.read_text()) or "sealed_times" in text
    }
    assert naming == {"store/sealed.py"}


def test_every_question_that_answers_with_a_time_asks_who_wants_it() -> None:
    source = Path(icv.__file__).parent / "store" / "sealed.py"
    statements = [node for node in ast.parse(source.read_text()).body if "starts_at" in ast.unparse(node)]
    reading = {
        getattr(node, "name", None) or ast.unparse(node).split(" = ")[0]
        for node in statements
        if not isinstance(node, ast.ClassDef)
    }
    assert reading == {
        "_STANDS",  # whether there is one
        "sealed_time_seen_by",  # by the actor's own duty
        "opened_time",  # by an opening on record
        "_mark",
        "_MARKS",  # by the person whose calendar it is
        "put",
        "forget",
        "fallen",
    }
