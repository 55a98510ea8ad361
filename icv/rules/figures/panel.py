"""All that a panel reads of a period, gathered: its figures, what they are compared with, and their parts."""

from dataclasses import dataclass
from datetime import date

from icv.rules.figures.shape import Figures
from icv.rules.scheme import Choices


@dataclass(frozen=True, slots=True)
class PanelFigures:
    """`choices` are those of the period's last day. `before` ends where the period begins."""

    now: Figures
    before: Figures
    year_before: Figures
    as_of: date
    choices: Choices
