"""What is published of a period: its figures file, and the years that there is one of for everybody."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures_file import FiguresFile, ended_years, figures_file
from icv.store.figures.headline import on_record
from icv.store.figures.panel import panel_figures
from icv.store.scheme import choices_on


def figures_to_publish(session: Session, period: Period, *, as_of: date) -> PanelFigures:
    """As now recorded, counted by the choices of the period; named by those of the day they are given away,
    as they are hidden: numbers that a scheme hides now, it hides of years gone by as well.
    """
    found, named = panel_figures(session, period, as_of=as_of), choices_on(session, as_of)
    return replace(found, choices=replace(found.choices, scheme_name=named.scheme_name))


def figures_file_of(session: Session, period: Period, *, as_of: date) -> FiguresFile:
    """Made on another day it may say something else."""
    return figures_file(figures_to_publish(session, period, as_of=as_of))


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
