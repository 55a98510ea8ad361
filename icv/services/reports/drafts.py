"""Saving a report part by part, by either of its pair, each seeing when the other was there first."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period, day_in_words, london_day
from icv.rules.report import (
    ContactNote,
    Draft,
    Fault,
    FindingNote,
    Frame,
    Part,
    Questions,
    RecordNote,
    Trainee,
    next_name,
)
from icv.rules.visits import HELD, Outcome
from icv.services.reports.errors import Clash, NotOpen, Refused, ReportError
from icv.store.reports import SavedPart, saved_parts
from icv.store.scheme import choices_on
from icv.store.trail import note
from icv.store.visits import Duty, Report, ReportSection, Visit

SENT = "This report has been sent and cannot be changed."


def save(
    session: Session,
    visit_id: int,
    name: str,
    part: Part,
    *,
    version: int,
    by: Actor,
    at: datetime,
    from_paper: bool = False,
) -> None:
    """Keeps a part as it is now. `version` is the one its writer saw, 0 if there was none.

    `from_paper`: the coordinator enters what its two visitors wrote.

    Raises Refused for what cannot be, Clash when another version is kept by now, NotOpen when the report
    is not this person's to write at this time.
    """
    visit = locked_visit(session, visit_id)
    report = open_report(session, visit, by=by, at=at, from_paper=from_paper)
    kept = saved_parts(session, visit_id)
    refuse_faults(name, part, kept, frame_of(session, visit, at))
    theirs = kept.get(name)
    if (theirs.version if theirs else 0) != version:
        raise Clash(theirs)
    values = {"answers": part.answers(), "version": version + 1, "saved_at": at, "saved_by_id": by.account_id}
    session.merge(ReportSection(report_id=report.id, name=name, **values))
    session.flush()
    note(session, "save report", "visit", visit_id, by=by.account_id, at=at, part=name)


def add(
    session: Session,
    visit_id: int,
    word: str,
    part: Part,
    *,
    by: Actor,
    at: datetime,
    from_paper: bool = False,
) -> str:
    """Adds a contact or a finding, under the name returned. Adding the same one twice is refused."""
    locked_visit(session, visit_id)
    name = next_name(word, saved_parts(session, visit_id))
    save(session, visit_id, name, part, version=0, by=by, at=at, from_paper=from_paper)
    return name


def remove(
    session: Session, visit_id: int, name: str, *, by: Actor, at: datetime, from_paper: bool = False
) -> None:
    """Takes a contact or a finding out of the draft; one that is gone already stays gone."""
    report = open_report(session, locked_visit(session, visit_id), by=by, at=at, from_paper=from_paper)
    session.execute(
        sa.delete(ReportSection).where(ReportSection.report_id == report.id, ReportSection.name == name)
    )
    note(session, "remove from report", "visit", visit_id, by=by.account_id, at=at, part=name)


def locked_visit(session: Session, visit_id: int) -> Visit:
    """The visit as it is now, and nobody else's to report on until the transaction ends."""
    visit = session.scalar(
        sa.select(Visit)
        .where(Visit.id == visit_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if visit is None:
        raise ReportError("There is no such visit.")
    return visit


def open_report(
    session: Session, visit: Visit, *, by: Actor, at: datetime, from_paper: bool = False
) -> Report:
    """The draft of a locked visit, begun if there is none. Raises NotOpen, saying why."""
    is_writer = Role.COORDINATOR in by.roles if from_paper else holds_duty(session, visit, by)
    if not is_writer:
        raise NotOpen("Only the two visitors of this visit can write its report.")
    report = report_row(session, visit)
    if report and report.filed_at:
        raise NotOpen(f"{SENT} Nothing you typed here was saved.")
    if why := why_closed(visit.week_starts_on, visit.outcome, london_day(at)):
        raise NotOpen(why)
    if report is None:
        report = Report(visit_id=visit.id, begun_at=at, begun_by_id=by.account_id)
        session.add(report)
        session.flush()
        note(session, "begin report", "visit", visit.id, by=by.account_id, at=at)
    return report


def why_closed(week_starts_on: date, outcome: Outcome | None, day: date) -> str:
    """Why the unsent report of such a visit cannot be written on a day; empty when it can."""
    if day < week_starts_on:
        return f"The report can be started from {day_in_words(week_starts_on)}."
    if outcome is not None:
        return (
            f"The coordinator has recorded this visit as {outcome.words}."
            " If that is not right, ask them to open it again."
        )
    return ""


def report_row(session: Session, visit: Visit) -> Report | None:
    return session.scalar(
        sa.select(Report).where(Report.visit_id == visit.id).execution_options(populate_existing=True)
    )


def holds_duty(session: Session, visit: Visit, by: Actor) -> bool:
    held = sa.exists().where(Duty.visit_id == visit.id, Duty.person_id == by.person_id, Duty.state.in_(HELD))
    return bool(session.scalar(sa.select(held)))


def frame_of(session: Session, visit: Visit, at: datetime) -> Frame:
    """What the visit is held to: the choices with which its week began, so that no form changes under way."""
    week = Period(visit.week_starts_on, visit.week_ends_on)
    return Frame(week, at, choices_on(session, visit.week_starts_on), visit.kind)


def draft_of(
    kept: Mapping[str, SavedPart],
    on_probation: Mapping[date, Trainee | None] = MappingProxyType({}),
    questions: Questions | None = None,
) -> Draft:
    """What is saved so far, as one report; `on_probation` and `questions` are the visit's own."""
    return Draft.of({name: part.answers for name, part in kept.items()}, on_probation, questions)


def refuse_faults(name: str, part: Part, kept: Mapping[str, SavedPart], frame: Frame) -> None:
    """Raises Refused for what cannot be, by itself or beside what is kept of the other parts."""
    faults = part.faults(frame)
    draft = draft_of(kept)
    if isinstance(part, ContactNote | RecordNote) and draft.twice(name, part):
        faults.append(Fault("custody_number", "This number is in the report already"))
    if isinstance(part, FindingNote) and part in [
        finding for named, finding in draft.findings.items() if named != name
    ]:
        faults.append(Fault("detail", "This finding is in the report already"))
    if faults:
        raise Refused(faults)
