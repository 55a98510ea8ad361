"""What a panel reads of a period, in as many queries for ten years as for a month."""

from datetime import date

from sqlalchemy.orm import Session

from icv.rules.days import ONE_DAY, Period, add_months
from icv.rules.figures import previous
from icv.rules.figures.panel import PanelFigures
from icv.store.figures.whole import figures
from icv.store.scheme import choices_on


def panel_figures(session: Session, period: Period, *, as_of: date) -> PanelFigures:
    """As now recorded; `as_of` decides only what is due and what is overdue."""
    choices = choices_on(session, period.last)
    earlier = (
        previous(period),
        Period(add_months(period.first, -12), add_months(period.after, -12) - ONE_DAY),
    )
    before, year_before = (
        figures(session, other, as_of=as_of, choices=choices_on(session, other.last)) for other in earlier
    )
    now = figures(session, period, as_of=as_of, choices=choices)
    return PanelFigures(now, before, year_before, as_of, choices)
