"""Findings as those who raised them see them: of visits they held a duty on, and no others."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.findings import VISITORS_READ, FindingState
from icv.rules.visits import HELD
from icv.store.accounts import Account
from icv.store.findings.events import EventLine, events_of, events_of_several
from icv.store.findings.reading import reading
from icv.store.findings.tables import Finding
from icv.store.people import Person
from icv.store.visits import Duty, Visit

MOST_OF_A_VISIT = 200


@dataclass(frozen=True, slots=True)
class RaisedFinding:
    """A finding as its visitors read it: who in the office or the police did what is not said."""

    id: int
    reference: str
    visit_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    category: str
    state: FindingState
    is_serious: bool
    detail: str
    put_right_by: str
    raised_on: date
    put_on: date | None
    due_on: date | None
    events: tuple[EventLine, ...] = ()


def raised_seen_by(session: Session, actor: Actor, *, page: int, size: int) -> list[RaisedFinding]:
    """Of all visits of this visitor, the latest raised first. Without events."""
    rows = session.execute(
        _raised(actor)
        .order_by(Finding.raised_on.desc(), Finding.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).mappings()
    return [RaisedFinding(**row) for row in rows]


def how_many_raised_by(session: Session, actor: Actor) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(_raised(actor).subquery())) or 0


def raised_finding_seen_by(session: Session, actor: Actor, finding_id: int) -> RaisedFinding | None:
    """With what was asked, answered and done; never the notes of the office."""
    row = session.execute(_raised(actor).where(Finding.id == finding_id)).mappings().one_or_none()
    if row is None:
        return None
    return RaisedFinding(**row, events=_without_names(events_of(session, finding_id, VISITORS_READ)))


def news_of_visit_seen_by(session: Session, actor: Actor, visit_id: int) -> list[RaisedFinding]:
    """Those of one visit with what came of each, in the order they were raised."""
    rows = (
        session.execute(
            _raised(actor).where(Finding.visit_id == visit_id).order_by(Finding.id).limit(MOST_OF_A_VISIT)
        )
        .mappings()
        .all()
    )
    events = events_of_several(session, [row["id"] for row in rows], VISITORS_READ)
    return [RaisedFinding(**row, events=_without_names(events.get(row["id"], ()))) for row in rows]


def _without_names(events: Sequence[EventLine]) -> tuple[EventLine, ...]:
    return tuple(replace(event, by=None) for event in events)


def visitors_to_tell(session: Session, visit_ids: Collection[int]) -> dict[int, list[Account]]:
    """The visitors of each visit who have an open account; visits without any are left out."""
    rows = session.execute(
        sa.select(Duty.visit_id, Account)
        .join(Person, Person.id == Duty.person_id)
        .join(Account, Account.id == Person.account_id)
        .where(Duty.visit_id.in_(visit_ids), Duty.state.in_(HELD), Account.closed_at.is_(None))
        .order_by(Duty.visit_id, Duty.place)
    )
    found: defaultdict[int, list[Account]] = defaultdict(list)
    for visit_id, account in rows:
        found[visit_id].append(account)
    return dict(found)


def _raised(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    return (
        reading()
        .join(Duty, Duty.visit_id == Visit.id)
        .where(Duty.person_id == actor.person_id, Duty.state.in_(HELD))
    )
