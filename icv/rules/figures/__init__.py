"""The figures of a period: shape, shares, definitions in words, comparison with the period before."""

from icv.rules.figures.comparison import change_in_points, points_in_words, previous, same_a_year_ago
from icv.rules.figures.definitions import definitions
from icv.rules.figures.shape import (
    DetaineeFigures,
    EntryFigures,
    Figures,
    FindingFigures,
    Membership,
    SuiteFigures,
    TeamFigures,
    VisitFigures,
    VolunteerFigures,
)
from icv.rules.figures.shares import percent, percent_in_words

__all__ = [
    "DetaineeFigures",
    "EntryFigures",
    "Figures",
    "FindingFigures",
    "Membership",
    "SuiteFigures",
    "TeamFigures",
    "VisitFigures",
    "VolunteerFigures",
    "change_in_points",
    "definitions",
    "percent",
    "percent_in_words",
    "points_in_words",
    "previous",
    "same_a_year_ago",
]
