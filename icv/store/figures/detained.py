"""Figures of the people in custody whom visits found, and of waits at the door, by suite."""

from bisect import bisect_left
from collections import Counter, defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.figures.detained import Detained, First, Met
from icv.rules.figures.door import Door
from icv.rules.report import AGES, SEXES, Group, WhyNotSeen
from icv.store.figures.attempted import ATTEMPTED_VISITS, bounds
from icv.store.figures.counting import number
from icv.store.figures.door import Waits
from icv.store.visits import IS_OF_NOTE, Contact, Report, VisitCount


def detained(session: Session, period: Period) -> Detained:
    people = session.execute(_CONTACTS, bounds(period)).mappings().one()
    reasons = {reason: people[reason.name] for reason in WhyNotSeen if people[reason.name]}
    first = {who: Met(people[f"{who.name}_seen"], people[f"{who.name}_not_seen"]) for who in First}
    groups = session.execute(_GROUPS, bounds(period)).mappings().one()
    return Detained(reasons, first, {group: groups[group] or 0 for group in Group})


def doors(waits: Waits) -> tuple[Door, ...]:
    """Suites at which somebody turned up, by name."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (suite, seconds, was_refused), visits in waits.items():
        counted[suite][_wait(seconds)] += visits
        counted[suite]["no_access"] += visits if was_refused else 0
    return tuple(Door(suite, **numbers) for suite, numbers in sorted(counted.items()))


def _wait(seconds: int | None) -> str:
    """The last second of each wait is part of it."""
    if seconds is None:
        return "unknown"
    return ("at_once", "over_5", "over_10", "over_30")[bisect_left((300, 600, 1800), seconds)]


# The statements, put together once.
_IS = {
    First.CHILD: sa.and_(Contact.is_child),
    First.VULNERABLE: sa.and_(Contact.is_vulnerable, ~Contact.is_child),
}
# Counts side by side: to group them, SQLite would sort them first.
_CONTACTS = (
    sa.select(
        *(number(it.name, Contact.why_not_seen == it.value, ~Contact.was_seen) for it in WhyNotSeen),
        *(number(f"{who.name}_seen", is_one, Contact.was_seen) for who, is_one in _IS.items()),
        *(number(f"{who.name}_not_seen", is_one, ~Contact.was_seen) for who, is_one in _IS.items()),
    )
    .join(Report, Report.id == Contact.report_id)
    .join(ATTEMPTED_VISITS, ATTEMPTED_VISITS.c.id == Report.visit_id)
    .where(IS_OF_NOTE)
)


def _split(*groups: Group) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(VisitCount.number).filter(VisitCount.people.in_(groups)), 0)


def _groups() -> sa.Select[*tuple[int, ...]]:
    """A visit counts by age, or by sex, where that adds up to all whom it found: counts may change later."""
    by_visit = (
        sa.select(
            ATTEMPTED_VISITS.c.in_custody,
            _split(*AGES).label("by_age"),
            _split(*SEXES).label("by_sex"),
            *(_split(group).label(group) for group in Group),
        )
        .join(ATTEMPTED_VISITS, ATTEMPTED_VISITS.c.id == VisitCount.visit_id)
        .where(VisitCount.counted == "in_custody")
        .group_by(VisitCount.visit_id, ATTEMPTED_VISITS.c.in_custody)
        .subquery()
    )
    adds_up = dict.fromkeys(AGES, by_visit.c.by_age == by_visit.c.in_custody)
    adds_up |= dict.fromkeys(SEXES, by_visit.c.by_sex == by_visit.c.in_custody)
    return sa.select(*(sa.func.sum(by_visit.c[group]).filter(adds_up[group]).label(group) for group in Group))


_GROUPS = _groups()
