"""Who the pages are opened as, and which records they are opened on: the fullest there are."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import ONE_DAY, add_months
from icv.rules.findings import FindingState
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, Outcome
from icv.services import accounts, feeds
from icv.store.accounts import Account, AccountRole, LinkPurpose
from icv.store.feeds import feed_duties
from icv.store.findings import Finding
from icv.store.people import Person, Round, StageStep
from icv.store.rota import Rota, RotaState
from icv.store.suites import Suite
from icv.store.training import Booking
from icv.store.visits import Contact, Duty, Report, Visit

EVENTS_IN_FEED = 100


@dataclass(frozen=True, slots=True)
class Cast:
    """`records` are what the addresses of pages need, by the names that pages use for them."""

    accounts: dict[Role, int]
    records: dict[str, Any]
    emails: list[str]
    """Of eight visitors."""


def choose(session: Session, monday: date) -> Cast:
    visit, person, account = _visit_to_report(session)
    held = {role: _account(session, role) for role in Role} | {Role.VOLUNTEER: account}
    year = Years(monday)
    records = {
        "person": person,
        "duty": _next_duty(session, person, monday),
        "visit_to_report": visit,
        "visit_reported": _fullest_report(session),
        "finding": _finding(session),
        "applicant": _latest(session, StageStep.person_id, StageStep.stage == Stage.INTERVIEWED),
        "round": _fullest_round(session),
        "round_now": _latest(session, Round.id, Round.is_public),
        "session": _fullest_session(session),
        "rota": _latest(session, Rota.id, Rota.state == RotaState.PUBLISHED),
        "draft": _latest(session, Rota.id, Rota.state == RotaState.DRAFT),
        "last_month": f"{year.last:%Y-%m}",
        "a_year_ago": f"{year.first(1):%Y-%m}",
        "ten_years_ago": f"{year.first(10):%Y-%m}",
    }
    return Cast(held, records, _emails(session))


@dataclass(frozen=True, slots=True)
class Years:
    """Whole years that end with the last whole month."""

    monday: date

    @property
    def last(self) -> date:
        return self.monday.replace(day=1) - ONE_DAY

    def first(self, years: int) -> date:
        return add_months(self.last + ONE_DAY, -12 * years)


def _visit_to_report(session: Session) -> tuple[int, int, int]:
    """A visit of last week whose report is begun, the visitor who began it, and their account."""
    found = session.execute(
        sa.select(Visit.id, Person.id, Person.account_id)
        .join(Report, Report.visit_id == Visit.id)
        .join(Duty, Duty.visit_id == Visit.id)
        .join(Person, Person.id == Duty.person_id)
        .where(Report.filed_at.is_(None), Duty.place == 1)
        .order_by(Visit.id)
        .limit(1)
    ).one()
    return found[0], found[1], found[2] or 0


def _account(session: Session, role: Role) -> int:
    return (
        session.scalars(
            sa.select(AccountRole.account_id).where(AccountRole.role == role).order_by(AccountRole.account_id)
        ).first()
        or 0
    )


def _next_duty(session: Session, person: int, monday: date) -> int | None:
    return session.scalar(
        sa.select(Duty.id)
        .join(Visit, Visit.id == Duty.visit_id)
        .where(Duty.person_id == person, Visit.week_starts_on >= monday, Duty.state != DutyState.DECLINED)
        .order_by(Visit.week_starts_on)
        .limit(1)
    )


def _fullest_report(session: Session) -> int | None:
    return session.scalar(
        sa.select(Report.visit_id)
        .join(Contact, Contact.report_id == Report.id)
        .group_by(Report.visit_id)
        .order_by(sa.func.count().desc(), Report.visit_id)
        .limit(1)
    )


def _fullest_round(session: Session) -> int | None:
    return session.scalar(
        sa.select(Person.round_id).group_by(Person.round_id).order_by(sa.func.count().desc()).limit(1)
    )


def _fullest_session(session: Session) -> int | None:
    """Of those to come."""
    return session.scalar(
        sa.select(Booking.session_id)
        .where(Booking.has_attended.is_(None))
        .group_by(Booking.session_id)
        .order_by(sa.func.count().desc())
        .limit(1)
    )


def _finding(session: Session) -> int | None:
    return _latest(session, Finding.id, Finding.state == FindingState.AWAITING_REPLY)


def _latest(session: Session, number: Any, condition: Any) -> int | None:
    return session.scalar(sa.select(number).where(condition).order_by(number.desc()).limit(1))


def _emails(session: Session) -> list[str]:
    return list(
        session.scalars(
            sa.select(Account.email)
            .join(AccountRole)
            .where(AccountRole.role == Role.VOLUNTEER)
            .order_by(Account.id)
            .limit(8)
        )
    )


def make_link(session: Session, cast: Cast, role: Role, at: datetime) -> str:
    """A one-time link; it ends any other of the same account."""
    return accounts.make_link(session, cast.accounts[role], LinkPurpose.SIGN_IN, by=None, at=at)


def make_feed(session: Session, cast: Cast, monday: date, at: datetime) -> str:
    """The secret of a feed with a hundred events: its owner made extra visits until there were so many."""
    person = cast.records["person"]
    there = feed_duties(session, person, on=monday, shows_suite=True)
    suite = session.scalars(sa.select(Suite.id)).first()
    for number in range(EVENTS_IN_FEED - len(there)):
        week = monday - timedelta(weeks=1 + number % 50)
        visit = Visit(
            reference=f"FEED-{number}",
            suite_id=suite,
            week_starts_on=week,
            week_ends_on=week + timedelta(days=6),
            is_scheduled=False,
            outcome=Outcome.COMPLETED,
        )
        session.add(visit)
        session.flush()
        session.add(
            Duty(
                visit_id=visit.id,
                person_id=person,
                place=1,
                state=DutyState.ACCEPTED,
                uid=str(uuid4()),
                given_at=at,
                changed_at=at,
            )
        )
    owner = Actor(cast.accounts[Role.VOLUNTEER], person, "", frozenset({Role.VOLUNTEER}))
    return feeds.make(session, "measured", by=owner, at=at)
