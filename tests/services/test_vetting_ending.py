"""Letters before vetting ends, over a simulated year of hourly wakings, on both databases."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import london_day
from icv.rules.records import VettingFacts
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage
from icv.rules.vetting import THRESHOLDS
from icv.services import people, vetting
from icv.services.reminding import REMINDERS, remind
from icv.services.vetting import Decision, remind_of_vetting
from icv.store.letters import Letter
from icv.store.people import Person, StageStep, Vetting
from tests.thorough import examples
from tests.vetted import until, with_vettings
from tests.workshop import NOW, TODAY, Workshop

A_DAY = timedelta(days=1)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def wake(session: Session, moments: Iterable[datetime]) -> None:
    for at in moments:
        remind(session, remind_of_vetting, lambda path: f"https://icv.example{path}", at=at)


def days(first: date, last: date, *hours: int) -> list[datetime]:
    """Those hours, at noon unless told otherwise, of each day, both included."""
    return [
        datetime.combine(first + n * A_DAY, time(hour), tzinfo=UTC)
        for n in range((last - first).days + 1)
        for hour in hours or (12,)
    ]


def letters_to(session: Session, person: Person) -> list[tuple[date, str]]:
    rows = session.execute(
        sa.select(Letter.made_at, Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id)
    )
    return [(london_day(made_at), subject) for made_at, subject in rows]


def lists(session: Session) -> list[tuple[date, str]]:
    rows = session.execute(
        sa.select(Letter.made_at, Letter.body).where(Letter.key.like("vetting list: %")).order_by(Letter.id)
    )
    return [(london_day(made_at), body) for made_at, body in rows]


def test_the_worker_asks_for_them_every_hour() -> None:
    assert remind_of_vetting in REMINDERS


def test_a_year_brings_five_letters_and_each_coordinator_a_list_with_each(
    session: Session, make: Workshop, by: Actor
) -> None:
    make.account(Role.COORDINATOR, name="Second")
    last_day = TODAY + 200 * A_DAY
    person = with_vettings(make, until(last_day), name="Asha Patel")
    expected = [last_day - n * A_DAY for n in THRESHOLDS]
    hours = {day + n * A_DAY: (0, 6, 9, 13, 17, 21) for day in expected for n in range(-2, 8)}
    for n in range(366):
        day = TODAY + n * A_DAY
        wake(session, days(day, day, *hours.get(day, (12,))))
    assert [day for day, _ in letters_to(session, person)] == expected
    assert {subject for _, subject in letters_to(session, person)} == {
        "Your vetting ends on 20 September 2026"
    }
    assert Counter(day for day, _ in lists(session)) == dict.fromkeys(expected, 2)
    assert all("Asha Patel: 20 September 2026, " in body for _, body in lists(session))


def test_a_worker_that_was_down_writes_only_the_nearest(session: Session, make: Workshop, by: Actor) -> None:
    last_day = TODAY + 95 * A_DAY
    person = with_vettings(make, until(last_day))
    wake(session, days(TODAY, last_day - 91 * A_DAY))
    assert letters_to(session, person) == []
    back = last_day - 51 * A_DAY  # forty days later: that of 90 days was slept over
    wake(session, days(back, last_day + 10 * A_DAY))
    expected = [back, *(last_day - n * A_DAY for n in (30, 7, 0))]
    assert [day for day, _ in letters_to(session, person)] == expected


def test_a_worker_that_slept_over_two_writes_one(session: Session, make: Workshop, by: Actor) -> None:
    last_day = TODAY + 61 * A_DAY
    person = with_vettings(make, until(last_day))
    back = TODAY + 40 * A_DAY
    wake(session, days(back, back + 3 * A_DAY))
    assert [day for day, _ in letters_to(session, person)] == [back]


def test_an_extension_stops_them_and_they_begin_anew(session: Session, make: Workshop, by: Actor) -> None:
    person = with_vettings(make, until(TODAY + 40 * A_DAY))
    wake(session, days(TODAY, TODAY + 12 * A_DAY))
    decision = Decision(TODAY + 140 * A_DAY, TODAY, "so")
    seen = vetting.plan(session, [person.id], decision, at=NOW)
    vetting.extend(session, [person.id], decision, seen=seen.seal, by=by, at=NOW)
    wake(session, days(TODAY + 13 * A_DAY, TODAY + 150 * A_DAY))
    assert [day for day, _ in letters_to(session, person)] == [
        TODAY,
        TODAY + 10 * A_DAY,
        *(TODAY + (140 - n) * A_DAY for n in THRESHOLDS),
    ]


def test_a_renewal_that_follows_stops_them(session: Session, make: Workshop, by: Actor) -> None:
    person = with_vettings(make, until(TODAY + 40 * A_DAY))
    wake(session, days(TODAY, TODAY + A_DAY))
    renewed = VettingFacts("NPPV2", cleared_on=TODAY, expires_on=date(2029, 1, 1))
    people.keep_record(session, person.id, renewed, by=by, at=NOW)
    wake(session, days(TODAY + 2 * A_DAY, TODAY + 60 * A_DAY))
    assert [day for day, _ in letters_to(session, person)] == [TODAY]


def test_nobody_out_of_office_is_written_to(session: Session, make: Workshop, by: Actor) -> None:
    for stage in (Stage.VETTING, Stage.TRAINING):
        with_vettings(make, until(TODAY + 30 * A_DAY), stage=stage)
    left = with_vettings(make, until(TODAY + 30 * A_DAY), left_on=TODAY)
    make.keep(StageStep(person_id=left.id, stage=Stage.LEFT, on=TODAY, made_at=NOW))
    wake(session, days(TODAY, TODAY + 40 * A_DAY))
    assert session.scalars(sa.select(Letter)).all() == []


def test_the_persons_letter_is_plain_and_says_what_to_do(session: Session, make: Workshop, by: Actor) -> None:
    person = with_vettings(
        make, VettingFacts("NPPV3", date(2022, 1, 1), date(2023, 1, 1), TODAY + 30 * A_DAY), name="Asha Patel"
    )
    person.account_id = make.account(Role.VOLUNTEER).id
    wake(session, [NOW])
    body = session.scalars(sa.select(Letter.body).where(Letter.to_email == person.email)).one()
    assert body == (
        "Dear Asha Patel,\n\nYour vetting counts until 3 April 2026: that is in 30 days.\n\n"
        "What to do next: if the office has sent you a form for its renewal, please send it back soon. If you"
        " have heard nothing yet, ask the coordinator.\n\n"
        "After that day you cannot visit until it is renewed.\n\n"
        "What the scheme holds about you is here:\n\nhttps://icv.example/record/\n"
    )


def test_the_letter_knows_of_a_renewal_asked_for_and_of_what_the_scheme_requires(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = with_vettings(make, until(TODAY), VettingFacts("SC", requested_on=TODAY - 9 * A_DAY))
    lenient = Choices(clearance_needs=frozenset({Need.TERM}))
    remind_of_vetting(session, lenient, str, NOW)
    body = session.scalars(sa.select(Letter.body).where(Letter.to_email == person.email)).one()
    assert "that is today." in body
    assert "Its renewal was asked for on 23 February 2026." in body
    assert "cannot visit" not in body
    assert "/record/" not in body
    assert "SC" not in body


def test_coordinators_have_one_list_a_day_with_everybody_marked_on_top(
    session: Session, make: Workshop, by: Actor
) -> None:
    for n in (90, 60, 7):
        with_vettings(make, until(TODAY + n * A_DAY), name=f"In {n}")
    with_vettings(make, VettingFacts(requested_on=TODAY - 31 * A_DAY), name="Late", stage=Stage.VETTING)
    wake(session, days(TODAY, TODAY, 8, 9, 10))
    ((_, body),) = lists(session)
    assert body.startswith("OFFICIAL-SENSITIVE\n\nDear ")
    assert re.findall(r"^- (.*)$", body, re.MULTILINE) == [
        "In 60: 3 May 2026, in 60 days; no renewal asked for",
        "In 7: 11 March 2026, in 7 days; no renewal asked for",
        "In 90: 2 June 2026, in 90 days; no renewal asked for",
        "Late: 1 February 2026",
    ]
    assert "https://icv.example/people/vetting/" in body
    # What comes up in the course of the day waits for tomorrow.
    later = with_vettings(make, until(TODAY + 30 * A_DAY), name="Recorded at noon")
    wake(session, days(TODAY, TODAY, 12, 15))
    assert len(lists(session)) == 1
    assert letters_to(session, later) == []
    wake(session, days(TODAY + A_DAY, TODAY + A_DAY, 8, 9))
    assert "Recorded at noon" in lists(session)[1][1]
    assert "In 7" not in lists(session)[1][1]


def test_a_last_day_recorded_after_the_days_list_is_written_of_at_once_and_once(
    session: Session, make: Workshop, by: Actor
) -> None:
    with_vettings(make, until(TODAY + 7 * A_DAY))
    wake(session, days(TODAY, TODAY, 9))
    person = with_vettings(make, until(TODAY), name="Recorded at noon")
    wake(session, days(TODAY, TODAY, 12, 13, 14))
    wake(session, days(TODAY + A_DAY, TODAY + 2 * A_DAY))
    assert letters_to(session, person) == [(TODAY, "Your vetting ends on 4 March 2026")]
    assert len(lists(session)) == 1


def test_a_late_request_is_told_once(session: Session, make: Workshop, by: Actor) -> None:
    person = with_vettings(make, VettingFacts(requested_on=TODAY), name="Late", stage=Stage.VETTING)
    wake(session, days(TODAY, TODAY + 90 * A_DAY, 8, 14))
    assert [day for day, _ in lists(session)] == [TODAY + 31 * A_DAY]
    session.execute(sa.update(Vetting).values(requested_on=TODAY + A_DAY))
    wake(session, days(TODAY + 91 * A_DAY, TODAY + 95 * A_DAY))
    assert len(lists(session)) == 1
    again = VettingFacts(requested_on=TODAY + 60 * A_DAY)
    people.keep_record(session, person.id, again, by=by, at=NOW + 60 * A_DAY)
    wake(session, days(TODAY + 96 * A_DAY, TODAY + 99 * A_DAY))
    assert [day for day, _ in lists(session)] == [TODAY + 31 * A_DAY, TODAY + 96 * A_DAY]


def test_without_a_coordinator_people_are_written_to_all_the_same(session: Session, make: Workshop) -> None:
    person = with_vettings(make, until(TODAY + 30 * A_DAY))
    with_vettings(make, VettingFacts(requested_on=TODAY - 90 * A_DAY), stage=Stage.VETTING)
    wake(session, days(TODAY, TODAY + A_DAY, 8, 9))
    assert [day for day, _ in letters_to(session, person)] == [TODAY]
    assert lists(session) == []


ENDS = st.integers(-10, 150).map(lambda n: TODAY + n * A_DAY)
RECORDS = st.lists(st.builds(VettingFacts, cleared_on=ENDS, expires_on=st.none() | ENDS), max_size=3)
WAKINGS = st.lists(st.integers(0, 24 * 150), max_size=40).map(
    lambda hours: [NOW + timedelta(hours=hour) for hour in sorted(hours)]
)


@examples(20)
@given(of_each=st.lists(RECORDS, min_size=1, max_size=3), wakings=WAKINGS)
def test_nobody_is_told_twice_whenever_the_worker_wakes(
    session: Session, by: Actor, of_each: list[list[VettingFacts]], wakings: list[datetime]
) -> None:
    make = Workshop(session)
    with session.begin_nested() as savepoint:
        for number, records in enumerate(of_each):
            with_vettings(make, *records, email=f"told{number}@example.org")
        wake(session, wakings)
        found = session.execute(sa.select(Letter.key, Letter.to_email, Letter.made_at, Letter.subject)).all()
        told = Counter((email, subject, london_day(at)) for _, email, at, subject in found)
        assert set(told.values()) <= {1}
        about = Counter(
            (email, subject) for key, email, _, subject in found if key.startswith("vetting ends")
        )
        assert max(about.values(), default=0) <= len(THRESHOLDS)
        for key, _, at, _ in found:
            if said := re.search(r"until (\S+), (\d+) days", key):
                left = (date.fromisoformat(said[1]) - london_day(at)).days
                assert 0 <= left <= int(said[2])
        savepoint.rollback()
