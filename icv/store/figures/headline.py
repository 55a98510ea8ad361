"""The few figures of a period that others are held against, and since when there is anything to hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, london_day
from icv.rules.figures.headline import Headline, OnRecord, Strands
from icv.rules.figures.weeks import Step
from icv.rules.strands import STRANDS
from icv.rules.visits import COUNTS, Mode, Outcome, VisitKind
from icv.store.figures.attempts import Attempts, custody
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
    made: Mapping[Period, Sequence[Attempts]],
    raised: Mapping[Period, Raised],
    on_record: OnRecord,
) -> list[Headline]:
    """Of the periods of these shares. `made`: the attempts of each, of every kind."""
    strands = strand_counts_of(session, [share.period for share in shares])
    return [
        _headline(share, made[share.period], counts, raised[share.period], members, on_record)
        for share, counts, members in zip(shares, strands, _members(session, shares), strict=True)
    ]


def _headline(
    share: Step,
    made: Sequence[Attempts],
    strands: Mapping[VisitKind, StrandFigures],
    raised: Raised,
    members: int,
    on_record: OnRecord,
) -> Headline:
    period, visits = share.period, custody(made)
    is_known = share.is_on_record and _counts_are_known(visits)
    return Headline(
        share,
        undertaken=_visits(visits, Outcome.COMPLETED) if share.is_on_record else None,
        in_custody=sum(one.counts[_IN_CUSTODY] for one in visits) if is_known else None,
        offered=sum(one.counts[_OFFERED] for one in visits) if is_known else None,
        raised=raised.findings if _reaches(period, on_record.findings) else None,
        serious=raised.serious if _reaches(period, on_record.findings) else None,
        closing=members if _reaches(period, on_record.members) else None,
        strands=_strands(made, strands),
    )


def _counts_are_known(visits: Sequence[Attempts]) -> bool:
    """Of historic visits nothing but the outcome may be on record: that is not nobody in custody."""
    return not visits or any(one.counted for one in visits)


def _visits(visits: Sequence[Attempts], outcome: Outcome) -> int:
    return sum(one.visits for one in visits if one.outcome is outcome)


def _reaches(period: Period, since: date | None) -> bool:
    return since is not None and since <= period.last


def _strands(made: Sequence[Attempts], strands: Mapping[VisitKind, StrandFigures]) -> Strands:
    by_mode, by_kind = Counter[Mode](), Counter[VisitKind]()
    for one in made:
        by_kind[one.kind] += one.visits
        if one.kind is VisitKind.CUSTODY:
            by_mode[one.mode] += one.visits
    return Strands(
        {mode: by_mode[mode] for mode in Mode},
        {VisitKind.TERRORISM: by_kind[VisitKind.TERRORISM]}
        | {strand: strands[strand].visits for strand in STRANDS},
        {strand: strands[strand].number for strand in STRANDS},
    )


def _members(session: Session, shares: Sequence[Step]) -> list[int]:
    """On the last day of each."""
    days = [share.period.last for share in shares]
    return list(session.execute(sa.select(*map(_members_on, days))).one())


def _members_on(day: date) -> sa.ScalarSelect[int]:
    is_there = (Person.appointed_on <= day) & (Person.left_on.is_(None) | (Person.left_on > day))
    return sa.select(sa.func.count()).where(is_there).scalar_subquery()


def _edge(of: Any, *where: Any) -> Any:
    return sa.select(of).where(*where).scalar_subquery()


# Put together once.
_CUSTODY = Visit.kind == VisitKind.CUSTODY
_AT_CUSTODY_VISIT = sa.exists().where(Visit.id == Finding.visit_id, _CUSTODY)
_ON_RECORD = sa.select(
    _edge(sa.func.min(Visit.week_ends_on), _CUSTODY).label("week"),
    _edge(sa.func.min(Visit.arrived_at), _CUSTODY).label("arrived_at"),
    _edge(sa.func.max(Visit.week_ends_on), _CUSTODY).label("until"),
    _edge(sa.func.min(Finding.raised_on), _AT_CUSTODY_VISIT).label("findings"),
    _edge(sa.func.min(Person.appointed_on)).label("members"),
)
