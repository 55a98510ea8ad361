"""Figures: counted afresh from the records of a period, in as many queries for ten years as for a month."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.figures.file import (
    figures_file_of,
    figures_to_publish,
    own_beside,
    published_years,
)
from icv.store.figures.panel import panel_figures
from icv.store.figures.quarterly import CategoryLine, Positive, Quarterly, quarterly
from icv.store.figures.visits import completion
from icv.store.figures.whole import figures
from icv.store.visits import Visit

__all__ = [
    "CategoryLine",
    "Positive",
    "Quarterly",
    "completion",
    "earliest_week",
    "figures",
    "figures_file_of",
    "figures_to_publish",
    "latest_week",
    "own_beside",
    "panel_figures",
    "published_years",
    "quarterly",
]

_EARLIEST_WEEK = sa.select(sa.func.min(Visit.week_starts_on))


def earliest_week(session: Session) -> date | None:
    """The first day of the first week on record, None before there is any."""
    return session.scalar(_EARLIEST_WEEK)


def latest_week(session: Session, before: date) -> date | None:
    """The last day of the latest week on record that ended before the day."""
    return session.scalar(sa.select(sa.func.max(Visit.week_ends_on)).where(Visit.week_ends_on < before))
