"""The few figures of a period that others are held against, and since when there is anything to hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, london_day
from icv.rules.figures.headline import Headline, OnRecord, Strands
from icv.rules.figures.weeks import Step
from icv.rules.strands import STRANDS
from icv.rules.visits import COUNTS, Outcome, VisitKind
from icv.store.figures.attempted import AT_CUSTODY_VISIT
from icv.store.figures.attempts import IS_CUSTODY, Attempts
from icv.store.figures.counting import number
from icv.store.figures.findings import Raised
from icv.store.findings import Finding
from icv.store.people import Person
from icv.store.strands import StrandFigures, strand_counts_of
from icv.store.visits import Visit

_IN_CUSTODY, _OFFERED = COUNTS.index("in_custody"), COUNTS.index("offered")


def on_record(session: Session) -> OnRecord:
    """Of custody visits, of what was found at them, and of members."""
    row = session.execute(_ON_RECORD).one()
    days = [row.week, row.arrived_at and london_day(row.arrived_at)]
    first = min((day for day in days if day), default=None)
    return OnRecord(first, row.until, row.findings, row.members)


def headlines(
    session: Session,
    shares: Sequence[Step],
    made: Mapping[Period, Attempts],
    raised: Mapping[Period, Raised],
    on_record: OnRecord,
) -> list[Headline]:
    """Of the periods of these shares. `made`: the attempts of each."""
    strands = strand_counts_of(session, [share.period for share in shares])
    return [
        _headline(share, made[share.period], counts, raised[share.period], members, on_record)
        for share, counts, members in zip(shares, strands, _members(session, shares), strict=True)
    ]


def _headline(
    share: Step,
    made: Attempts,
    strands: Mapping[VisitKind, StrandFigures],
    raised: Raised,
    members: int,
    on_record: OnRecord,
) -> Headline:
    period = share.period
    is_known = share.is_on_record and _counts_are_known(made)
    return Headline(
        share,
        undertaken=made.by_outcome()[Outcome.COMPLETED] if share.is_on_record else None,
        in_custody=made.counts[_IN_CUSTODY] if is_known else None,
        offered=made.counts[_OFFERED] if is_known else None,
        raised=raised.findings if _reaches(period, on_record.findings) else None,
        serious=raised.serious if _reaches(period, on_record.findings) else None,
        closing=members if _reaches(period, on_record.members) else None,
        strands=_strands(made, strands),
    )


def _counts_are_known(made: Attempts) -> bool:
    """Of historic visits nothing but the outcome may be on record: that is not nobody in custody."""
    return not made.attempted() or made.counted > 0


def _reaches(period: Period, since: date | None) -> bool:
    return since is not None and since <= period.last


def _strands(made: Attempts, strands: Mapping[VisitKind, StrandFigures]) -> Strands:
    return Strands(
        made.by_mode(),
        {VisitKind.TERRORISM: made.terrorism} | {strand: strands[strand].visits for strand in STRANDS},
        {strand: strands[strand].number for strand in STRANDS},
    )


def _members(session: Session, shares: Sequence[Step]) -> list[int]:
    """On the last day of each."""
    days = {f"day_{one}": share.period.last for one, share in enumerate(shares)}
    return list(session.execute(_members_on_days(len(days)), days).one())


@lru_cache(maxsize=8)
def _members_on_days(days: int) -> Any:
    """All days side by side: one look at each person, not one a day."""
    counted = (_members_on(f"day_{one}") for one in range(days))
    return sa.select(*counted).where(Person.appointed_on.is_not(None))


def _members_on(name: str) -> sa.Label[int]:
    day: sa.BindParameter[date] = sa.bindparam(name)
    return number(name, Person.appointed_on <= day, Person.left_on.is_(None) | (Person.left_on > day))


def _edge(of: Any, *where: Any) -> Any:
    return sa.select(of).where(*where).scalar_subquery()


# Put together once.
_ON_RECORD = sa.select(
    _edge(sa.func.min(Visit.week_ends_on), IS_CUSTODY).label("week"),
    _edge(sa.func.min(Visit.arrived_at), IS_CUSTODY).label("arrived_at"),
    _edge(sa.func.max(Visit.week_ends_on), IS_CUSTODY).label("until"),
    _edge(sa.func.min(Finding.raised_on), AT_CUSTODY_VISIT).label("findings"),
    _edge(sa.func.min(Person.appointed_on)).label("members"),
)
