"""Probation: the visits made in company while on it, and what was said of them afterwards."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.days import Period, london_day
from icv.rules.report import TraineeNote, read
from icv.rules.stages import Stage
from icv.rules.standing import Standing
from icv.rules.visits import ATTEMPTED, DutyState, Outcome
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import IS_TO_DETAINEES, Duty, Report, Visit


@dataclass(frozen=True, slots=True)
class AccompaniedVisit:
    """A visit made while on probation. `note` is what the report says of it, None where it says nothing.

    `on` is the day of arrival, the week's last while that is not known.
    """

    visit_id: int
    suite: str
    on: date
    outcome: Outcome
    partner_id: int | None
    partner: str | None
    note: TraineeNote | None

    @property
    def counts(self) -> bool:
        """Made to its end, and in company."""
        return self.outcome is Outcome.COMPLETED and self.partner_id is not None


def accompanied_visits(session: Session, person_id: int, standing: Standing) -> list[AccompaniedVisit]:
    """Those of the person whose standing it is, latest first. No query for somebody never on probation."""
    probation = _probation(standing)
    if probation is None:
        return []
    other = aliased(Duty)
    rows = session.execute(
        sa.select(
            Visit.id,
            Suite.name,
            Visit.arrived_at,
            Visit.week_ends_on,
            Visit.outcome,
            Person.id,
            Person.name,
            Report.content["trainee"],
        )
        .join(Duty, Duty.visit_id == Visit.id)
        .join(Suite, Suite.id == Visit.suite_id)
        .outerjoin(
            other,
            sa.and_(
                other.visit_id == Visit.id,
                other.person_id != Duty.person_id,
                other.state == DutyState.ACCEPTED,
            ),
        )
        .outerjoin(Person, Person.id == other.person_id)
        .outerjoin(Report, Report.visit_id == Visit.id)
        .where(
            Duty.person_id == person_id,
            Duty.state == DutyState.ACCEPTED,
            IS_TO_DETAINEES,
            Visit.outcome.in_(ATTEMPTED),
            Visit.week_ends_on >= probation.first,
            Visit.week_starts_on <= probation.last,
        )
    )
    visits = []
    for visit_id, suite, arrived_at, week_ends_on, outcome, partner_id, partner, answers in rows:
        on = london_day(arrived_at) if arrived_at else week_ends_on
        if outcome and standing.stage_on(on) is Stage.PROBATION:
            note = read(TraineeNote, answers) if answers and answers["person_id"] == person_id else None
            visits.append(AccompaniedVisit(visit_id, suite, on, outcome, partner_id, partner, note))
    return sorted(visits, key=lambda visit: (visit.on, visit.visit_id), reverse=True)


def _probation(standing: Standing) -> Period | None:
    """From the first day on probation to the last, whatever is between them; None: never on it."""
    steps = sorted(standing.steps, key=lambda step: step.on or date.min)
    days = [
        (step.on or date.min, (following.on if following else None) or date.max)
        for step, following in zip_longest(steps, steps[1:])
        if step.stage is Stage.PROBATION
    ]
    return Period(days[0][0], days[-1][1]) if days else None
