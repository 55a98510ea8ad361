"""What happens to a duty, as calendars see it: each visible change moves the sequence, each loss cancels."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.calendar import calendar_of
from icv.rules.access import Actor, Role
from icv.rules.calendars import CANCELLED_KEPT, CalendarDuty
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import HELD, DutyState, Outcome
from icv.services import cover, duties, rota, sealed
from icv.services.people.duties import release
from icv.store.cover import duty_in_hand
from icv.store.feeds import feed_duties
from icv.store.people import Person
from icv.store.rota import Rota
from icv.store.sealed import sealed_time_seen_by
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

WEEK = timedelta(weeks=1)
MONDAY = monday_of(TODAY) + 4 * WEEK
THEN = datetime.combine(MONDAY + timedelta(days=2), datetime.min.time(), UTC) + timedelta(hours=15)

Calendar = dict[str, CalendarDuty]


def nowhere(duty_or_path: object) -> str:
    return ""


class Watched:
    """Four visitors and what is in their calendars, looked at after each act."""

    def __init__(self, session: Session, make: Workshop) -> None:
        self.session, self.make, self.hours = session, make, 0
        self.people = [make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di")]
        self.ann, self.bo, self.cy, self.di = self.people
        self.by = {one.id: make.actor(Role.VOLUNTEER, person=one) for one in self.people}
        self.office = make.actor(Role.COORDINATOR)
        self.seen = self._look()

    @property
    def at(self) -> datetime:
        return NOW + timedelta(hours=self.hours)

    def actor(self, person: Person) -> Actor:
        return self.by[person.id]

    def of(self, person: Person) -> list[tuple[DutyState, int]]:
        """State and sequence, by week."""
        return [(one.state, one.sequence) for one in self.seen[person.id].values()]

    def look(self) -> None:
        """What calendars would miss, or show in two places, is a fault."""
        before, self.seen = self.seen, self._look()
        for person_id, calendar in self.seen.items():
            for uid, event in calendar.items():
                if was := before[person_id].get(uid):
                    _is_told(was, event)
            gone = before[person_id].keys() - calendar.keys()
            assert not gone, "an event that goes without a word stays in calendars for ever"
        uids = [uid for calendar in self.seen.values() for uid in calendar]
        assert len(uids) == len(set(uids)), "one event in the calendars of two people"
        self.hours += 1

    def _look(self) -> dict[int, Calendar]:
        self.session.flush()
        return {one.id: {event.uid: event for event in self.calendar(one)} for one in self.people}

    def calendar(self, person: Person) -> Iterator[CalendarDuty]:
        yield from feed_duties(self.session, person.id, on=TODAY, shows_suite=False)

    def duty(self, visit: Visit, person: Person) -> Duty:
        held = sa.select(Duty).where(
            Duty.visit_id == visit.id, Duty.person_id == person.id, Duty.state.in_(HELD)
        )
        return self.session.scalars(held).one()

    def time_for(self, visit: Visit, then: datetime) -> None:
        sealed.propose(self.session, visit.id, then, nowhere, by=self.actor(self.ann), at=self.at)
        self.look()
        seen = sealed_time_seen_by(self.session, self.actor(self.bo), visit.id)
        assert seen
        sealed.agree(self.session, visit.id, seen.sequence, nowhere, by=self.actor(self.bo), at=self.at)
        self.look()


def _is_told(was: CalendarDuty, event: CalendarDuty) -> None:
    assert event.sequence >= was.sequence
    assert event.changed_at >= was.changed_at
    if _shown(event) != _shown(was):
        assert event.sequence > was.sequence, "a change that calendars would not take"
        assert event.changed_at > was.changed_at


def _shown(event: CalendarDuty) -> tuple[object, ...]:
    is_on = event.state in HELD
    time = event.starts_at if is_on else None
    return event.state, event.week_starts_on, event.week_ends_on, time


@pytest.fixture
def watched(session: Session, make: Workshop) -> Watched:
    return Watched(session, make)


def lines(watched: Watched, person: Person) -> list[str]:
    calendar = calendar_of("Duties", "icv.example", "https://icv.example/", tuple(watched.calendar(person)))
    return calendar.decode().splitlines()


def test_accepting_and_declining(watched: Watched) -> None:
    visit = watched.make.visit()
    duty = watched.make.duty(visit, watched.ann, state=DutyState.OFFERED)
    watched.look()
    duties.accept(watched.session, duty.id, by=watched.actor(watched.ann), at=watched.at)
    watched.look()
    duties.decline(watched.session, duty.id, "", by=watched.actor(watched.ann), at=watched.at)
    watched.look()
    assert watched.of(watched.ann) == [(DutyState.DECLINED, 2)]


def test_a_place_given_to_somebody_else_leaves_one_calendar_and_enters_another(watched: Watched) -> None:
    session = watched.session
    watched.make.suite()
    drawn = rota.draw(session, Period(MONDAY, MONDAY + timedelta(days=6)), 7, by=None, at=watched.at)
    rota.publish(session, drawn, by=None, at=watched.at)
    watched.look()
    visit = session.scalars(sa.select(Visit).where(Visit.rota_id == drawn.id)).one()
    pair = {duty.place: duty.person_id for duty in session.scalars(sa.select(Duty))}
    first = next(one for one in watched.people if one.id == pair[1])
    other = next(one for one in watched.people if one.id not in pair.values())
    _put(watched, drawn, visit, other)
    assert watched.of(first) == [(DutyState.RELEASED, 1)]
    assert watched.of(other) == [(DutyState.OFFERED, 0)]
    _put(watched, drawn, visit, first)
    assert sorted(watched.of(first)) == [(DutyState.OFFERED, 0), (DutyState.RELEASED, 1)]


def _put(watched: Watched, drawn: Rota, visit: Visit, person: Person) -> None:
    rota.put(
        watched.session,
        drawn,
        visit.id,
        1,
        person.id,
        choices=Choices(),
        reason="asked",
        by=None,
        at=watched.at,
    )
    watched.look()


def test_a_visit_that_is_called_off(watched: Watched) -> None:
    drawn = watched.make.keep(Rota(first_on=MONDAY, last_on=MONDAY, seed=1, certificate={}, made_at=NOW))
    visit = watched.make.visit(None, watched.ann, watched.bo, week=MONDAY, rota_id=drawn.id)
    watched.look()
    watched.time_for(visit, THEN)
    rota.cancel(watched.session, drawn, visit.id, TODAY, "Flood", by=None, at=watched.at)
    watched.look()
    said = lines(watched, watched.ann)
    assert {"STATUS:CANCELLED", "TRANSP:TRANSPARENT", f"DTSTART;VALUE=DATE:{MONDAY:%Y%m%d}"} <= set(said)
    assert "BEGIN:VALARM" not in said


def test_cover_that_is_taken(watched: Watched) -> None:
    visit = watched.make.visit(None, watched.ann, watched.bo, week=MONDAY)
    watched.look()
    watched.time_for(visit, THEN)
    known = duty_in_hand(watched.session, watched.duty(visit, watched.ann).id)
    assert known
    request = cover.ask_cover(
        watched.session,
        known.id,
        [watched.cy.id],
        cover.who_may_take(watched.session, known, Choices()),
        "",
        choices=Choices(),
        by=watched.actor(watched.ann),
        at=watched.at,
        page=nowhere,
    )
    watched.look()
    assert watched.of(watched.ann) == [(DutyState.ACCEPTED, 4)]  # hers until somebody takes it
    _take(watched, request, watched.cy)
    assert [state for state, _ in watched.of(watched.ann)] == [DutyState.RELEASED]
    assert [state for state, _ in watched.of(watched.cy)] == [DutyState.ACCEPTED]
    assert all(one.starts_at is None for one in watched.calendar(watched.cy))
    assert all(one.starts_at is None for one in watched.calendar(watched.bo))


def _take(watched: Watched, request: int, person: Person) -> None:
    by = watched.actor(person)
    cover.take(watched.session, request, person.id, choices=Choices(), by=by, at=watched.at, page=nowhere)
    watched.look()


def test_a_swap_moves_two_events_each_way(watched: Watched) -> None:
    theirs = watched.make.visit(None, watched.cy, watched.di, week=MONDAY + WEEK)
    own = watched.make.visit(None, watched.ann, watched.bo, week=MONDAY)
    watched.look()
    known = duty_in_hand(watched.session, watched.duty(own, watched.ann).id)
    assert known
    request = cover.ask_swap(
        watched.session,
        known.id,
        watched.duty(theirs, watched.cy).id,
        cover.swaps_for(watched.session, known, Choices(), on=TODAY),
        "",
        choices=Choices(),
        by=watched.actor(watched.ann),
        at=watched.at,
        page=nowhere,
    )
    _take(watched, request, watched.cy)
    assert watched.of(watched.ann) == [(DutyState.RELEASED, 1), (DutyState.ACCEPTED, 0)]
    assert watched.of(watched.cy) == [(DutyState.ACCEPTED, 0), (DutyState.RELEASED, 1)]


def test_a_sealed_time_agreed_changed_opened_and_taken_back(watched: Watched) -> None:
    visit = watched.make.visit(None, watched.ann, watched.bo, week=MONDAY)
    watched.look()
    watched.time_for(visit, THEN)
    watched.time_for(visit, THEN + timedelta(days=1))
    before = lines(watched, watched.ann)
    sealed.open_in_emergency(watched.session, visit.id, "Flood", by=watched.office, at=watched.at)
    watched.look()
    assert lines(watched, watched.ann) == before
    seen = sealed_time_seen_by(watched.session, watched.actor(watched.bo), visit.id)
    assert seen
    by = watched.actor(watched.bo)
    sealed.take_back(watched.session, visit.id, seen.sequence, nowhere, by=by, at=watched.at)
    watched.look()
    (event,) = watched.calendar(watched.ann)
    assert event.starts_at is None


def test_a_duty_that_its_holder_is_freed_from(watched: Watched) -> None:
    visit = watched.make.visit(None, watched.ann, watched.bo, week=MONDAY)
    watched.look()
    freed = watched.duty(visit, watched.ann)
    release(watched.session, [freed], "away", by=watched.office, at=watched.at)
    watched.look()
    assert watched.of(watched.ann) == [(DutyState.RELEASED, 1)]


def test_what_is_cancelled_stays_thirty_days(watched: Watched) -> None:
    visit = watched.make.visit(None, watched.ann, week=MONDAY + 9 * WEEK)
    duties.decline(
        watched.session, watched.duty(visit, watched.ann).id, "", by=watched.actor(watched.ann), at=NOW
    )
    there = [
        len(feed_duties(watched.session, watched.ann.id, on=TODAY + more, shows_suite=False))
        for more in (CANCELLED_KEPT, CANCELLED_KEPT + timedelta(days=1))
    ]
    assert there == [1, 0]


def test_a_visit_imported_as_cancelled_is_over_for_those_who_hold_it(watched: Watched) -> None:
    watched.make.visit(
        None,
        watched.ann,
        week=MONDAY,
        outcome=Outcome.CANCELLED,
        cancelled_on=TODAY,
        reason="Flood",
    )
    watched.look()
    assert watched.of(watched.ann) == [(DutyState.RELEASED, 0)]
