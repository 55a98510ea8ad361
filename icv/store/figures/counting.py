"""How figures count: a named number of the rows that meet every condition."""

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute


def number(name: str, *conditions: sa.ColumnElement[bool] | InstrumentedAttribute[bool]) -> sa.Label[int]:
    return sa.func.count().filter(*conditions).label(name)
