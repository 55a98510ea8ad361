"""Visits in and out, with the duties of their two visitors."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.exchange.rows import Line, RowError
from icv.rules.exchange.visits import VISITS, VisitRow
from icv.rules.visits import COUNTS, HELD, DutyState, Outcome, VisitKind
from icv.services.exchange.book import Author, Book, Change, add, change, ids_by
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit

VISITORS = ("visitor_1", "visitor_2")


def visits_on_record(session: Session, *kinds: VisitKind) -> list[VisitRow]:
    """Visits of these kinds by reference in code-point order, with whoever holds their places."""
    visitors: dict[Any, dict[str, str]] = defaultdict(dict)
    held = session.execute(
        sa.select(Duty.visit_id, Duty.place, Person.email)
        .join(Person, Person.id == Duty.person_id)
        .where(Duty.state.in_(HELD))
    )
    for visit_id, place, email in held:
        visitors[visit_id][VISITORS[place - 1]] = email
    found = session.execute(
        sa.select(
            Visit.id,
            Visit.reference.label("visit"),
            Suite.name.label("suite"),
            Visit.week_starts_on.label("week_starts"),
            Visit.week_ends_on.label("week_ends"),
            Visit.is_scheduled.label("scheduled"),
            Visit.mode,
            Visit.outcome,
            Visit.cancelled_on,
            Visit.reason,
            Visit.arrived_at,
            Visit.admitted_at,
            Visit.left_at,
            *(getattr(Visit, column) for column in COUNTS),
        )
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Visit.kind.in_(kinds))
    ).mappings()
    rows = [VisitRow(**_cells_of(record, visitors[record["id"]])) for record in found]
    return sorted(rows, key=lambda row: row.visit)


def _cells_of(record: sa.RowMapping, visitors: dict[str, str]) -> dict[str, Any]:
    return {**{column: record[column] for column in record if column != "id"}, **visitors}


class Visits(Book[VisitRow]):
    format = VISITS
    reference = "visit"
    subject = "visit"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows = {row.visit: row for row in visits_on_record(session, *VisitKind)}
        self.suites = ids_by(session, Suite.name, Suite.id)
        self.people = ids_by(session, Person.email_key, Person.id)

    def key(self, cells: Mapping[str, Any]) -> Hashable:
        return cells.get("visit")

    def is_known(self, cells: Mapping[str, Any]) -> bool:
        return cells.get("visit") in self.rows

    def before(self, cells: Mapping[str, Any]) -> VisitRow | None:
        return self.rows.get(cells.get("visit", ""))

    def errors(self, lines: Sequence[Line]) -> Iterator[RowError]:
        for line in lines:
            suite = line.cells.get("suite")
            if suite is not None and suite not in self.suites:
                yield RowError(line.number, "suite", f"there is no suite {suite}; import the suites first")
            for column in VISITORS:
                visitor = line.cells.get(column)
                if visitor and visitor.casefold() not in self.people:
                    yield RowError(
                        line.number, column, f"nobody has the address {visitor}; import the volunteers first"
                    )

    def keep(self, changes: Sequence[Change[VisitRow]], author: Author) -> list[int]:
        known = ids_by(self.session, Visit.reference, Visit.id)
        add(self.session, Visit, [self._cells(one.row) for one in changes if not one.before])
        again = [{**self._cells(one.row), "id": known[one.row.visit]} for one in changes if one.before]
        changed = change(self.session, Visit, again)
        self._keep_duties(changes, author)
        return changed

    def _cells(self, row: VisitRow) -> dict[str, Any]:
        counts = row.counts
        return {
            "reference": row.visit,
            "suite_id": self.suites[row.suite],
            "week_starts_on": row.week_starts,
            "week_ends_on": row.week_ends,
            "is_scheduled": row.scheduled,
            "mode": row.mode,
            "outcome": row.outcome,
            "cancelled_on": row.cancelled_on,
            "reason": row.reason,
            "arrived_at": row.arrived_at,
            "admitted_at": row.admitted_at,
            "left_at": row.left_at,
            **(asdict(counts) if counts else dict.fromkeys(COUNTS)),
        }

    def _keep_duties(self, changes: Sequence[Change[VisitRow]], author: Author) -> None:
        """Places given to somebody else are released first: nobody holds two places of a visit."""
        visits = ids_by(self.session, Visit.reference, Visit.id)
        moved = [
            (visits[one.row.visit], place, email.casefold())
            for one in changes
            for place, (email, before) in enumerate(
                zip(one.row.visitors, _visitors(one.before), strict=True), 1
            )
            if email.casefold() != before.casefold()
        ]
        self._release({(visit_id, place) for visit_id, place, _ in moved}, author)
        duties = [
            {
                "visit_id": visit_id,
                "person_id": self.people[email],
                "place": place,
                "state": DutyState.ACCEPTED,
                "uid": str(uuid4()),
                "given_at": author.at,
                "given_by_id": author.by,
                "changed_at": author.at,
            }
            for visit_id, place, email in moved
            if email
        ]
        add(self.session, Duty, duties)
        self._tell_calendars([visits[one.row.visit] for one in changes if _is_elsewhere(one)], author)

    def _tell_calendars(self, visit_ids: list[int], author: Author) -> None:
        """Google ignores an event that has changed and whose sequence has not."""
        self.session.execute(
            sa.update(Duty)
            .where(Duty.visit_id.in_(visit_ids), Duty.state.in_(HELD))
            .values(sequence=Duty.sequence + 1, changed_at=author.at)
        )

    def _release(self, places: set[tuple[int, int]], author: Author) -> None:
        held = self.session.execute(
            sa.select(Duty.id, Duty.visit_id, Duty.place, Duty.sequence).where(Duty.state.in_(HELD))
        )
        released = [
            {
                "id": duty.id,
                "state": DutyState.RELEASED,
                "sequence": duty.sequence + 1,
                "changed_at": author.at,
                "reason": "Corrected by an import",
            }
            for duty in held
            if (duty.visit_id, duty.place) in places
        ]
        change(self.session, Duty, released)


def _is_elsewhere(one: Change[VisitRow]) -> bool:
    """Whether the visit is another event now to those who go on holding it."""
    return one.before is not None and _event(one.row) != _event(one.before)


def _event(row: VisitRow) -> tuple[object, ...]:
    return row.week_starts, row.week_ends, row.suite, row.outcome is Outcome.CANCELLED


def _visitors(before: VisitRow | None) -> tuple[str, str]:
    return before.visitors if before else ("", "")
