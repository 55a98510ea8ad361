"""What clearance is made from, as the database keeps it: courses, versions, levels and declarations."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from icv.rules.appraisal import DeclarationKind
from icv.rules.clearance import clearance, cleared_as
from icv.rules.courses import CourseKind
from icv.rules.scheme import Choices, Need
from icv.rules.stages import Stage
from icv.store.courses import Course
from icv.store.people import (
    Agreement,
    Card,
    Declaration,
    Person,
    StageStep,
    Term,
    Training,
    Vetting,
    standings,
    standings_ahead,
)
from tests.workshop import NOW, TODAY, Workshop

A_DAY, LONG_AGO = timedelta(days=1), TODAY - timedelta(days=800)
ASKED = Choices(clearance_needs=frozenset({Need.TRAINING, Need.COURSES, Need.AGREEMENT, Need.DECLARATIONS}))


@pytest.fixture
def person(make: Workshop) -> Person:
    """Appointed, initial training as an import leaves it, the agreement signed and eligibility declared."""
    person = make.person()
    make.keep(Agreement(person_id=person.id, version="2", signed_on=date(2025, 1, 1)))
    declared(make, person, DeclarationKind.ELIGIBILITY, date(2025, 1, 1))
    return person


def declared(
    make: Workshop, person: Person, kind: DeclarationKind, on: date, settled_on: date | None = None
) -> Declaration:
    declaration: Declaration = make.keep(
        Declaration(person_id=person.id, kind=kind, declared_on=on, settled_on=settled_on, made_at=NOW)
    )
    return declaration


def reasons(session: Session, person: Person, choices: Choices = ASKED, day: date = TODAY) -> tuple[str, ...]:
    session.flush()
    return clearance(standings(session, [person.id])[person.id], day, choices).reasons


def course(make: Workshop, name: str, kind: CourseKind, **more: object) -> None:
    make.keep(Course(name=name, kind=kind, **more))


def test_a_scheme_without_a_catalogue_asks_as_it_always_did(session: Session, person: Person) -> None:
    assert reasons(session, person) == ()


def test_imported_training_stands_for_every_initial_course(
    session: Session, make: Workshop, person: Person
) -> None:
    course(make, "Induction", CourseKind.INITIAL)
    course(make, "Law", CourseKind.INITIAL)
    assert reasons(session, person) == ()
    person.trainings[0].course = "Induction"
    assert reasons(session, person) == ("Law not taken",)


def test_a_retired_course_is_asked_of_nobody(session: Session, make: Workshop, person: Person) -> None:
    course(make, "Old refresher", CourseKind.KEPT_UP, is_retired=True)
    course(make, "Refresher", CourseKind.KEPT_UP, valid_months=12)
    assert reasons(session, person) == ("Refresher not taken",)
    taken = Training(
        person_id=person.id, course="Refresher", trained_on=date(2025, 1, 1), expires_on=date(2025, 12, 31)
    )
    make.keep(taken)
    assert reasons(session, person) == ("Refresher ran out on 31 December 2025",)


def test_the_version_in_use_is_the_one_to_sign(session: Session, person: Person) -> None:
    wanted = Choices(clearance_needs=ASKED.clearance_needs, agreement_version="3")
    assert reasons(session, person, wanted) == ("agreement signed in version 2, not 3",)


def test_a_change_counts_until_the_day_it_is_settled(
    session: Session, make: Workshop, person: Person
) -> None:
    first, second = date(2026, 3, 1), date(2026, 3, 3)
    declared(make, person, DeclarationKind.CIRCUMSTANCES, first, settled_on=second)
    declared(make, person, DeclarationKind.CIRCUMSTANCES, TODAY, settled_on=TODAY)
    assert reasons(session, person, day=date(2026, 3, 2)) == (
        "change in circumstances declared on 1 March 2026, not settled until 2 March 2026",
    )
    assert reasons(session, person, day=second) == ()
    assert reasons(session, person) == ()
    assert (
        reasons(session, person, day=date(2024, 12, 31))[-1]
        == "eligibility not declared until 31 December 2024"
    )


def test_levels_and_courses_for_terrorism_visits_come_along(
    session: Session, make: Workshop, person: Person
) -> None:
    course(make, "Terrorism visits", CourseKind.TERRORISM)
    make.keep(Training(person_id=person.id, course="Terrorism visits", trained_on=TODAY))
    standing = standings(session)[person.id]
    assert clearance(standing, TODAY, Choices()).is_for_terrorism
    choices = Choices(terrorism_vetting_levels=("SC",))
    assert clearance(standing, TODAY, choices).terrorism_reasons == ("not vetted to SC",)
    assert clearance(standing, TODAY, Choices(terrorism_vetting_levels=("nppv2",))).is_for_terrorism


@pytest.mark.parametrize("has_catalogue", [False, True])
@pytest.mark.parametrize("needs", [frozenset(Need), frozenset(Need) - {Need.COURSES}])
def test_what_counts_ahead_answers_as_all_of_the_record_does(
    session: Session, make: Workshop, needs: frozenset[Need], *, has_catalogue: bool
) -> None:
    """On each day where one or the other of a person's records ends, begins or is taken up anew."""
    if has_catalogue:
        course(make, "Induction", CourseKind.INITIAL)
        course(make, "Refresher", CourseKind.KEPT_UP)
    for one in range(6):
        who = make.person().id
        over, starts = TODAY + timedelta(days=one - 2), TODAY + timedelta(days=one - 4)
        make.keep(Vetting(person_id=who, cleared_on=LONG_AGO, expires_on=over))
        make.keep(
            Vetting(person_id=who, requested_on=LONG_AGO, cleared_on=starts, refused_on=starts + A_DAY * 5)
        )
        make.keep(Term(person_id=who, starts_on=LONG_AGO, ends_on=over))
        make.keep(Card(person_id=who, number="1", issued_on=LONG_AGO, returned_on=over))
        make.keep(Agreement(person_id=who, version="2", signed_on=starts))
        make.keep(Training(person_id=who, course="Refresher", trained_on=LONG_AGO, expires_on=over))
        make.keep(Training(person_id=who, course="Induction", trained_on=starts - A_DAY * 2, expires_on=over))
        make.keep(StageStep(person_id=who, stage=Stage.ON_LEAVE, on=starts + A_DAY * 4, made_at=NOW))
        declared(make, session.get_one(Person, who), DeclarationKind.ELIGIBILITY, starts)
        declared(
            make, session.get_one(Person, who), DeclarationKind.CIRCUMSTANCES, LONG_AGO, settled_on=starts
        )
    session.flush()
    choices, of_each = Choices(clearance_needs=needs), standings(session)
    held = {who: step for who, one in of_each.items() if (step := one.step_on(TODAY))}
    ahead = standings_ahead(session, held, TODAY, needs=needs)
    assert set(ahead) == set(of_each)
    answers = set()
    for number in range(12):
        day = TODAY + timedelta(days=number)
        asked = {who: cleared_as(one, day, choices) for who, one in of_each.items()}
        assert {who: cleared_as(one, day, choices) for who, one in ahead.items()} == asked
        answers |= set(asked.values())
    assert len(answers) == 2
