"""Progress: how far people have come on the path, for one person or for everybody at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.appraisal import ReviewKind, ReviewOutcome
from icv.rules.days import london_day
from icv.rules.progress import Progress
from icv.rules.refereeing import RefereeDays
from icv.store.people.dated import Interview, Review
from icv.store.people.referees import Referee
from icv.store.people.standings import standings
from icv.store.people.tables import Person

_WITH_REFEREES = (
    sa.select(
        Person.id,
        Person.appointed_on,
        Person.probation_ends_on,
        Referee.id,
        Referee.asked_at,
        Referee.fails_on,
        Referee.answered_at,
        Referee.given_up_on,
    )
    .outerjoin(Referee, Referee.person_id == Person.id)
    .order_by(Person.id, Referee.id)
)
_INTERVIEWS = sa.select(
    sa.literal("interview").label("what"),
    Interview.id.label("number"),
    Interview.person_id.label("person_id"),
    Interview.held_on.label("held_on"),
    sa.case((Interview.is_recommended, "yes"), else_="no").label("said"),
)
_REVIEWS = sa.select(
    sa.literal("review"),
    Review.id,
    Review.person_id,
    Review.held_on,
    sa.cast(Review.outcome, sa.Text()),
).where(Review.kind == ReviewKind.PROBATION)
_HELD = sa.union_all(_INTERVIEWS, _REVIEWS).subquery()
"""Interviews and reviews in one question: what came of each is a word."""


def progress_of(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Progress]:
    """By person; None: of everybody. Always the same number of queries."""
    of_each = standings(session, person_ids)
    interviews, reviews = _held(session, person_ids)
    asked = _WITH_REFEREES if person_ids is None else _WITH_REFEREES.where(Person.id.in_(person_ids))
    rows = groupby(session.execute(asked), key=lambda row: row[:3])
    return {
        person_id: Progress(
            standing=of_each[person_id],
            appointed_on=appointed_on,
            probation_ends_on=probation_ends_on,
            interviews=tuple(interviews[person_id]),
            reviews=tuple(reviews[person_id]),
            referees=tuple(referee_days(*row[4:]) for row in referees if row[3] is not None),
        )
        for (person_id, appointed_on, probation_ends_on), referees in rows
        if person_id in of_each
    }


def referee_days(
    asked_at: datetime | None, fails_on: date | None, answered_at: datetime | None, given_up_on: date | None
) -> RefereeDays:
    """The moments of a referee as days in London."""
    return RefereeDays(
        asked_on=asked_at and london_day(asked_at),
        fails_on=fails_on,
        answered_on=answered_at and london_day(answered_at),
        given_up_on=given_up_on,
    )


def _held(
    session: Session, person_ids: Collection[int] | None
) -> tuple[dict[int, list[tuple[date, bool]]], dict[int, list[tuple[date, ReviewOutcome]]]]:
    """Interviews and reviews of each person, in the order they were entered."""
    interviews: defaultdict[int, list[tuple[date, bool]]] = defaultdict(list)
    reviews: defaultdict[int, list[tuple[date, ReviewOutcome]]] = defaultdict(list)
    asked = sa.select(_HELD.c.what, _HELD.c.person_id, _HELD.c.held_on, _HELD.c.said).order_by(_HELD.c.number)
    if person_ids is not None:
        asked = asked.where(_HELD.c.person_id.in_(person_ids))
    for what, person_id, held_on, said in session.execute(asked):
        if what == "interview":
            interviews[person_id].append((held_on, said == "yes"))
        else:
            reviews[person_id].append((held_on, ReviewOutcome(said)))
    return interviews, reviews
