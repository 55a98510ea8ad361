"""Everything that waits, and three numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import london_day, monday_of
from icv.rules.scheme import Choices
from icv.store.suites import Suite
from icv.store.today import beside, duties, findings, office, people, reports, rotas, visits
from icv.store.today.people import Current
from icv.store.today.waiting import Urgency, Waiting
from icv.store.visits import IS_TO_DETAINEES, Visit


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """Numbers with what they are out of, and whether there is a suite to visit."""

    visits_done: int
    visits_this_week: int
    cleared: int
    visiting: int
    has_suites: bool


def waiting(session: Session, choices: Choices, current: Sequence[Current], *, at: datetime) -> list[Waiting]:
    """Everything that waits, the most urgent first and the oldest first among equals."""
    on = london_day(at)
    found = [
        *visits.reports_due(session, choices, on),
        *visits.places(session, on),
        *visits.strands(session, on),
        *visits.held_away(session, on),
        *reports.copies(session),
        *reports.disagreed(session),
        *reports.not_countersigned(session, choices, on),
        *rotas.drafts(session),
        *rotas.unplanned(session, current, on),
        *duties.calls(session, on),
        *duties.passed_over(session, on),
        *duties.cover(session, on),
        *findings.findings(session, on),
        *people.clearances(current, choices, on),
        *people.applications(current, on),
        *office.declarations(session),
        *office.known_applicants(session),
        *office.references(session, choices, on),
        *office.on_the_way(current, choices, on),
        *office.probations(current, on),
        *office.attendance(session, at),
        *office.cards_still_out(session, on),
        *office.closing_rounds(session, on),
        *beside.beside(session, on),
    ]
    order = list(Urgency)
    return sorted(found, key=lambda one: (order.index(one.urgency), one.on, one.what, one.who))


def at_a_glance(session: Session, current: Sequence[Current], *, on: date) -> AtAGlance:
    monday = monday_of(on)
    done, planned, has_suites = session.execute(
        sa.select(
            sa.func.count().filter(Visit.outcome.is_not(None)),
            sa.func.count(),
            sa.exists().where(Suite.id > 0),
        ).where(
            IS_TO_DETAINEES,
            Visit.is_scheduled,
            Visit.week_ends_on.between(monday, monday + timedelta(days=6)),
        )
    ).one()
    cleared = sum(one.is_cleared for one in current)
    return AtAGlance(done, planned, cleared, sum(one.is_visiting for one in current), bool(has_suites))
