"""Reports of visits: whose they are to write, what is saved of a draft, and what was filed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import ONE_DAY, Period
from icv.rules.report import Trainee
from icv.rules.stages import Stage
from icv.rules.standing import Standing, Step
from icv.rules.visits import HELD, Mode, Outcome, VisitKind
from icv.store.accounts import Account
from icv.store.people import Person, StageStep, stands
from icv.store.suites import Suite
from icv.store.visits import PLACE_OF_VISIT, Countersign, Duty, Report, ReportSection, Visit


@dataclass(frozen=True, slots=True)
class VisitReport:
    """A visit and its report. `visitors` are names, in their places; `filed_by` is an account's name.

    `on_probation`: see the function; empty for whoever does not write the report.
    """

    visit_id: int
    visit_reference: str
    suite: str
    week_starts_on: date
    week_ends_on: date
    is_scheduled: bool
    kind: VisitKind
    outcome: Outcome | None
    mode: Mode
    reason: str
    cancelled_on: date | None
    arrived_at: datetime | None
    admitted_at: datetime | None
    left_at: datetime | None
    report_id: int | None
    reference: str | None
    filed_at: datetime | None
    filed_by: str | None
    content: dict[str, Any] | None
    digest: str | None
    visitors: tuple[str, ...] = ()
    on_probation: Mapping[date, Trainee | None] = field(default_factory=dict)

    @property
    def is_filed(self) -> bool:
        return self.filed_at is not None

    def is_open_on(self, day: date) -> bool:
        """Whether its pair can write on it then."""
        return self.outcome is None and not self.is_filed and self.week_starts_on <= day


@dataclass(frozen=True, slots=True)
class SavedPart:
    """One part of a draft as last saved, and by whom."""

    name: str
    answers: dict[str, Any]
    version: int
    saved_at: datetime
    saved_by: str | None


def report_seen_by(session: Session, actor: Actor, visit_id: int) -> VisitReport | None:
    """To the two who hold the visit's duties, and to whoever filed or signed it, whoever holds it now."""
    held = sa.exists().where(
        Duty.visit_id == visit_id, Duty.person_id == actor.person_id, Duty.state.in_(HELD)
    )
    signed = sa.exists().where(Countersign.report_id == Report.id, Countersign.person_id == actor.person_id)
    wrote = Report.filed_at.is_not(None) & ((Report.filed_by_id == actor.account_id) | signed)
    report = _report(session, visit_id, held | wrote if actor.person_id is not None else sa.false())
    if report is None or report.is_filed:
        return report
    week = Period(report.week_starts_on, report.week_ends_on)
    return replace(report, on_probation=on_probation(session, visit_id, week))


def report_to_enter(session: Session, visit_id: int) -> VisitReport | None:
    """As the coordinator enters it from paper, for the two who wrote it."""
    report = report_of(session, visit_id)
    if report is None or report.is_filed:
        return report
    week = Period(report.week_starts_on, report.week_ends_on)
    return replace(report, on_probation=on_probation(session, visit_id, week))


def report_of(session: Session, visit_id: int) -> VisitReport | None:
    """As the coordinator reads it."""
    return _report(session, visit_id, sa.true())


def on_probation(session: Session, visit_id: int, week: Period) -> dict[date, Trainee | None]:
    """Of each day of the visit's week, who of its pair is on probation beside one who is not."""
    steps: defaultdict[Trainee, list[Step]] = defaultdict(list)
    rows = session.execute(
        sa.select(Person.id, Person.name, StageStep.stage, StageStep.on)
        .join(Duty, Duty.person_id == Person.id)
        .join(StageStep, StageStep.person_id == Person.id)
        .where(Duty.visit_id == visit_id, Duty.state.in_(HELD), stands(StageStep))
        .order_by(StageStep.id)
    )
    for person_id, name, stage, on in rows:
        steps[Trainee(person_id, name)].append(Step(stage, on))
    pair = {who: Standing(steps=tuple(made)) for who, made in steps.items()}
    return {day: _trainee(pair, day) for day in (week.first + ONE_DAY * n for n in range(week.days))}


def _trainee(pair: Mapping[Trainee, Standing], day: date) -> Trainee | None:
    found = [who for who, standing in pair.items() if standing.stage_on(day) is Stage.PROBATION]
    return found[0] if len(found) == 1 and len(pair) == 2 else None


def saved_parts(session: Session, visit_id: int) -> dict[str, SavedPart]:
    """What is saved of the visit's draft, by name; empty when nothing is, or it has been filed."""
    rows = session.execute(
        sa.select(
            ReportSection.name,
            ReportSection.answers,
            ReportSection.version,
            ReportSection.saved_at,
            Account.name,
        )
        .join(Report, Report.id == ReportSection.report_id)
        .outerjoin(Account, Account.id == ReportSection.saved_by_id)
        .where(Report.visit_id == visit_id)
        .order_by(ReportSection.name)
    )
    return {row[0]: SavedPart(*row) for row in rows}


def _report(session: Session, visit_id: int, seen: sa.ColumnElement[bool]) -> VisitReport | None:
    row = session.execute(_REPORTS.where(Visit.id == visit_id, seen)).mappings().one_or_none()
    return VisitReport(**row, visitors=_visitors(session, visit_id)) if row else None


def _visitors(session: Session, visit_id: int) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            sa.select(Person.name)
            .join(Duty, Duty.person_id == Person.id)
            .where(Duty.visit_id == visit_id, Duty.state.in_(HELD))
            .order_by(Duty.place)
        )
    )


# Put together once; who asks adds which visit, and whether they may see it.
_REPORTS = (
    sa.select(
        Visit.id.label("visit_id"),
        Visit.reference.label("visit_reference"),
        PLACE_OF_VISIT.label("suite"),
        Visit.week_starts_on,
        Visit.week_ends_on,
        Visit.is_scheduled,
        Visit.kind,
        Visit.outcome,
        Visit.mode,
        Visit.reason,
        Visit.cancelled_on,
        Visit.arrived_at,
        Visit.admitted_at,
        Visit.left_at,
        Report.id.label("report_id"),
        Report.reference,
        Report.filed_at,
        Account.name.label("filed_by"),
        Report.content,
        Report.digest,
    )
    .join(Suite, Suite.id == Visit.suite_id)
    .outerjoin(Report, Report.visit_id == Visit.id)
    .outerjoin(Account, Account.id == Report.filed_by_id)
)
