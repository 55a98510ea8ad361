"""Quarters of the calendar year, named by their months: offices number them from January or from April."""

from dataclasses import dataclass
from datetime import date, timedelta

from icv.rules.days import MONTHS, Period, add_months

FIRST_YEAR, LAST_YEAR = 1990, 2199


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """By its first day: the first of January, April, July or October."""

    first: date

    @property
    def last(self) -> date:
        return add_months(self.first, 3) - timedelta(days=1)

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)

    @property
    def words(self) -> str:
        """July to September 2026"""
        return f"{MONTHS[self.first.month - 1]} to {MONTHS[self.last.month - 1]} {self.first.year}"

    @property
    def key(self) -> str:
        """2026-07, as it stands in an address."""
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> "Quarter":
        return Quarter(add_months(self.first, -3))


def quarter_of(day: date) -> Quarter:
    return Quarter(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def last_ended(today: date) -> Quarter:
    return quarter_of(today).before


def quarter_asked(key: str) -> Quarter | None:
    """By the first month, or any other of it ("2026-08"); None where it is no month."""
    year, _, month = key.partition("-")
    if not (key.isascii() and year.isdigit() and month.isdigit() and len(year) == 4 and len(month) <= 2):
        return None
    if not (FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(month) <= 12):
        return None
    return quarter_of(date(int(year), int(month), 1))


def latest(today: date, number: int) -> list[Quarter]:
    """So many, from the one that is running backwards."""
    found = [quarter_of(today)]
    while len(found) < number:
        found.append(found[-1].before)
    return found
