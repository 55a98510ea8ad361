"""Counts of visitors' diversity as the coordinator entered them, by day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from icv.store.accounts import Account
from icv.store.diversity.tables import Survey, SurveyLine
from icv.store.people import Person


@dataclass(frozen=True, slots=True)
class SurveyListed:
    """A count: how many questions have visitors' answers, and how many have shares of the county."""

    id: int
    counted_on: date
    county_source: str
    questions: int
    with_county: int


@dataclass(frozen=True, slots=True)
class SurveyEntered:
    """A count with its numbers by question and answer: visitors, and the county's tenths of a per cent."""

    id: int
    counted_on: date
    county_source: str
    entered_at: datetime
    entered_by: str | None
    members: int
    visitors: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    county: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def surveys(session: Session) -> list[SurveyListed]:
    """The latest first."""

    def questions(number: InstrumentedAttribute[int | None]) -> sa.ColumnElement[int]:
        asked = sa.case((number.is_not(None), SurveyLine.question))
        return sa.func.count(asked.distinct())

    rows = session.execute(
        sa.select(
            Survey.id,
            Survey.counted_on,
            Survey.county_source,
            questions(SurveyLine.visitors),
            questions(SurveyLine.county_tenths),
        )
        .outerjoin(SurveyLine, SurveyLine.survey_id == Survey.id)
        .group_by(Survey.id, Survey.counted_on, Survey.county_source)
        .order_by(Survey.counted_on.desc())
    )
    return [SurveyListed(*row) for row in rows]


def survey(session: Session, survey_id: int) -> SurveyEntered | None:
    row = session.execute(
        sa.select(Survey.id, Survey.counted_on, Survey.county_source, Survey.entered_at, Account.name)
        .outerjoin(Account, Account.id == Survey.entered_by_id)
        .where(Survey.id == survey_id)
    ).one_or_none()
    if row is None:
        return None
    return SurveyEntered(*row, members_on(session, row.counted_on), *numbers_of(session, survey_id))


def numbers_of(
    session: Session, survey_id: int
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Of visitors, and of the county; questions of which nothing was entered are not there."""
    visitors: dict[str, dict[str, int]] = {}
    county: dict[str, dict[str, int]] = {}
    for question, answer, number, tenths in session.execute(
        sa.select(
            SurveyLine.question, SurveyLine.answer, SurveyLine.visitors, SurveyLine.county_tenths
        ).where(SurveyLine.survey_id == survey_id)
    ):
        if number is not None:
            visitors.setdefault(question, {})[answer] = number
        if tenths is not None:
            county.setdefault(question, {})[answer] = tenths
    return visitors, county


def members_on(session: Session, day: date) -> int:
    """How many visitors were in office on the day."""
    return (
        session.scalar(
            sa.select(sa.func.count()).where(
                Person.appointed_on <= day, Person.left_on.is_(None) | (Person.left_on > day)
            )
        )
        or 0
    )
