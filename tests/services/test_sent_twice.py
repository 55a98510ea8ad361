"""What is recorded of people, sent a second time (Back and again): it makes no second record."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.courses import CourseFacts, CourseKind
from icv.rules.records import AgreementFacts, CardFacts, Facts, TermFacts, TrainingFacts, VettingFacts
from icv.rules.sittings import SittingFacts
from icv.services import people, training, vetting
from icv.services.people import papers
from icv.services.vetting import VettingError
from icv.store.people import Card
from icv.store.training import TrainingSession
from icv.store.vetting import vettings_of
from tests.vetted import with_vettings
from tests.workshop import NOW, TODAY, Workshop

LATER = TODAY + timedelta(days=900)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.mark.parametrize(
    "facts",
    [
        VettingFacts("NPPV2", TODAY),
        VettingFacts("", None, TODAY, LATER),
        TrainingFacts("Refresher", TODAY, LATER),
        TrainingFacts("Refresher", TODAY),
        TermFacts(LATER, None),
        AgreementFacts("4", TODAY),
        CardFacts("ICV-1", TODAY, None),
    ],
    ids=lambda facts: facts.kind,
)
def test_a_record_sent_twice_is_one(session: Session, make: Workshop, by: Actor, facts: Facts) -> None:
    training.add_course(session, CourseFacts("Refresher", CourseKind.KEPT_UP, 12), by=by, at=NOW)
    person, other = make.person(), make.person()
    first = people.keep_record(session, person.id, facts, by=by, at=NOW)
    assert people.keep_record(session, person.id, facts, by=by, at=NOW) == first
    theirs = replace(facts, number="ICV-2") if isinstance(facts, CardFacts) else facts
    assert people.keep_record(session, other.id, theirs, by=by, at=NOW) != first


def test_a_clearance_of_many_sent_twice_is_one(session: Session, make: Workshop, by: Actor) -> None:
    asked = with_vettings(make, VettingFacts("SC", TODAY - timedelta(days=9)), name="Asha")
    unasked = with_vettings(make, name="Ben")
    cleared = VettingFacts("", cleared_on=TODAY, expires_on=LATER)
    assert vetting.record_cleared(session, [asked.id], cleared, by=by, at=NOW) == 1
    assert vetting.record_cleared(session, [asked.id, unasked.id], cleared, by=by, at=NOW) == 1
    with pytest.raises(VettingError, match="on record already"):
        vetting.record_cleared(session, [asked.id, unasked.id], cleared, by=by, at=NOW)
    assert [len(kept) for kept in vettings_of(session, [asked.id, unasked.id]).values()] == [1, 1]


def test_a_clearance_at_another_level_is_another_one(session: Session, make: Workshop, by: Actor) -> None:
    person = with_vettings(make, VettingFacts("NPPV2", None, TODAY, LATER))
    assert vetting.record_cleared(session, [person.id], VettingFacts("SC", None, TODAY, LATER), by=by, at=NOW)
    assert len(vettings_of(session, [person.id])[person.id]) == 2


@pytest.mark.parametrize("is_exchange", [True, False])
def test_cards_of_many_sent_twice_stay_with_whoever_has_them(
    session: Session, make: Workshop, by: Actor, is_exchange: bool
) -> None:
    one, two = make.person(), make.person()

    def issue(numbers: dict[int, str]) -> int:
        return papers.issue_cards(session, numbers, TODAY, LATER, is_exchange=is_exchange, by=by, at=NOW)

    assert issue({one.id: "A1"}) == 1
    assert issue({one.id: "A1", two.id: "A2"}) == 1
    assert issue({one.id: "A1", two.id: "A2"}) == 0
    cards = session.execute(sa.select(Card.number, Card.returned_on).where(Card.number.in_(["A1", "A2"])))
    assert sorted(tuple(card) for card in cards) == [("A1", None), ("A2", None)]


def test_a_session_sent_twice_is_one_until_it_is_cancelled(
    session: Session, make: Workshop, by: Actor
) -> None:
    course = training.add_course(session, CourseFacts("Refresher", CourseKind.KEPT_UP, 12), by=by, at=NOW)
    facts = SittingFacts(course, NOW + timedelta(days=9), None, "Town Hall", 12)
    first = training.add_session(session, facts, by=by, at=NOW)
    assert training.add_session(session, facts, by=by, at=NOW) == first
    training.cancel_session(session, first, "The hall is shut", by=by, at=NOW)
    assert training.add_session(session, facts, by=by, at=NOW) != first
    assert session.scalar(sa.select(sa.func.count()).select_from(TrainingSession)) == 2
