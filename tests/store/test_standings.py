"""What clearance is made from, as the database keeps it: courses, versions, levels and declarations."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from icv.rules.appraisal import DeclarationKind
from icv.rules.clearance import clearance
from icv.rules.courses import CourseKind
from icv.rules.scheme import Choices, Need
from icv.store.courses import Course
from icv.store.people import Agreement, Declaration, Person, Training, standings
from tests.workshop import NOW, TODAY, Workshop

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
