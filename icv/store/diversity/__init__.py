"""Diversity of visitors beside the county: anonymous counts by day, in no row about anybody."""

from icv.store.diversity.latest import diversity_on
from icv.store.diversity.surveys import (
    SurveyEntered,
    SurveyListed,
    members_on,
    numbers_of,
    survey,
    surveys,
)
from icv.store.diversity.tables import Survey, SurveyLine

__all__ = [
    "Survey",
    "SurveyEntered",
    "SurveyLine",
    "SurveyListed",
    "diversity_on",
    "members_on",
    "numbers_of",
    "survey",
    "surveys",
]
