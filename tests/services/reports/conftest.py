"""Two visitors with a visit this week, and what either does to its report."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from icv.rules.access import Actor, Role
from icv.rules.report import (
    Arrival,
    FindingsNote,
    Headcount,
    Part,
    Remarks,
    Section,
    SuiteNote,
)
from icv.rules.visits import Outcome
from icv.services import reports
from icv.store.visits import Visit
from tests.workshop import NOW, Workshop

ARRIVED = NOW - timedelta(hours=2)
COMPLETED: dict[str, Any] = {
    "outcome": Outcome.COMPLETED,
    "arrived_at": ARRIVED,
    "admitted_at": ARRIVED + timedelta(minutes=3),
    "left_at": ARRIVED + timedelta(hours=1),
}
EMPTY_SUITE = Headcount(in_custody=0)


class Pair:
    """Two visitors with a visit this week, and what either does to its report."""

    def __init__(self, make: Workshop) -> None:
        self.session = make.session
        people = [make.person(), make.person()]
        self.visit: Visit = make.visit(make.suite("Euston Street"), *people, reference="V001")
        self.one, self.other = (make.actor(Role.VOLUNTEER, person=person) for person in people)

    def save(self, part: Part, name: str, version: int = 0, by: Actor | None = None) -> None:
        reports.save(self.session, self.visit.id, name, part, version=version, by=by or self.one, at=NOW)

    def add(self, part: Part, word: str, by: Actor | None = None) -> str:
        return reports.add(self.session, self.visit.id, word, part, by=by or self.one, at=NOW)

    def file(self, by: Actor | None = None, at: datetime = NOW) -> reports.Receipt:
        return reports.file(self.session, self.visit.id, by=by or self.one, at=at)

    def save_all(self, arrival: dict[str, Any] | None = None, headcount: Headcount = EMPTY_SUITE) -> None:
        self.save(Arrival(**(arrival or COMPLETED)), Section.ARRIVAL)
        self.save(headcount, Section.COUNTS)
        self.save(SuiteNote(), Section.SUITE)
        self.save(FindingsNote(nothing_to_raise=True), Section.FINDINGS)
        self.save(Remarks(saw_serious=False), Section.REMARKS)


@pytest.fixture
def pair(make: Workshop) -> Pair:
    return Pair(make)
