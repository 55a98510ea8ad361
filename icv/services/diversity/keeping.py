"""A count of visitors' diversity: the day it was made, and where the county's shares are from."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.figures.diversity import faults
from icv.services.diversity.errors import DiversityError
from icv.store.diversity import Survey, SurveyLine, members_on, numbers_of
from icv.store.trail import note

MOST_SOURCE = 200


def add_survey(session: Session, counted_on: date, source: str, *, by: Actor, at: datetime) -> int:
    """Its id. The county's shares, and their source where none is given, are taken over from the latest."""
    _fit_day(session, counted_on, at)
    latest = session.scalars(sa.select(Survey).order_by(Survey.counted_on.desc()).limit(1)).first()
    survey = Survey(
        counted_on=counted_on,
        county_source=_fit(source) or (latest.county_source if latest else ""),
        entered_at=at,
        entered_by_id=by.account_id,
    )
    session.add(survey)
    session.flush()
    if latest:
        _, county = numbers_of(session, latest.id)
        session.add_all(
            SurveyLine(survey_id=survey.id, question=question, answer=answer, county_tenths=tenths)
            for question, shares in county.items()
            for answer, tenths in shares.items()
        )
        session.flush()
    note(session, "enter", "diversity count", survey.id, by=by.account_id, at=at)
    return survey.id


def change_survey(
    session: Session, survey_id: int, counted_on: date, source: str, *, by: Actor, at: datetime
) -> None:
    """Raises DiversityError where more visitors answered than there were on that day."""
    survey = held_survey(session, survey_id)
    if survey.counted_on != counted_on:
        _fit_day(session, counted_on, at)
        members, (visitors, _) = members_on(session, counted_on), numbers_of(session, survey_id)
        for numbers in visitors.values():
            for fault in faults(numbers, {}, members, day_in_words(counted_on)):
                raise DiversityError(fault, field="counted_on")
    survey.counted_on, survey.county_source = counted_on, _fit(source)
    session.flush()
    note(session, "change", "diversity count", survey_id, by=by.account_id, at=at)


def remove_survey(session: Session, survey_id: int, *, by: Actor, at: datetime) -> None:
    """With all its numbers."""
    survey = held_survey(session, survey_id)
    session.execute(sa.delete(SurveyLine).where(SurveyLine.survey_id == survey_id))
    session.delete(survey)
    session.flush()
    note(session, "remove", "diversity count", survey_id, by=by.account_id, at=at)


def held_survey(session: Session, survey_id: int) -> Survey:
    """The count, kept from everybody else until the transaction ends."""
    survey = session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if survey is None:
        raise DiversityError("This count is not on record any more. Go back to the list of counts.")
    return survey


def _fit_day(session: Session, counted_on: date, at: datetime) -> None:
    if counted_on > london_day(at):
        raise DiversityError("The day of the count must not be in the future", field="counted_on")
    if session.scalar(sa.select(Survey.id).where(Survey.counted_on == counted_on)):
        raise DiversityError(
            "A count of this day is on record already: change that one instead", field="counted_on"
        )


def _fit(source: str) -> str:
    source = " ".join(source.split())
    if len(source) > MOST_SOURCE:
        raise DiversityError(f"The source must be {MOST_SOURCE} characters or fewer", field="source")
    return source
