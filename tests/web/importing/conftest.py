"""A coordinator at the page of importing."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.csv_writing import csv_bytes
from icv.rules.access import Role
from icv.store.people import Person
from tests.web.browser import Browser

Browse = Callable[..., Browser]
ASHA = {"name": "Asha Patel", "email": "asha@example.org", "stage": "applied", "applied_on": "2026-02-01"}


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def as_csv(*rows: dict[str, str]) -> bytes:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return csv_bytes(columns, [[row.get(column, "") for column in columns] for row in rows])


def check(
    browser: Browser, content: bytes, name: str = "people.csv", *, status: int = 200, **fields: Any
) -> Browser:
    browser.get("/people/import")
    return browser.send(
        {"file": (io.BytesIO(content), name), **fields}, button="Check the file", status=status
    )


def names(session: Session) -> list[str]:
    session.expire_all()
    return sorted(session.scalars(sa.select(Person.name)))
