"""Import files for tests: a row of text a line, sensible until told otherwise."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from icv.papers.csv_writing import csv_bytes
from icv.services.exchange import Imported, ImportRefused, import_file
from tests.workshop import NOW

SUITE = {"suite": "Euston Street", "visits_per_week": "1", "open_from": "2010-01-01"}
VOLUNTEER = {
    "name": "Asha Patel",
    "email": "asha@example.org",
    "stage": "applied",
    "applied_on": "2023-11-06",
}
VISITOR = {
    "name": "Zoe Quinn",
    "email": "zoe@example.org",
    "stage": "active",
    "appointed_on": "2021-02-01",
}
VISIT = {
    "visit": "V001",
    "suite": "Euston Street",
    "week_starts": "2023-11-27",
    "week_ends": "2023-12-03",
    "scheduled": "yes",
}
FINDING = {
    "finding": "F1",
    "visit": "V001",
    "category": "conditions",
    "state": "raised",
    "raised_on": "2023-12-03",
}


class Files:
    """Writes and imports CSV files made of rows; each row names its own columns."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session = session
        self.folder = folder

    def take(self, kind: str, *rows: dict[str, str], update: bool = False) -> Imported:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        path = self.folder / f"{kind}.csv"
        path.write_bytes(csv_bytes(columns, [[row.get(column, "") for column in columns] for row in rows]))
        return self.take_file(kind, path, update=update)

    def take_file(self, kind: str, path: Path, *, update: bool = False) -> Imported:
        return import_file(self.session, kind, path, update=update, by=None, at=NOW)

    def refused(self, kind: str, *rows: dict[str, str], update: bool = False) -> list[str]:
        """The errors, a line each."""
        with pytest.raises(ImportRefused) as refusal:
            self.take(kind, *rows, update=update)
        errors = [str(error) for error in refusal.value.errors]
        assert str(refusal.value).splitlines() == errors
        return errors
