"""Scheduled visits by the day their week ends and by outcome: one reading for the shares of many periods."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures.weeks import WeekEnd
from icv.rules.visits import Outcome, VisitKind
from icv.store.figures.attempts import WEEK_ENDS_IN_PERIOD
from icv.store.figures.counting import number
from icv.store.visits import Visit


def week_ends(session: Session, periods: Collection[Period]) -> list[WeekEnd]:
    """From the first day of these periods to their last, in order."""
    span = {
        "first": min(period.first for period in periods),
        "last": max(period.last for period in periods),
    }
    rows = session.execute(_WEEK_ENDS, span)
    return [WeekEnd(row[0], dict(zip(_OUTCOMES, row[1:], strict=True))) for row in rows]


_OUTCOMES: tuple[Outcome | None, ...] = (None, *Outcome)
_CANCELLED_LATE = Visit.cancelled_on >= Visit.week_starts_on
# A count of each outcome rather than a line: so the index on the day is all the sorting there is.
_WEEK_ENDS = (
    sa.select(
        Visit.week_ends_on,
        *(
            number(
                f"o_{outcome}",
                Visit.outcome.is_(None) if outcome is None else Visit.outcome == outcome,
                *([_CANCELLED_LATE] if outcome is Outcome.CANCELLED else []),
            )
            for outcome in _OUTCOMES
        ),
    )
    .where(Visit.kind == VisitKind.CUSTODY, Visit.is_scheduled, WEEK_ENDS_IN_PERIOD)
    .group_by(Visit.week_ends_on)
    .order_by(Visit.week_ends_on)
)
