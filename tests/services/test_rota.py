"""Drawing and publishing rotas, on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar
from sqlalchemy.orm import Session

from icv.planner.rota import Status
from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.store.availability import Availability, DaysAway, FreeSlot
from icv.store.letters import Letter
from icv.store.people import Conflict, Person
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.suites import SuitePeriod
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))


def built(session: Session, period: Period = FOUR_WEEKS, seed: int = 7, **choices: object) -> desk.Built:
    return desk.build(session, period, seed=seed, time_limit=None, choices=Choices(**choices))  # type: ignore[arg-type]


def published(session: Session, period: Period = FOUR_WEEKS) -> Rota:
    rota = desk.draw(session, period, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW)
    return rota


def visitor_in(problem: desk.Asked, person_id: int) -> object:
    return next(one for one in problem.problem.visitors if one.key == person_id)


# -- what is asked


def test_only_people_in_office_are_asked(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(Stage.VETTING)
    make.person(Stage.LEFT, left_on=MONDAY)
    leaving = make.person(left_on=MONDAY + timedelta(days=10))
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert list(asked.people) == [leaving.id]
    assert visitor_in(asked, leaving.id).cleared[-1][1] == MONDAY + timedelta(days=9)


def test_a_probationer_is_known_as_one(session: Session, make: Workshop) -> None:
    make.suite()
    person = make.person(Stage.PROBATION)
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, person.id).probation == visitor_in(asked, person.id).cleared != ()


def test_who_has_not_answered_is_taken_as_free_and_counted(session: Session, make: Workshop) -> None:
    make.suite()
    silent, nothing_to_add, evenings = make.person(), make.person(), make.person()
    session.add(Availability(person_id=nothing_to_add.id, given_at=NOW))
    session.add(Availability(person_id=evenings.id, given_at=NOW, wanted_a_month=2, most_a_month=3))
    session.flush()
    session.add_all(
        [
            FreeSlot(person_id=evenings.id, weekday=2, band=3),
            FreeSlot(person_id=evenings.id, weekday=2, band=9),
        ]
    )
    drawn = built(session, most_visits_a_month=5)
    assert visitor_in(drawn.asked, silent.id).free is None
    assert len(visitor_in(drawn.asked, nothing_to_add.id).free) == 35
    assert visitor_in(drawn.asked, evenings.id).free == {(2, 3)}
    assert (
        visitor_in(drawn.asked, evenings.id).wanted_a_month,
        visitor_in(drawn.asked, evenings.id).most_a_month,
    ) == (2.0, 3)
    assert visitor_in(drawn.asked, silent.id).most_a_month == 5
    assert drawn.as_json()["taken_as_free"] == 1


def test_a_suite_of_a_team_is_visited_by_its_members_and_people_without_one(
    session: Session, make: Workshop
) -> None:
    north, south = make.team("North"), make.team("South")
    of_north, of_nobody = make.suite(team_id=north.id), make.suite()
    member, other, free = make.person(team_id=north.id), make.person(team_id=south.id), make.person()
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, member.id).suites == {of_north.id, of_nobody.id}
    assert visitor_in(asked, other.id).suites == {of_nobody.id}
    assert visitor_in(asked, free.id).suites is None


def test_conflicts_and_days_away_are_kept_to(session: Session, make: Workshop) -> None:
    suite = make.suite()
    one, other = make.person(), make.person()
    session.add_all(
        [
            Conflict(person_id=one.id, with_person_id=other.id, declared_on=date(2025, 1, 1)),
            Conflict(person_id=one.id, suite_id=suite.id, declared_on=date(2025, 1, 1), ended_on=MONDAY),
            DaysAway(person_id=other.id, first_on=MONDAY, last_on=MONDAY + timedelta(days=6)),
        ]
    )
    session.flush()
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, one.id).barred_people == {other.id}
    assert visitor_in(asked, one.id).barred_suites == set()
    assert visitor_in(asked, other.id).away == ((MONDAY, MONDAY + timedelta(days=6)),)


def test_what_was_done_before_is_carried_over(session: Session, make: Workshop) -> None:
    suite = make.suite()
    busy, partner, idle = make.person(), make.person(), make.person()
    for weeks_ago in (4, 8):
        make.visit(suite, busy, partner, week=MONDAY - timedelta(weeks=weeks_ago))
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert visitor_in(asked, busy.id).carried_visits == pytest.approx(2 - 4 / 3, abs=0.01)
    assert visitor_in(asked, idle.id).carried_visits == pytest.approx(-4 / 3, abs=0.01)
    assert asked.problem.past_pairs == ((busy.id, partner.id, 2),)
    assert visitor_in(asked, busy.id).last_suite == suite.id


def test_arrivals_of_the_year_before_count_as_covered(session: Session, make: Workshop) -> None:
    suite = make.suite()
    tuesday = MONDAY - timedelta(days=6)
    for day, outcome in ((tuesday, Outcome.COMPLETED), (tuesday, Outcome.ABANDONED)):
        make.visit(suite, arrived_at=datetime.combine(day, time(11), tzinfo=UTC), outcome=outcome, week=day)
    make.visit(
        suite,
        arrived_at=datetime(2024, 1, 3, 11, tzinfo=UTC),
        outcome=Outcome.COMPLETED,
        week=date(2024, 1, 3),
    )
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert asked.problem.suites[0].covered == (((1, 1), 1),)


def test_visits_of_other_rotas_stand_in_the_way_but_not_those_planned_anew(
    session: Session, make: Workshop
) -> None:
    suite = make.suite()
    person = make.person()
    make.visit(suite, person, week=MONDAY)
    make.visit(suite, person, week=MONDAY - timedelta(weeks=1))
    extra = make.visit(suite, person, week=MONDAY, is_scheduled=False)
    make.visit(
        suite,
        person,
        week=MONDAY,
        is_scheduled=False,
        outcome=Outcome.CANCELLED,
        cancelled_on=TODAY,
        reason="closed",
    )
    asked = desk.problem_for(session, FOUR_WEEKS, seed=1, choices=Choices())
    assert [duty.week_starts for duty in asked.problem.duties] == [
        MONDAY - timedelta(weeks=1),
        extra.week_starts_on,
    ]


def test_contingency_periods_are_not_planned(session: Session, make: Workshop) -> None:
    suite = make.suite()
    suite.periods = [SuitePeriod(opens_on=date(2020, 1, 1), visits_a_week=1, kind="contingency")]
    session.flush()
    assert built(session).as_json()["visits"] == built(session).as_json()["unfilled"] == []


def test_too_many_weeks_are_refused_in_words(session: Session, make: Workshop) -> None:
    make.suite()
    with pytest.raises(RotaError, match="at most 53 weeks"):
        built(session, Period(MONDAY, MONDAY + timedelta(weeks=54)))


# -- what is drawn


def test_every_suite_has_its_pair_every_week(session: Session, make: Workshop) -> None:
    suites = [make.suite("Euston Street"), make.suite("Keyham Lane")]
    people = [make.person() for _ in range(8)]
    found = built(session).as_json()
    assert len(found["visits"]) == len(suites) * 4
    assert {email for visit in found["visits"] for email in visit["visitors"]} <= {
        one.email for one in people
    }
    assert all(len(set(visit["visitors"])) == 2 and visit["suggested_timeslots"] for visit in found["visits"])
    assert found["visits"][0]["week_starts"] == MONDAY.isoformat()
    assert found["quality"]["unfilled"] == 0
    assert (found["from"], found["to"], found["seed"]) == (
        FOUR_WEEKS.first.isoformat(),
        FOUR_WEEKS.last.isoformat(),
        7,
    )


def test_the_same_seed_gives_the_same_rota(session: Session, make: Workshop) -> None:
    make.suite()
    for _ in range(6):
        make.person()
    assert built(session).plan == built(session).plan
    assert built(session, seed=8).plan.quality == built(session).plan.quality


def test_an_empty_visit_says_why_and_the_counts_add_up(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person(Stage.SUSPENDED), make.person(Stage.ON_LEAVE)
    found = built(session).as_json()
    assert found["status"] == Status.INFEASIBLE
    assert len(found["unfilled"]) == 4
    assert found["unfilled"][0]["reasons"] == [
        {"reason": "not cleared", "volunteers": 2},
        {"reason": "could go, but a visit needs two", "volunteers": 1},
    ]


# -- what is kept


def test_a_draft_stands_apart_from_the_visits(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    rota = desk.draw(session, FOUR_WEEKS, None, by=None, at=NOW)
    assert (rota.state, rota.first_on, rota.last_on) == (RotaState.DRAFT, FOUR_WEEKS.first, FOUR_WEEKS.last)
    assert session.scalar(sa.select(sa.func.count()).select_from(DraftVisit)) == 4
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 0
    assert rota.certificate["words"]


def test_nothing_to_plan_is_no_draft(session: Session) -> None:
    with pytest.raises(RotaError, match="No visit is needed"):
        desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)


def test_a_discarded_draft_is_not_published(session: Session, make: Workshop) -> None:
    make.suite()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)
    desk.discard(session, rota, by=None, at=NOW)
    with pytest.raises(RotaError, match="discarded already"):
        desk.publish(session, rota, by=None, at=NOW)


# -- what is published


def test_publishing_puts_every_visit_in_the_register_the_empty_ones_too(
    session: Session, make: Workshop
) -> None:
    make.suite("Euston Street")
    one, other = make.person(), make.person()
    session.add(DaysAway(person_id=one.id, first_on=MONDAY, last_on=MONDAY + timedelta(days=6)))
    session.flush()
    rota = published(session)
    visits = session.scalars(sa.select(Visit).order_by(Visit.week_starts_on)).all()
    assert [visit.reference for visit in visits] == [f"2026-W{week}-EUS-1" for week in (11, 12, 13, 14)]
    assert all(visit.is_scheduled and visit.rota_id == rota.id for visit in visits)
    duties = session.scalars(sa.select(Duty).order_by(Duty.visit_id, Duty.place)).all()
    assert {duty.visit_id for duty in duties} == {visit.id for visit in visits[1:]}
    assert {duty.state for duty in duties} == {DutyState.OFFERED}
    assert len({duty.uid for duty in duties}) == len(duties) == 6
    assert rota.state is RotaState.PUBLISHED
    assert rota.published_at == NOW
    assert {duty.person_id for duty in duties} == {one.id, other.id}


def test_two_suites_of_the_same_letters_have_references_of_their_own(
    session: Session, make: Workshop
) -> None:
    make.suite("Euston Street"), make.suite("Euston Road")
    published(session, Period(MONDAY, MONDAY + timedelta(days=6)))
    assert sorted(session.scalars(sa.select(Visit.reference))) == ["2026-W11-EUS-1", "2026-W11-EUS-2"]


def test_each_visitor_is_told_once_of_their_own_visits(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    one, other = make.person(name="Ann"), make.person(name="Bo")
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    assert desk.publish(session, rota, by=None, at=NOW, link="https://x.example/duties/") == 2
    letters = session.scalars(sa.select(Letter).order_by(Letter.id)).all()
    assert [letter.to_email for letter in letters] == [one.email, other.email]
    assert letters[0].body.count("Euston Street, week of") == 4
    assert "https://x.example/duties/" in letters[0].body
    assert "Bo" not in letters[0].body


def test_the_letter_of_a_rota_carries_the_own_weeks_for_a_calendar(session: Session, make: Workshop) -> None:
    make.suite("Euston Street")
    make.person(), make.person()
    rota = desk.draw(session, FOUR_WEEKS, 7, by=None, at=NOW)
    desk.publish(session, rota, by=None, at=NOW, link="https://icv.example.org/duties/")
    letters = session.scalars(sa.select(Letter).order_by(Letter.id)).all()
    assert letters
    for letter in letters:
        events = Calendar.from_ical(letter.calendar).walk("VEVENT")
        person = session.scalars(sa.select(Person).where(Person.email == letter.to_email)).one()
        duties = session.scalars(sa.select(Duty).where(Duty.person_id == person.id)).all()
        assert {str(event["UID"]) for event in events} == {f"{duty.uid}@icv.example.org" for duty in duties}
        assert {str(event["SUMMARY"]) for event in events} == {"ICV duty"}


def test_a_draft_is_published_once(session: Session, make: Workshop) -> None:
    make.suite()
    rota = published(session)
    with pytest.raises(RotaError, match="published already"):
        desk.publish(session, rota, by=None, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 4


def test_a_week_that_has_its_visits_is_not_published_again(session: Session, make: Workshop) -> None:
    make.suite("Euston Street"), make.suite("Keyham Lane")
    published(session)
    again = desk.draw(
        session, Period(FOUR_WEEKS.first, FOUR_WEEKS.last + timedelta(weeks=4)), 8, by=None, at=NOW
    )
    with pytest.raises(RotaError, match=r"Euston Street, 9 March to 15 March 2026; .*and 3 more"):
        desk.publish(session, again, by=None, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 8


def test_a_cancelled_visit_does_not_stand_in_the_way(session: Session, make: Workshop) -> None:
    suite = make.suite()
    make.visit(suite, week=MONDAY, outcome=Outcome.CANCELLED, cancelled_on=TODAY, reason="closed")
    published(session)


def test_a_rota_is_not_published_into_the_past(session: Session, make: Workshop) -> None:
    make.suite()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)
    with pytest.raises(RotaError, match="is over"):
        desk.publish(session, rota, by=None, at=NOW + timedelta(days=13))
    assert rota.state is RotaState.DRAFT


def test_nobody_who_has_left_by_then_is_published(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(name="Ann"), make.person()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)
    session.execute(sa.update(Person).where(Person.name == "Ann").values(left_on=MONDAY))
    with pytest.raises(RotaError, match="Ann leaves before"):
        desk.publish(session, rota, by=None, at=NOW)


def test_drawing_and_publishing_stand_in_the_trail(session: Session, make: Workshop) -> None:
    make.suite()
    account = make.account()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=account.id, at=NOW)
    desk.publish(session, rota, by=account.id, at=NOW)
    entries = session.scalars(sa.select(TrailEntry).order_by(TrailEntry.id)).all()
    assert [(entry.act, entry.subject_id, entry.account_id) for entry in entries] == [
        ("draw rota", rota.id, account.id),
        ("publish rota", rota.id, account.id),
    ]
