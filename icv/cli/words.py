"""Words that several commands take, and the database they work on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import click
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.config import Config, from_environment
from icv.rules.days import Period, london_day
from icv.rules.figures.periods import FIRST_YEAR, LAST_YEAR
from icv.store.engine import open_engine, reading, writing


class Day(click.ParamType[date]):
    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is not a day. Write it like 2026-03-04, year first.", param, ctx)


DAY = Day()


def period_of(first: date, last: date) -> Period:
    """Raises a usage error where the period ends before it begins."""
    if last < first:
        raise click.UsageError(f"The period ends ({last}) before it begins ({first}).")
    return Period(first, last)


def countable(first: date, last: date) -> Period:
    """A period that others are compared with, before it too: the calendar begins with the year 1."""
    period = period_of(first, last)
    if first.year < FIRST_YEAR or last.year > LAST_YEAR:
        raise click.UsageError(f"Choose days between {FIRST_YEAR} and {LAST_YEAR}.")
    return period


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return london_day(now())


@contextmanager
def to_read(config: Config | None = None) -> Iterator[Session]:
    with _opened(config) as engine, reading(engine) as session:
        yield session


@contextmanager
def to_write(config: Config | None = None) -> Iterator[Session]:
    """Commit before leaving it."""
    with _opened(config) as engine, writing(engine) as session:
        yield session


@contextmanager
def _opened(config: Config | None) -> Iterator[sa.Engine]:
    engine = open_engine((config or from_environment()).database_url)
    try:
        yield engine
    finally:
        engine.dispose()
