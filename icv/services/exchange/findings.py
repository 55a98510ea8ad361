"""Findings in and out: each with the events that its days tell of."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.exchange.findings import FINDINGS, FindingRow
from icv.rules.exchange.rows import Line, RowError
from icv.rules.findings import PUBLISHABLE
from icv.rules.references import next_reference
from icv.rules.visits import VisitKind
from icv.services.exchange.book import Author, Book, Change, add, change, ids_by
from icv.services.findings.publishing import withdraw_taken_up
from icv.store.findings import Finding, FindingEvent, PublishedFinding
from icv.store.visits import Visit


def findings_on_record(session: Session, *kinds: VisitKind) -> list[FindingRow]:
    """Those of visits of these kinds, by reference in code-point order."""
    found = session.execute(
        sa.select(
            Finding.reference,
            Visit.reference,
            Finding.category,
            Finding.state,
            Finding.is_serious,
            Finding.raised_on,
            Finding.detail,
            Finding.due_on,
            Finding.replied_on,
            Finding.closed_on,
        )
        .join(Visit, Visit.id == Finding.visit_id)
        .where(Visit.kind.in_(kinds))
    )
    rows = [FindingRow(**dict(zip(FINDINGS.columns, row, strict=True))) for row in found]
    return sorted(rows, key=lambda row: row.finding)


class Findings(Book[FindingRow]):
    format = FINDINGS
    reference = "finding"
    subject = "finding"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.rows = {row.finding: row for row in findings_on_record(session, *VisitKind)}
        self.visits = ids_by(session, Visit.reference, Visit.id)
        self.made: dict[int, str] = {}

    def named(self, lines: list[Line]) -> list[Line]:
        taken = set(self.rows) | {line.cells.get("finding", "") for line in lines}
        for line in lines:
            if not line.cells.get("finding") and "visit" in line.cells and "finding" not in line.unread:
                made = next_reference(f"{line.cells['visit']}-", taken)
                taken.add(made)
                self.made[line.number] = made
        return [
            replace(line, cells={**line.cells, "finding": self.made[line.number]})
            if line.number in self.made
            else line
            for line in lines
        ]

    def key(self, cells: Mapping[str, Any]) -> Hashable:
        return cells.get("finding")

    def is_known(self, cells: Mapping[str, Any]) -> bool:
        return cells.get("finding") in self.rows

    def before(self, cells: Mapping[str, Any]) -> FindingRow | None:
        return self.rows.get(cells.get("finding", ""))

    def errors(self, lines: Sequence[Line]) -> Iterator[RowError]:
        for line in lines:
            visit = line.cells.get("visit")
            if visit is not None and visit not in self.visits:
                yield RowError(line.number, "visit", f"there is no visit {visit}; import the visits first")

    def doubts(self, lines: Sequence[Line]) -> Iterator[RowError]:
        """Without a reference nothing tells a file imported twice, but the findings themselves."""
        same = {replace(row, finding=""): reference for reference, row in self.rows.items()}
        for line in lines:
            alike = same.get(FindingRow(**{**line.cells, "finding": ""}))
            if line.number in self.made and alike:
                made = self.made[line.number]
                yield RowError(
                    line.number, "finding", f"is the same as {alike} on record; kept again as {made}"
                )

    def keep(self, changes: Sequence[Change[FindingRow]], author: Author) -> list[int]:
        known = ids_by(self.session, Finding.reference, Finding.id)
        put = ids_by(self.session, Finding.id, Finding.put_on)
        new, again = [], []
        for one in changes:
            cells = self._cells(one.row)
            if one.before:
                number = known[one.row.finding]
                again.append({**cells, "id": number, "put_on": put[number] or one.row.put_on})
            else:
                new.append({**cells, "put_on": one.row.put_on})
        add(self.session, Finding, new)
        changed = change(self.session, Finding, again)
        self._keep_events(changes, author)
        self._withdraw_taken_up(changes, author)
        return changed

    def _cells(self, row: FindingRow) -> dict[str, Any]:
        return {
            "reference": row.finding,
            "visit_id": self.visits[row.visit],
            "category": row.category,
            "state": row.state,
            "is_serious": row.serious,
            "detail": row.detail,
            "raised_on": row.raised_on,
            "due_on": row.due_on,
            "replied_on": row.replied_on,
            "closed_on": row.closed_on,
        }

    def _keep_events(self, changes: Sequence[Change[FindingRow]], author: Author) -> None:
        """Those that the row tells of and the record did not."""
        ids = ids_by(self.session, Finding.reference, Finding.id)
        events = [
            {
                "finding_id": ids[one.row.finding],
                "kind": kind,
                "on": on,
                "made_at": author.at,
                "made_by_id": author.by,
            }
            for one in changes
            for kind, on in one.row.events
            if one.before is None or (kind, on) not in one.before.events
        ]
        add(self.session, FindingEvent, events)

    def _withdraw_taken_up(self, changes: Sequence[Change[FindingRow]], author: Author) -> None:
        """What is answered no more leaves the public page: another answer must not bring it back unread."""
        published = self.session.execute(
            sa.select(Finding.reference, Finding.id)
            .join(PublishedFinding, PublishedFinding.finding_id == Finding.id)
            .where(PublishedFinding.withdrawn_on.is_(None))
        )
        ids = dict(published.all())
        taken_up = [
            ids[one.row.finding]
            for one in changes
            if one.before
            and one.row.finding in ids
            and not PUBLISHABLE.issuperset({one.before.state, one.row.state})
        ]
        by = Actor(author.by, None, "") if author.by else None
        withdraw_taken_up(self.session, taken_up, by=by, at=author.at)
