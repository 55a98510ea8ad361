"""Visits that were not made as planned, each by its short way, and how the figures count them."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.figures import Figures
from icv.rules.report import (
    AbsentNote,
    Arrival,
    Delay,
    FindingsNote,
    Headcount,
    Part,
    Rank,
    Remarks,
    Section,
)
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome
from icv.services import reports
from icv.services.visits import record_missed
from icv.store.figures import figures
from tests.services.reports.conftest import ARRIVED, Pair
from tests.workshop import NOW, TODAY, Workshop

WEEK_LATER = TODAY + timedelta(days=7)
ABANDONED: dict[str, Any] = {
    "outcome": Outcome.ABANDONED,
    "reason": "A disturbance",
    "arrived_at": ARRIVED,
    "admitted_at": ARRIVED + timedelta(minutes=2),
    "left_at": ARRIVED + timedelta(minutes=9),
}


def counted(session: Session) -> Figures:
    return figures(session, Period(TODAY - timedelta(7), WEEK_LATER), as_of=WEEK_LATER, choices=Choices())


def say(pair: Pair, arrival: dict[str, Any]) -> None:
    """What the short way asks and no more: whatever is missing is filled by nobody."""
    pair.save(Arrival(**arrival), Section.ARRIVAL)
    more: dict[Section, Part] = {
        Section.FINDINGS: FindingsNote(nothing_to_raise=True),
        Section.REMARKS: Remarks(saw_serious=False),
        Section.COUNTS: Headcount(in_custody=0),
    }
    for _ in range(len(more) + 1):
        try:
            pair.file()
        except reports.Incomplete as incomplete:
            section = incomplete.missing[0][0]
            assert section in more, f"A visit not made is asked {section.words}"
            pair.save(more.pop(section), section)
        else:
            return


@pytest.mark.parametrize(
    ("arrival", "name"),
    [
        (ABANDONED, "abandoned"),
        (
            {
                "outcome": Outcome.NO_ACCESS,
                "reason": "Nobody at the gate",
                "arrived_at": ARRIVED,
                "left_at": ARRIVED + timedelta(minutes=20),
                "delay": Delay.SAFETY,
                "rank": Rank.INSPECTOR,
            },
            "no_access",
        ),
        (
            {"outcome": Outcome.SUITE_CLOSED, "reason": "Closed for repair", "arrived_at": ARRIVED},
            "suite_closed",
        ),
    ],
)
def test_who_turned_up_is_counted_as_attempted_and_not_as_completed(
    make: Workshop, session: Session, arrival: dict[str, Any], name: str
) -> None:
    say(Pair(make), arrival)
    visits = counted(session).visits
    assert (visits.scheduled, visits.completed, visits.attempted, visits.undertaken) == (1, 0, 1, 0)
    assert (visits.missed, visits.overdue_report) == (0, 0)
    assert getattr(visits, name) == 1


def test_a_partner_who_did_not_come_makes_the_visit_missed_once_the_office_says_so(
    make: Workshop, session: Session
) -> None:
    pair = Pair(make)
    told = AbsentNote(words="I waited for an hour")
    reports.tell_of_absence(session, pair.visit.id, told, version=0, by=pair.one, at=NOW)
    visits = counted(session).visits
    assert (visits.missed, visits.attempted) == (0, 0), "only the coordinator marks a visit missed"
    office = make.actor(Role.COORDINATOR)
    record_missed(session, pair.visit.id, reports.DID_NOT_COME, by=office, at=NOW)
    visits = counted(session).visits
    assert (visits.scheduled, visits.completed, visits.missed, visits.attempted) == (1, 0, 1, 0)
    assert pair.visit.reason == reports.DID_NOT_COME


def test_a_report_from_paper_counts_like_any_other(make: Workshop, session: Session) -> None:
    pair, office = Pair(make), make.actor(Role.COORDINATOR)
    arrival = Arrival(
        outcome=Outcome.COMPLETED,
        arrived_at=ARRIVED,
        admitted_at=ARRIVED,
        left_at=ARRIVED + timedelta(hours=1),
    )
    for name, part in (
        (Section.ARRIVAL, arrival),
        (Section.COUNTS, Headcount(in_custody=2, declined=2, offered=2)),
    ):
        reports.save(session, pair.visit.id, name, part, version=0, by=office, at=NOW, from_paper=True)
    reports.file_from_paper(session, pair.visit.id, by=office, at=NOW)
    found = counted(session)
    assert (found.visits.scheduled, found.visits.completed, found.visits.undertaken) == (1, 1, 1)
    assert found.detainees.declined == 2
