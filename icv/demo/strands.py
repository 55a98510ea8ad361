"""The example’s other strands: a record review and a dog-welfare visit that are reported, and one to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.demo.accounts import as_visitor
from icv.rules.access import Actor
from icv.rules.checks import DOG_CHECKS, RECORD_CHECKS, titles
from icv.rules.days import london_day, midnight
from icv.rules.report import (
    DayNote,
    DogsNote,
    FindingsNote,
    Part,
    RecordNote,
    RecordsNote,
    Remarks,
    Section,
    Three,
)
from icv.rules.scheme import Choices
from icv.rules.visits import VisitKind
from icv.services import reports, strands
from icv.store.people import Person
from icv.store.suites import Suite

RECORDS_READ = 6


def bring_strands_up_to_date(session: Session, choices: Choices, coordinator: Actor, *, at: datetime) -> None:
    suites = session.scalars(sa.select(Suite.id).order_by(Suite.name)).all()
    visiting = sa.select(Person.id).where(Person.appointed_on.is_not(None), Person.left_on.is_(None))
    reader, walker = session.scalars(visiting.order_by(Person.id)).all()[-8:-6]
    read: dict[str, Part] = {
        Section.RECORDS: RecordsNote(sample="Every tenth record of the month before"),
        **{f"record-{number}": _record(number) for number in range(1, RECORDS_READ + 1)},
    }
    seen = DogsNote(seen=5, checks=dict.fromkeys(titles(DOG_CHECKS), Three.YES))
    walked: dict[str, Part] = {Section.DOGS: seen}
    for kind, person_id, days_ago, parts in (
        (VisitKind.RECORD_REVIEW, reader, 34, read),
        (VisitKind.DOG_WELFARE, walker, 20, walked),
    ):
        made_at = midnight(london_day(at) - timedelta(days=days_ago)) + timedelta(hours=12)
        visit_id = _plan(session, kind, suites[0], person_id, choices, coordinator, made_at, made_at)
        _report(session, visit_id, parts, by=as_visitor(session, person_id, at=made_at), at=made_at)
    to_come = at + timedelta(days=16)
    _plan(session, VisitKind.RECORD_REVIEW, suites[-1], reader, choices, coordinator, to_come, at)


def _record(number: int) -> RecordNote:
    """All in order, but for one appropriate adult who came late."""
    checks = dict.fromkeys(titles(RECORD_CHECKS), Three.YES) | ({"adult": Three.NO} if number == 2 else {})
    return RecordNote(custody_number=str(number), checks=checks)


def _plan(
    session: Session,
    kind: VisitKind,
    suite_id: int,
    person_id: int,
    choices: Choices,
    coordinator: Actor,
    day: datetime,
    at: datetime,
) -> int:
    asked = strands.Plan(kind, suite_id, london_day(day), (person_id,))
    return strands.plan(session, asked, choices=choices, by=coordinator, at=at).id


def _report(session: Session, visit_id: int, parts: Mapping[str, Part], *, by: Actor, at: datetime) -> None:
    said = {
        Section.DAY: DayNote(on=london_day(at)),
        **parts,
        Section.FINDINGS: FindingsNote(nothing_to_raise=True),
        Section.REMARKS: Remarks(saw_serious=False),
    }
    for name, part in said.items():
        if isinstance(part, RecordNote):
            reports.add(session, visit_id, "record", part, by=by, at=at)
        else:
            reports.save(session, visit_id, name, part, version=0, by=by, at=at)
    reports.file(session, visit_id, by=by, at=at)
