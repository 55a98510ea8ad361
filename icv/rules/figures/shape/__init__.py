"""The shape of the figures: one class a part, holding what is counted and working out what follows."""

from icv.rules.figures.shape.detainees import DetaineeFigures
from icv.rules.figures.shape.findings import FindingFigures
from icv.rules.figures.shape.visits import EntryFigures, SuiteFigures, VisitFigures
from icv.rules.figures.shape.volunteers import Membership, TeamFigures, VolunteerFigures
from icv.rules.figures.shape.whole import Figures

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
]
