"""The numbers of one question: visitors who gave each answer, and the county's shares."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words
from icv.rules.figures.diversity import faults
from icv.rules.monitoring import Question
from icv.services.diversity.errors import DiversityError
from icv.services.diversity.keeping import held_survey
from icv.store.diversity import SurveyLine, members_on, numbers_of
from icv.store.trail import note


def enter_numbers(
    session: Session,
    survey_id: int,
    question: Question,
    visitors: Mapping[str, int],
    county: Mapping[str, int],
    *,
    seen: tuple[Mapping[str, int], Mapping[str, int]],
    by: Actor,
    at: datetime,
) -> None:
    """In place of what is on record, by answer; without any, it was not asked. Raises DiversityError.

    `county` is in tenths of a per cent. `seen` is what was on record when the page was opened: what somebody
    else has entered since is not written over.
    """
    survey = held_survey(session, survey_id)
    on_record = tuple(numbers.get(question.name, {}) for numbers in numbers_of(session, survey_id))
    if on_record != seen and on_record != (visitors, county):
        raise DiversityError(
            "Somebody changed these numbers after you opened the page. What is on record now stands below;"
            " what you typed is still here. Save again to put yours in its place",
            field="seen",
        )
    members = members_on(session, survey.counted_on)
    if found := faults(visitors, county, members, day_in_words(survey.counted_on)):
        raise DiversityError(". ".join(found))
    whose = (SurveyLine.survey_id == survey_id) & (SurveyLine.question == question.name)
    session.execute(sa.delete(SurveyLine).where(whose))
    session.add_all(
        SurveyLine(
            survey_id=survey_id,
            question=question.name,
            answer=answer,
            visitors=visitors.get(answer),
            county_tenths=county.get(answer),
        )
        for answer in question.answers
        if answer in visitors or answer in county
    )
    session.flush()
    note(session, "enter", "diversity numbers", survey_id, by=by.account_id, at=at, question=question.name)
