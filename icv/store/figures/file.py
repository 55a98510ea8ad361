"""The figures file of a period, and the years that are published."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures_file import FiguresFile, figures_file
from icv.store.figures.panel import panel_figures


def figures_file_of(session: Session, period: Period, *, as_of: date) -> FiguresFile:
    """As now recorded: made on another day it may say something else."""
    return figures_file(panel_figures(session, period, as_of=as_of))
