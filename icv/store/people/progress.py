"""Progress: how far people have come on the path, for one person or for everybody at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from icv.rules.appraisal import ReviewKind
from icv.rules.days import london_day
from icv.rules.progress import Progress
from icv.rules.refereeing import RefereeDays
from icv.rules.stages import Stage
from icv.store.people.dated import Interview, Review
from icv.store.people.referees import Referee
from icv.store.people.standings import standings
from icv.store.people.tables import Person, StageStep, stands

_PEOPLE = sa.select(Person.id, Person.appointed_on, Person.probation_ends_on)
_TURNS = (
    sa.select(StageStep.person_id, StageStep.stage)
    .where(StageStep.stage.in_([Stage.PROBATION, Stage.ACTIVE]), stands(StageStep))
    .order_by(StageStep.on.asc().nulls_first(), StageStep.id)
)
_INTERVIEWS = sa.select(Interview.person_id, Interview.held_on, Interview.is_recommended).order_by(
    Interview.id
)
_REVIEWS = (
    sa.select(Review.person_id, Review.held_on, Review.outcome)
    .where(Review.kind == ReviewKind.PROBATION)
    .order_by(Review.id)
)
_REFEREES = sa.select(
    Referee.person_id, Referee.asked_at, Referee.fails_on, Referee.answered_at, Referee.given_up_on
).order_by(Referee.id)


def progress_of(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Progress]:
    """By person; None: of everybody. Always the same number of queries."""
    of_each = standings(session, person_ids)
    turns = _by_person(session, _TURNS, StageStep.person_id, person_ids)
    interviews = _by_person(session, _INTERVIEWS, Interview.person_id, person_ids)
    reviews = _by_person(session, _REVIEWS, Review.person_id, person_ids)
    referees = _by_person(session, _REFEREES, Referee.person_id, person_ids)
    return {
        person_id: Progress(
            standing=of_each[person_id],
            appointed_on=appointed_on,
            probation_ends_on=probation_ends_on,
            is_on_probation=turns[person_id][-1:] == [(Stage.PROBATION,)],
            interviews=tuple((held_on, is_recommended) for held_on, is_recommended in interviews[person_id]),
            reviews=tuple((held_on, outcome) for held_on, outcome in reviews[person_id]),
            referees=tuple(referee_days(*moments) for moments in referees[person_id]),
        )
        for person_id, appointed_on, probation_ends_on in _asked(session, _PEOPLE, Person.id, person_ids)
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


def _by_person(
    session: Session,
    question: sa.Select[*tuple[Any, ...]],
    whose: InstrumentedAttribute[int],
    person_ids: Collection[int] | None,
) -> defaultdict[int, list[Sequence[Any]]]:
    found: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
    for row in _asked(session, question, whose, person_ids):
        found[row[0]].append(tuple(row[1:]))
    return found


def _asked(
    session: Session,
    question: sa.Select[*tuple[Any, ...]],
    whose: InstrumentedAttribute[int],
    person_ids: Collection[int] | None,
) -> Iterable[Sequence[Any]]:
    return session.execute(question if person_ids is None else question.where(whose.in_(list(person_ids))))
