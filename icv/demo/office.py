"""The example’s office: courses and sessions, agreements and cards, declarations, a review, and leave."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.appraisal import DeclarationKind, ReviewKind, ReviewOutcome
from icv.rules.courses import CourseKind
from icv.rules.days import ONE_DAY, add_months, london_day, midnight
from icv.rules.records import AgreementFacts
from icv.rules.sittings import SittingFacts
from icv.services import training
from icv.services.people.absence import Leave, go_on_leave
from icv.services.people.appraising import record_review
from icv.services.people.declaring import declare
from icv.services.people.papers import issue_cards, record_signed
from icv.store.courses import Course
from icv.store.people import Person
from icv.store.scheme import Setting, choices_on, write_choice

AGREEMENT = "3"
NOT_YET_SIGNED, NO_CARD, UNDECLARED, MISSED_TRAINING = 3, 2, 1, 4
ON_LEAVE, CHANGED = 6, 8
"""Which of the members, in order of their numbers, are away and have something to tell."""


def bring_office_up_to_date(session: Session, members: Sequence[Person], *, by: Actor, at: datetime) -> None:
    today = london_day(at)
    in_office = [person for person in members if person.left_on is None]
    _sign_and_issue(session, in_office, today, by=by, at=at)
    _train(session, in_office, today, by=by, at=at)
    for person in in_office[UNDECLARED:]:
        words = "18 or over, and holds none of the roles that visitors may not hold"
        declare(
            session,
            person.id,
            DeclarationKind.ELIGIBILITY,
            words,
            declared_on=person.appointed_on,
            by=by,
            at=at,
        )
    changed = in_office[CHANGED]
    words = "My brother-in-law has begun to work as a detention officer in this force."
    declare(session, changed.id, DeclarationKind.CIRCUMSTANCES, words, by=by, at=at)
    away = Leave(today - timedelta(days=16), today + timedelta(days=40), "Looking after a parent")
    go_on_leave(session, in_office[ON_LEAVE].id, away, choices_on(session, today), by=by, at=at)
    held_on = today - timedelta(days=12)
    record_review(
        session,
        in_office[0].id,
        ReviewKind.REAPPRAISAL,
        ReviewOutcome.GO_ON,
        "Steady and kind. Happy to be paired with new visitors.",
        held_on=held_on,
        by=by,
        at=midnight(held_on) + timedelta(hours=14),
    )


def _sign_and_issue(
    session: Session, in_office: Sequence[Person], today: date, *, by: Actor, at: datetime
) -> None:
    session.add(
        Setting(
            name="agreement_version",
            value=write_choice(AGREEMENT),
            effective_on=today,
            set_at=at,
            set_by_id=by.account_id,
        )
    )
    signed = [person.id for person in in_office[NOT_YET_SIGNED:]]
    record_signed(session, signed, AgreementFacts(AGREEMENT, today - timedelta(days=200)), by=by, at=at)
    issued_on = today - timedelta(days=400)
    numbers = {person.id: f"ICV-{person.id:04}" for person in in_office[NO_CARD:]}
    soonest = dict(list(numbers.items())[:1])
    others = dict(list(numbers.items())[1:])
    for some, months in ((soonest, 14), (others, 36)):
        issue_cards(
            session, some, issued_on, add_months(issued_on, months) - ONE_DAY, is_exchange=False, by=by, at=at
        )


def _train(session: Session, in_office: Sequence[Person], today: date, *, by: Actor, at: datetime) -> None:
    """A refresher most came to, one to come with some booked."""
    training.add_usual_courses(session, by=by, at=at)
    refresher = session.scalars(sa.select(Course.id).where(Course.kind == CourseKind.KEPT_UP)).first()
    assert refresher is not None  # noqa: S101  added just now
    held = _sitting(refresher, today - timedelta(days=150))
    ids = [person.id for person in in_office]
    came = ids[MISSED_TRAINING:]
    number = training.add_session(session, held, by=by, at=held.starts_at - timedelta(days=30))
    training.take_attendance(session, number, listed=came, came=came, by=by, at=at)
    coming = _sitting(refresher, today + timedelta(days=17))
    number = training.add_session(session, coming, by=by, at=at)
    training.book(session, number, ids[: MISSED_TRAINING - 1], by=by, at=at)


def _sitting(course_id: int, on: date) -> SittingFacts:
    starts_at = midnight(on) + timedelta(hours=18, minutes=30)
    return SittingFacts(course_id, starts_at, starts_at + timedelta(hours=2), "County Hall, room 4", 20)
