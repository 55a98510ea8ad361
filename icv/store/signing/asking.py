"""Reports to sign, as their visitors are asked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.signing import Signed
from icv.rules.visits import HELD, visit_in_words
from icv.store.accounts import Account
from icv.store.people import Person
from icv.store.signing.waiting import recent, waiting
from icv.store.suites import Suite
from icv.store.visits import Countersign, Duty, Report, Visit

FILER = aliased(Account)
A_YEAR = 366


@dataclass(frozen=True, slots=True)
class ToSign:
    """A report, and the visitor it is for. `filed_by` and `account`: who sent it, and the visitor's own.

    `how`: a word was given for them, together or on paper.
    """

    report_id: int
    visit_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    filed_at: datetime
    filed_by: str | None
    person_id: int
    account: Account
    how: Signed | None = None

    @property
    def visit_in_words(self) -> str:
        """Euston Street, week of 9 March to 15 March 2026"""
        return visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)


def reports_to_sign_seen_by(session: Session, actor: Actor, *, today: date) -> list[ToSign]:
    """Those this visitor has not said their word of, the longest wait first."""
    if actor.person_id is None:
        return []
    query = _with_names(waiting(*_COLUMNS)).where(*recent(today), Person.id == actor.person_id)
    return _listed(session, query.order_by(Report.filed_at, Report.id))


def reports_to_ask_of(session: Session, filed_since: datetime) -> list[ToSign]:
    """Those that wait for the word of somebody with an open account, filed since then."""
    query = _with_names(waiting(*_COLUMNS)).where(Report.filed_at >= filed_since, Account.closed_at.is_(None))
    return _listed(session, query.order_by(Report.filed_at, Report.id, Person.id))


def reports_signed_for_others(session: Session, signed_since: datetime) -> list[ToSign]:
    """Those on which a word was given for somebody with an open account: together, or on paper.

    Of reports of the last year.
    """
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(*_COLUMNS, Countersign.how)
        .select_from(Report)
        .join(Visit, Visit.id == Report.visit_id)
        .join(Countersign, Countersign.report_id == Report.id)
        .join(Person, Person.id == Countersign.person_id)
        .where(
            Countersign.how != Signed.OWN,
            Countersign.made_at >= signed_since,
            Report.filed_at >= signed_since - timedelta(days=A_YEAR),  # by its index: of few reports
            Account.closed_at.is_(None),
        )
    )
    return _listed(session, _with_names(query).order_by(Countersign.made_at, Report.id, Person.id))


def pair_of(session: Session, visit_id: int) -> list[tuple[int, str]]:
    """Who holds the visit, with their names, in their places."""
    rows = session.execute(
        sa.select(Person.id, Person.name)
        .join(Duty, Duty.person_id == Person.id)
        .where(Duty.visit_id == visit_id, Duty.state.in_(HELD))
        .order_by(Duty.place)
    )
    return [(person_id, name) for person_id, name in rows]


def partners_of(session: Session, actor: Actor, visit_id: int) -> list[str]:
    """The names of the others who hold the visit: one, or none where the visitor goes alone."""
    return [name for person_id, name in pair_of(session, visit_id) if person_id != actor.person_id]


def _with_names(query: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
    return (
        query.join(Suite, Suite.id == Visit.suite_id)
        .join(Account, Account.id == Person.account_id)
        .outerjoin(FILER, FILER.id == Report.filed_by_id)
    )


def _listed(session: Session, query: sa.Select[*tuple[Any, ...]]) -> list[ToSign]:
    return [ToSign(*row) for row in session.execute(query)]


_COLUMNS = (
    Report.id,
    Visit.id,
    Suite.name,
    Visit.week_starts_on,
    Visit.week_ends_on,
    Report.filed_at,
    FILER.name,
    Person.id,
    Account,
)
