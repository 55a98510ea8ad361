"""Counts of visitors' diversity kept: a day with its questions, entered, changed and removed."""

from icv.services.diversity.errors import DiversityError
from icv.services.diversity.filling import enter_numbers
from icv.services.diversity.keeping import add_survey, change_survey, remove_survey

__all__ = ["DiversityError", "add_survey", "change_survey", "enter_numbers", "remove_survey"]
