"""Suites in and out: a row for each period a suite is open."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.exchange.rows import Line, RowError
from icv.rules.exchange.suites import SUITES, SuiteRow, disagreements, overlaps
from icv.services.exchange.book import Author, Book, Change, add, change, ids_by, made_by_name
from icv.store.scheme import Team
from icv.store.suites import Suite, SuitePeriod


def suites_on_record(session: Session) -> list[SuiteRow]:
    """By name in code-point order, then by the day of opening."""
    found = session.execute(
        sa.select(
            Suite.name,
            Suite.address,
            Team.name,
            SuitePeriod.visits_a_week,
            SuitePeriod.opens_on,
            SuitePeriod.closes_on,
            SuitePeriod.kind,
        )
        .join(SuitePeriod, SuitePeriod.suite_id == Suite.id)
        .outerjoin(Team, Team.id == Suite.team_id)
    )
    rows = [
        SuiteRow(
            suite=name,
            address=address,
            team=team or "",
            visits_per_week=often,
            open_from=opens_on,
            open_to=closes_on,
            kind=kind,
        )
        for name, address, team, often, opens_on, closes_on, kind in found
    ]
    return sorted(rows, key=lambda row: (row.suite, row.open_from))


class Suites(Book[SuiteRow]):
    """With `--update` a period is known by its day of opening; other periods of the suite stay."""

    format = SUITES
    reference = "suite"
    subject = "suite"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.ids = ids_by(session, Suite.name, Suite.id)
        self.periods: dict[str, list[SuiteRow]] = defaultdict(list)
        for row in suites_on_record(session):
            self.periods[row.suite].append(row)

    def key(self, cells: Mapping[str, Any]) -> Hashable:
        key = (cells.get("suite"), cells.get("open_from"))
        return key if all(key) else None

    def is_known(self, cells: Mapping[str, Any]) -> bool:
        return cells.get("suite") in self.ids

    def before(self, cells: Mapping[str, Any]) -> SuiteRow | None:
        on_record = self.periods.get(cells.get("suite", ""), [])
        return next((row for row in on_record if row.open_from == cells.get("open_from")), None)

    def remembered(self, cells: Mapping[str, Any]) -> Mapping[str, Any]:
        """A new period of a known suite takes that suite's address and team."""
        if same := super().remembered(cells):
            return same
        on_record = self.periods.get(cells.get("suite", ""))
        return {"address": on_record[0].address, "team": on_record[0].team} if on_record else {}

    def errors(self, lines: Sequence[Line]) -> Iterator[RowError]:
        rows: dict[str, list[tuple[int, SuiteRow]]] = defaultdict(list)
        for line in lines:
            if not line.unread:
                row = SuiteRow(**line.cells)
                rows[row.suite].append((line.number, row))
        for suite, numbered in rows.items():
            first_number, first = numbered[0]
            for number, row in numbered[1:]:
                yield from disagreements(number, row, first, f"in row {first_number}")
            given = {row.open_from for _, row in numbered}
            others = [(None, row) for row in self.periods.get(suite, []) if row.open_from not in given]
            yield from overlaps([*numbered, *others])

    def keep(self, changes: Sequence[Change[SuiteRow]], author: Author) -> list[int]:
        rows = {one.row.suite: one.row for one in changes}
        teams = made_by_name(self.session, Team, {row.team for row in rows.values()})
        descriptions = {
            name: {"name": name, "address": row.address, "team_id": teams.get(row.team)}
            for name, row in rows.items()
        }
        add(self.session, Suite, [new for name, new in descriptions.items() if name not in self.ids])
        known = [{**new, "id": self.ids[name]} for name, new in descriptions.items() if name in self.ids]
        changed = change(self.session, Suite, known)
        self._keep_periods(changes)
        return changed

    def _keep_periods(self, changes: Sequence[Change[SuiteRow]]) -> None:
        suites = ids_by(self.session, Suite.name, Suite.id)
        periods = {
            (suite_id, opens_on): period_id
            for period_id, suite_id, opens_on in self.session.execute(
                sa.select(SuitePeriod.id, SuitePeriod.suite_id, SuitePeriod.opens_on)
            )
        }
        new, known = [], []
        for one in changes:
            cells = {
                "suite_id": suites[one.row.suite],
                "opens_on": one.row.open_from,
                "closes_on": one.row.open_to,
                "kind": one.row.kind,
                "visits_a_week": one.row.visits_per_week,
            }
            if one.before:
                known.append({**cells, "id": periods[suites[one.row.suite], one.row.open_from]})
            else:
                new.append(cells)
        add(self.session, SuitePeriod, new)
        change(self.session, SuitePeriod, known)
