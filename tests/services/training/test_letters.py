"""Letters by the hour: a session that is near, training and cards that run out; never twice the same."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.courses import CourseFacts, CourseKind
from icv.rules.records import AgreementFacts
from icv.rules.scheme import Choices
from icv.rules.sittings import SittingFacts
from icv.rules.stages import Stage
from icv.services import people
from icv.services import training as desk
from icv.services.people import PeopleError, papers
from icv.services.people.card_letters import remind_of_cards
from icv.services.reminding import REMINDERS
from icv.services.training.lapsing import remind_of_training
from icv.services.training.upcoming import remind_of_sessions
from icv.store.courses import Course
from icv.store.letters import Letter
from icv.store.people import Card, Person, Training
from icv.store.people.papers import papers as papers_listed
from icv.store.training import booked_on, session_line
from tests.workshop import NOW, TODAY, Workshop

Reminder = Callable[..., None]


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def day_by_day(session: Session, reminder: Reminder, first: date, last: date) -> None:
    """Three times a day, as the hourly reminder would; where it is long, in between at noon alone."""
    for days in range((last - first).days + 1):
        for hour in (9, 12, 19) if days < 14 or days % 2 else (12,):
            at = NOW.replace(hour=hour) + timedelta(days=(first - TODAY).days + days)
            reminder(session, Choices(), lambda path: f"https://icv.example{path}", at)


def letters(session: Session, person: Person) -> list[tuple[str, date]]:
    rows = session.execute(
        sa.select(Letter.subject, Letter.made_at).where(Letter.to_email == person.email).order_by(Letter.id)
    )
    return [(subject, made_at.date()) for subject, made_at in rows]


def bodies(session: Session, person: Person) -> list[str]:
    asked = sa.select(Letter.body).where(Letter.to_email == person.email).order_by(Letter.id)
    return list(session.scalars(asked))


def taken(person: Person, course: str, until: date | None, on: date = date(2025, 1, 2)) -> None:
    person.trainings.append(Training(course=course, trained_on=on, expires_on=until))


@pytest.fixture
def catalogue(session: Session, by: Actor) -> None:
    for name, kind in (
        ("Refresher", CourseKind.KEPT_UP),
        ("Data protection", CourseKind.KEPT_UP),
        ("Terrorism visits", CourseKind.TERRORISM),
        ("First aid", CourseKind.OTHER),
        ("Old course", CourseKind.KEPT_UP),
    ):
        number = desk.add_course(session, CourseFacts(name, kind, 12), by=by, at=NOW)
        if name == "Old course":
            desk.retire_course(session, number, by=by, at=NOW)


def test_reminders_have_names_of_their_own() -> None:
    modules = [one.__module__.rsplit(".", 1)[-1] for one in REMINDERS]
    assert len(modules) == len(set(modules))
    assert {remind_of_cards, remind_of_training, remind_of_sessions} <= set(REMINDERS)


@pytest.mark.usefixtures("catalogue")
def test_three_letters_before_training_runs_out_and_each_once(session: Session, make: Workshop) -> None:
    person, until = make.person(), TODAY + timedelta(days=70)
    taken(person, "Refresher", until)
    day_by_day(session, remind_of_training, TODAY, until + timedelta(days=20))
    assert letters(session, person) == [
        ("Your training runs out on 13 May 2026", until - timedelta(days=60)),
        ("Your training runs out on 13 May 2026", until - timedelta(days=14)),
        ("Your training runs out today", until),
    ]


@pytest.mark.usefixtures("catalogue")
def test_courses_that_end_on_one_day_are_in_one_letter(session: Session, make: Workshop) -> None:
    person, until = make.person(), TODAY + timedelta(days=10)
    for course in ("Refresher", "Terrorism visits", "First aid", "Old course"):
        taken(person, course, until)
    taken(person, "Data protection", until + timedelta(days=1))
    day_by_day(session, remind_of_training, TODAY, TODAY)
    first, second = bodies(session, person)
    assert "- Refresher\n- Terrorism visits\n" in first
    assert "First aid" not in first
    assert "Old course" not in first
    assert "- Data protection\n" in second
    assert "https://icv.example/record/" in first


@pytest.mark.usefixtures("catalogue")
def test_who_has_renewed_left_or_never_ran_out_is_not_written_to(session: Session, make: Workshop) -> None:
    until = TODAY + timedelta(days=10)
    renewed, gone, for_good, long_ago = make.person(), make.person(Stage.LEFT), make.person(), make.person()
    taken(renewed, "Refresher", until)
    taken(renewed, "Refresher", until + timedelta(days=300), on=TODAY)
    taken(gone, "Refresher", until)
    taken(for_good, "Refresher", None)
    taken(long_ago, "Refresher", TODAY - timedelta(days=30))
    day_by_day(session, remind_of_training, TODAY, TODAY)
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0


@pytest.mark.usefixtures("catalogue")
def test_a_letter_names_the_place_one_has_already(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    taken(person, "Refresher", TODAY + timedelta(days=30))
    number = session.scalar(sa.select(Course.id).where(Course.name == "Refresher")) or 0
    sitting = desk.add_session(session, SittingFacts(number, NOW + timedelta(days=6)), by=by, at=NOW)
    desk.book(session, sitting, [person.id], by=by, at=NOW)
    day_by_day(session, remind_of_training, TODAY, TODAY)
    assert "- Refresher (you have a place: Tuesday 10 March 2026, 12:00)" in bodies(session, person)[-1]


def test_a_worker_that_stood_still_on_the_day_writes_within_the_week(
    session: Session, make: Workshop
) -> None:
    person = make.person()
    make.keep(
        Card(
            person_id=person.id, number="7", issued_on=date(2025, 1, 1), expires_on=TODAY - timedelta(days=3)
        )
    )
    day_by_day(session, remind_of_cards, TODAY, TODAY + timedelta(days=10))
    assert letters(session, person) == [("Your identity card has run out", TODAY)]


def test_three_letters_before_a_card_runs_out_and_none_of_one_replaced(
    session: Session, make: Workshop, by: Actor
) -> None:
    until, issued = TODAY + timedelta(days=61), date(2025, 1, 1)
    one, other = make.person(), make.person()
    papers.issue_cards(session, {one.id: "1", other.id: "2"}, issued, until, is_exchange=True, by=by, at=NOW)
    papers.issue_cards(session, {other.id: "3"}, TODAY, None, is_exchange=True, by=by, at=NOW)
    day_by_day(session, remind_of_cards, TODAY, until + timedelta(days=9))
    assert [on for _, on in letters(session, one)] == [
        until - timedelta(days=60),
        until - timedelta(days=14),
        until,
    ]
    assert letters(session, other) == []


def test_two_days_before_a_session_whoever_has_long_had_a_place_is_reminded_once(
    session: Session, make: Workshop, by: Actor
) -> None:
    number = desk.add_course(session, CourseFacts("Refresher", CourseKind.KEPT_UP), by=by, at=NOW)
    starts_at = datetime.fromisoformat("2026-04-01T07:00:00+00:00")
    sitting = desk.add_session(session, SittingFacts(number, starts_at, place="Town Hall"), by=by, at=NOW)
    early, late = make.person(), make.person()
    desk.book(session, sitting, [early.id], by=by, at=NOW)
    day_by_day(session, remind_of_sessions, TODAY, date(2026, 3, 30))
    desk.book(session, sitting, [late.id], by=by, at=starts_at - timedelta(days=1))
    day_by_day(session, remind_of_sessions, date(2026, 3, 31), date(2026, 4, 3))
    booked = "Your place on a training: Refresher"
    assert letters(session, early) == [
        (booked, TODAY),
        ("Your training is near: Refresher", date(2026, 3, 30)),
    ]
    assert letters(session, late) == [(booked, date(2026, 3, 31))]


def test_who_has_left_or_will_have_by_then_is_not_reminded(
    session: Session, make: Workshop, by: Actor
) -> None:
    number = desk.add_course(session, CourseFacts("Refresher", CourseKind.KEPT_UP), by=by, at=NOW)
    sitting = desk.add_session(session, SittingFacts(number, NOW + timedelta(days=9)), by=by, at=NOW)
    leaving, staying = make.person(), make.person()
    desk.book(session, sitting, [leaving.id, staying.id], by=by, at=NOW)
    leaves = people.Move(Stage.LEFT, TODAY + timedelta(days=8), "Moved away")
    people.move(session, leaving.id, leaves, Choices(), by=by, at=NOW)
    day_by_day(session, remind_of_sessions, TODAY, TODAY + timedelta(days=9))
    assert [len(letters(session, one)) for one in (leaving, staying)] == [1, 2]
    line = session_line(session, sitting)
    assert line
    assert [one.is_gone for one in booked_on(session, line)] == [True, False]


def test_of_a_cancelled_session_nobody_is_reminded(session: Session, make: Workshop, by: Actor) -> None:
    number = desk.add_course(session, CourseFacts("Refresher", CourseKind.KEPT_UP), by=by, at=NOW)
    sitting = desk.add_session(session, SittingFacts(number, NOW + timedelta(days=5)), by=by, at=NOW)
    person = make.person()
    desk.book(session, sitting, [person.id], by=by, at=NOW)
    desk.cancel_session(session, sitting, "No room", by=by, at=NOW)
    day_by_day(session, remind_of_sessions, TODAY, TODAY + timedelta(days=6))
    assert [subject for subject, _ in letters(session, person)][1:] == [
        "Your training is cancelled: Refresher"
    ]


# -- agreements and cards for several


def test_an_agreement_is_recorded_for_several_and_once(session: Session, make: Workshop, by: Actor) -> None:
    both = [make.person().id, make.person().id]
    facts = AgreementFacts("3", TODAY)
    assert papers.record_signed(session, both, facts, by=by, at=NOW) == papers.Signed(2, 0)
    assert papers.record_signed(session, both, facts, by=by, at=NOW) == papers.Signed(0, 2)
    with pytest.raises(PeopleError, match="still to come"):
        papers.record_signed(session, both, AgreementFacts("3", TODAY + timedelta(days=1)), by=by, at=NOW)
    with pytest.raises(PeopleError, match="at least one person"):
        papers.record_signed(session, [999], facts, by=by, at=NOW)


def test_who_has_signed_the_version_in_use_and_who_misses_what_comes_first(
    session: Session, make: Workshop, by: Actor
) -> None:
    names = ("Nothing", "Old version", "No card", "All", "Ending")
    ids = {name: make.person(name=name).id for name in names}
    make.person(Stage.LEFT), make.person(Stage.TRAINING)
    for version, signed in (("2", ("Old version", "All")), ("3", ("No card", "All", "Ending"))):
        papers.record_signed(
            session,
            [ids[name] for name in signed],
            AgreementFacts(version, TODAY - timedelta(days=10 - int(version))),
            by=by,
            at=NOW,
        )
    for name, until in (("Old version", None), ("All", None), ("Ending", TODAY + timedelta(days=30))):
        papers.issue_cards(session, {ids[name]: name}, TODAY, until, is_exchange=False, by=by, at=NOW)
    found = papers_listed(session, "3", TODAY, 90)
    assert [line.name for line in found.lines] == ["Nothing", "No card", "Old version", "Ending", "All"]
    assert (found.signed, found.with_card) == (3, 3)
    assert papers_listed(session, "", TODAY, 90).signed == 4
    assert [line.version for line in found.lines] == [None, "3", "2", "3", "3"]


def test_a_new_card_takes_the_place_of_the_old_one(session: Session, make: Workshop, by: Actor) -> None:
    one, other = make.person(name="Ann"), make.person(name="Bob")
    papers.issue_cards(session, {one.id: "7"}, date(2025, 1, 1), None, is_exchange=True, by=by, at=NOW)
    issued = papers.issue_cards(
        session, {one.id: " 8 ", other.id: " "}, TODAY, None, is_exchange=True, by=by, at=NOW
    )
    assert issued == 1
    cards = session.execute(sa.select(Card.number, Card.returned_on).order_by(Card.id)).all()
    assert [tuple(card) for card in cards] == [("7", TODAY), ("8", None)]
    with pytest.raises(PeopleError, match="Card 8 is with Ann already") as refusal:
        papers.issue_cards(session, {other.id: "8"}, TODAY, None, is_exchange=True, by=by, at=NOW)
    assert refusal.value.person_id == other.id


@pytest.mark.parametrize(
    ("numbers", "issued", "expires", "said"),
    [
        (("", " "), TODAY, None, "at least one card"),
        (("9", "9"), TODAY, None, "entered twice"),
        (("9", ""), TODAY + timedelta(days=1), None, "still to come"),
        (("9", ""), TODAY, TODAY - timedelta(days=1), "cannot expire before"),
    ],
)
def test_cards_that_cannot_be_are_refused_for_all(
    session: Session,
    make: Workshop,
    by: Actor,
    numbers: tuple[str, str],
    issued: date,
    expires: date | None,
    said: str,
) -> None:
    given = {make.person().id: number for number in numbers}
    with pytest.raises(PeopleError, match=said):
        papers.issue_cards(session, given, issued, expires, is_exchange=True, by=by, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Card)) == 0
