"""How figures count: a named number of the rows that meet every condition."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute


def number(name: str, *conditions: sa.ColumnElement[bool] | InstrumentedAttribute[bool]) -> sa.Label[int]:
    """Give the condition that fails most often first: SQLite looks at no further one of that row."""
    return sa.func.count().filter(*conditions).label(name)
