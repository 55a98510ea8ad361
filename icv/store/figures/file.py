"""The figures file of a period, and the years that are published."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures_file import FiguresFile, ended_years, figures_file
from icv.store.figures.headline import on_record
from icv.store.figures.panel import panel_figures


def figures_file_of(session: Session, period: Period, *, as_of: date) -> FiguresFile:
    """As now recorded: made on another day it may say something else."""
    return figures_file(panel_figures(session, period, as_of=as_of))


def published_years(session: Session, *, today: date) -> list[Period]:
    """The financial years that are over and have a visit on record, latest first."""
    return ended_years(on_record(session), today)


def own_beside(session: Session, period: Period, *, as_of: date) -> FiguresFile | None:
    """Ours of the same days, or of the nearest financial year with a visit where we have none in them.

    None where no year with a visit is over, and none of those days has one.
    """
    recorded = on_record(session)
    weeks = recorded.weeks
    if weeks and (period.first <= weeks.last and weeks.first <= period.last):
        return figures_file_of(session, period, as_of=as_of)
    years = ended_years(recorded, as_of)
    if not years:
        return None
    nearest = min(years, key=lambda year: abs((year.first - period.first).days))
    return figures_file_of(session, nearest, as_of=as_of)
