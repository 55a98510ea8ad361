"""What the coordinator records of visits: one that was missed, one opened again, one made beside the rota."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.clearance import clearance
from icv.rules.days import day_in_words, london_day, monday_of
from icv.rules.references import next_reference, week_and_suite
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome, VisitKind
from icv.services.reports.drafts import locked_visit, report_row
from icv.services.rota.publishing import agreed
from icv.store.people import Person
from icv.store.people.standings import standings
from icv.store.sealed import forget
from icv.store.suites import Suite
from icv.store.trail import note
from icv.store.visits import Duty, Visit

ARRANGED_WITHIN = timedelta(days=28)
"""How far ahead a visit to terrorism detainees is entered: it is arranged once somebody is held."""


class VisitError(Refusal):
    """What cannot be recorded of a visit; the text says why."""


def record_missed(session: Session, visit_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Nobody came. Counted as scheduled and not completed."""
    visit = locked_visit(session, visit_id)
    _refuse_if_reported(session, visit)
    if london_day(at) < visit.week_starts_on:
        day = day_in_words(visit.week_starts_on)
        raise VisitError(f"The week of this visit begins on {day}: it cannot have been missed yet.")
    if not reason:
        raise VisitError("Say why the visit was missed", field="reason")
    visit.outcome, visit.reason = Outcome.MISSED, reason
    forget(session, visit.id, at=at)
    note(session, "record missed", "visit", visit.id, by=by.account_id, at=at)


def open_again(session: Session, visit_id: int, *, by: Actor, at: datetime) -> None:
    """Takes back that a visit was missed, so that its report can be sent."""
    visit = locked_visit(session, visit_id)
    _refuse_if_reported(session, visit)
    if visit.outcome is not Outcome.MISSED:
        raise VisitError("Only a visit that is recorded as missed can be opened again.")
    visit.outcome, visit.reason = None, ""
    note(session, "open visit again", "visit", visit.id, by=by.account_id, at=at)


def add_extra(
    session: Session,
    suite_id: int,
    day: date,
    visitor_ids: Sequence[int],
    kind: VisitKind = VisitKind.CUSTODY,
    *,
    choices: Choices,
    by: Actor,
    at: datetime,
) -> Visit:
    """A visit beside the rota, in the week of the day: counted apart, with its pair ready to report.

    Visits to terrorism detainees are arranged beforehand, with visitors who may make them on that day.
    """
    if len(set(visitor_ids)) != len(visitor_ids):
        raise VisitError("Choose two different visitors", field="visitor_2")
    if day > london_day(at):
        _refuse_to_come(session, day, visitor_ids, kind, choices, at)
    monday = monday_of(day)
    suite = session.get_one(Suite, suite_id, with_for_update=True)
    if _waits_for_report(session, suite_id, monday, kind):
        raise VisitError("An extra visit to this suite in that week is waiting for its report already")
    visit = Visit(
        reference=_extra_reference(session, suite.name, monday),
        suite_id=suite_id,
        kind=kind,
        week_starts_on=monday,
        week_ends_on=monday + timedelta(days=6),
        is_scheduled=False,
    )
    session.add(visit)
    session.flush()
    session.add_all(
        Duty(**agreed(visit.id, person_id, place, by=by.account_id, at=at))
        for place, person_id in enumerate(visitor_ids, 1)
    )
    note(session, "add extra visit", "visit", visit.id, by=by.account_id, at=at)
    session.flush()
    return visit


def _refuse_to_come(
    session: Session, day: date, visitor_ids: Sequence[int], kind: VisitKind, choices: Choices, at: datetime
) -> None:
    if kind is not VisitKind.TERRORISM:
        raise VisitError(
            "An extra visit is recorded once it has been made. For one to come, change the rota", field="day"
        )
    if day > london_day(at) + ARRANGED_WITHIN:
        raise VisitError(f"Arrange it for a day within {ARRANGED_WITHIN.days} days", field="day")
    for place, person_id in enumerate(visitor_ids, 1):
        answer = clearance(standings(session, [person_id])[person_id], day, choices)
        if against := answer.reasons or answer.terrorism_reasons:
            name = session.get_one(Person, person_id).name
            raise VisitError(
                f"{name} cannot visit terrorism detainees on that day: {'; '.join(against)}",
                field=f"visitor_{place}",
            )


def _refuse_if_reported(session: Session, visit: Visit) -> None:
    report = report_row(session, visit)
    if report and report.filed_at:
        raise VisitError("The report of this visit has been sent, and stands.")
    if visit.outcome is not None and visit.outcome is not Outcome.MISSED:
        raise VisitError(f"This visit is on record as {visit.outcome.words} already.")


def _waits_for_report(session: Session, suite_id: int, monday: date, kind: VisitKind) -> bool:
    """Whether the button was pressed twice, as it mostly is then."""
    waiting = sa.exists().where(
        Visit.kind == kind,
        Visit.suite_id == suite_id,
        Visit.week_starts_on == monday,
        Visit.is_scheduled.is_(False),
        Visit.outcome.is_(None),
    )
    return bool(session.scalar(sa.select(waiting)))


def _extra_reference(session: Session, suite: str, monday: date) -> str:
    """2026-W12-EUS-X1: like those of the rota, with an X."""
    stem = f"{week_and_suite(suite, monday)}-X"
    taken = session.scalars(sa.select(Visit.reference).where(Visit.reference.startswith(stem)))
    return next_reference(stem, set(taken))
