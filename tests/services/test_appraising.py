"""Reviews, the end of probation, and terms that are renewed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.appraisal import ReviewKind, ReviewOutcome
from icv.rules.requirements import Requirement
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services import people as desk
from icv.store.people import Person, Review, Term, reviews_of, standings
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices(before_confirmation=frozenset({Requirement.REVIEW}))
PROBATION, GO_ON = ReviewKind.PROBATION, ReviewOutcome.GO_ON


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def on_probation(make: Workshop) -> Person:
    ends_on = TODAY + timedelta(days=20)
    return make.person(Stage.PROBATION, appointed_on=date(2025, 10, 1), probation_ends_on=ends_on)


def review(session: Session, person: Person, by: Actor, outcome: ReviewOutcome, held_on: date = TODAY) -> int:
    said = "" if outcome is GO_ON else "Not sure yet"
    return desk.record_review(session, person.id, PROBATION, outcome, said, held_on=held_on, by=by, at=NOW)


def test_probation_ends_well_after_a_review_that_says_so(session: Session, make: Workshop, by: Actor) -> None:
    person = on_probation(make)
    with pytest.raises(desk.PeopleError, match="review"):
        desk.confirm(session, person.id, TODAY, CHOICES, reason="", by=by, at=NOW)
    review(session, person, by, ReviewOutcome.EXTEND)
    with pytest.raises(desk.PeopleError, match="to be decided later"):
        desk.confirm(session, person.id, TODAY, CHOICES, reason="", by=by, at=NOW)
    review(session, person, by, GO_ON)
    desk.confirm(session, person.id, TODAY, CHOICES, reason="", by=by, at=NOW)
    assert standings(session, [person.id])[person.id].stage_on(TODAY) is Stage.ACTIVE
    assert [line.outcome for line in reviews_of(session, person.id)] == [GO_ON, ReviewOutcome.EXTEND]


def test_only_probation_is_confirmed(session: Session, make: Workshop, by: Actor) -> None:
    with pytest.raises(desk.PeopleError, match="not on probation"):
        desk.confirm(session, make.person().id, TODAY, CHOICES, reason="", by=by, at=NOW)


def test_a_review_sent_twice_is_one(session: Session, make: Workshop, by: Actor) -> None:
    person = on_probation(make)
    assert review(session, person, by, GO_ON) == review(session, person, by, GO_ON)
    assert session.scalar(sa.select(sa.func.count()).select_from(Review)) == 1


def test_a_review_is_held_after_the_appointment_and_not_tomorrow(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = on_probation(make)
    for day, said in ((TODAY + timedelta(days=1), "still to come"), (date(2025, 9, 30), "appointment")):
        with pytest.raises(desk.PeopleError, match=said):
            review(session, person, by, GO_ON, day)
    with pytest.raises(desk.PeopleError, match="Say why"):
        desk.record_review(session, person.id, PROBATION, ReviewOutcome.END, "", held_on=TODAY, by=by, at=NOW)


def test_nobody_reviews_an_applicant_or_somebody_gone(session: Session, make: Workshop, by: Actor) -> None:
    with pytest.raises(desk.PeopleError, match="not been appointed"):
        review(session, make.person(Stage.TRAINING), by, GO_ON)
    with pytest.raises(desk.PeopleError, match="end on record"):
        review(session, make.person(Stage.LEFT, left_on=TODAY), by, GO_ON)


def test_an_extension_moves_the_last_day_and_keeps_why(session: Session, make: Workshop, by: Actor) -> None:
    person = on_probation(make)
    until = TODAY + timedelta(days=110)
    desk.extend_probation(session, person.id, until, "Only two visits so far", by=by, at=NOW)
    assert person.probation_ends_on == until
    (line,) = reviews_of(session, person.id)
    assert line.outcome is ReviewOutcome.EXTEND
    assert line.notes == "Probation extended to 22 June 2026 from 24 March 2026: Only two visits so far"
    acts = session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject_id == person.id)).all()
    assert "extend probation" in acts


def test_an_extension_is_for_later_and_has_a_reason(session: Session, make: Workshop, by: Actor) -> None:
    person = on_probation(make)
    with pytest.raises(desk.PeopleError, match="already"):
        desk.extend_probation(session, person.id, TODAY + timedelta(days=20), "Why", by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="Say why"):
        desk.extend_probation(session, person.id, TODAY + timedelta(days=40), " ", by=by, at=NOW)
    person.probation_ends_on = TODAY - timedelta(days=20)
    with pytest.raises(desk.PeopleError, match="is over"):
        desk.extend_probation(session, person.id, TODAY - timedelta(days=1), "Why", by=by, at=NOW)


def test_terms_follow_one_another_without_end_but_never_overlap(
    session: Session, make: Workshop, by: Actor
) -> None:
    person = make.person(appointed_on=date(1996, 1, 1))
    person.terms[0].starts_on, person.terms[0].ends_on = date(1996, 1, 1), date(1998, 12, 31)
    session.flush()
    for year in range(1999, 2026, 3):
        desk.renew_term(session, person.id, date(year, 1, 1), date(year + 2, 12, 31), by=by, at=NOW)
    assert session.scalar(sa.select(sa.func.count()).select_from(Term)) == 10
    with pytest.raises(desk.PeopleError, match="overlaps the term from 1 January 2023 until 31 December"):
        desk.renew_term(session, person.id, date(2025, 12, 31), date(2028, 12, 30), by=by, at=NOW)
    with pytest.raises(desk.PeopleError, match="cannot end before"):
        desk.renew_term(session, person.id, date(2026, 1, 1), date(2025, 12, 31), by=by, at=NOW)


def test_a_term_without_an_end_cannot_be_followed(session: Session, make: Workshop, by: Actor) -> None:
    person = make.person()
    person.terms[0].ends_on = None
    session.flush()
    with pytest.raises(desk.PeopleError, match="without an end"):
        desk.renew_term(session, person.id, date(2030, 1, 1), date(2033, 1, 1), by=by, at=NOW)
