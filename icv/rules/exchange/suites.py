"""Rows of suites: an open period each; a suite with several periods has several rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from icv.rules.bounds import MOST_ADDRESS, MOST_NAME, MOST_VISITS_A_WEEK
from icv.rules.exchange import cells
from icv.rules.exchange.rows import Format, RowError, Rule, in_order
from icv.rules.visits import SuiteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteRow:
    """`open_to` is the last day that counts."""

    suite: str
    address: str = ""
    team: str = ""
    visits_per_week: float
    open_from: date
    open_to: date | None = None
    kind: SuiteKind = SuiteKind.MAIN


def _too_often(visits_per_week: float) -> str | None:
    if visits_per_week <= MOST_VISITS_A_WEEK:
        return None
    return f"is more than {MOST_VISITS_A_WEEK}, three visits a day; 0.25 is about once a month"


SUITES = Format(
    kind="suites",
    row=SuiteRow,
    readers={
        "suite": cells.at_most(MOST_NAME),
        "address": cells.at_most(MOST_ADDRESS, cells.text),
        "team": cells.at_most(MOST_NAME),
        "visits_per_week": cells.fraction,
        "open_from": cells.day,
        "open_to": cells.day,
        "kind": cells.one_of(SuiteKind),
    },
    rules=(in_order("open_from", "open_to"),),
    doubts=(Rule("visits_per_week", ("visits_per_week",), _too_often),),
)


def disagreements(number: int, row: SuiteRow, earlier: SuiteRow, where: str) -> Iterator[RowError]:
    """A suite has one address and one team, whatever its periods."""
    for column in ("address", "team"):
        if getattr(row, column) != getattr(earlier, column):
            yield RowError(
                number,
                column,
                f"{row.suite} has {getattr(earlier, column)!r} {where}; a suite has one {column}",
            )


def overlaps(periods: Iterable[tuple[int | None, SuiteRow]]) -> Iterator[RowError]:
    """Periods of one suite that share a day; those without a row number are on record already."""
    in_time = sorted(periods, key=lambda numbered: numbered[1].open_from)
    longest_number, longest = in_time[0]
    for number, row in in_time[1:]:
        blamed = number or longest_number
        if blamed and longest.open_from < row.open_from <= _end(longest):
            where = f"row {longest_number}" if number and longest_number else "a period on record"
            end = f"to {longest.open_to}" if longest.open_to else "without an end"
            what = f"{row.suite} is open already ({where}: from {longest.open_from} {end})"
            yield RowError(blamed, "open_from", what)
        if _end(row) > _end(longest):
            longest_number, longest = number, row


def _end(row: SuiteRow) -> date:
    return row.open_to or date.max
