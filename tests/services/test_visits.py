"""What the coordinator records of visits, and the register that tells whose report is waited for."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState, Outcome, ReportState, VisitKind, report_state
from icv.services import visits
from icv.store.visits import Span, Visit, register, register_counts
from tests.workshop import NOW, TODAY, Workshop

SPAN = Span(TODAY, report_due_days=3)


def test_the_register_and_the_rule_agree_on_every_day(make: Workshop, session: Session) -> None:
    suite = make.suite()
    for days in range(-3, 10):
        ended = TODAY - timedelta(days=days)
        visit = make.visit(suite)
        visit.week_starts_on, visit.week_ends_on = ended - timedelta(days=6), ended
        visit.outcome = Outcome.MISSED if days == 9 else None
    session.flush()
    counts = register_counts(session, SPAN)
    assert sum(counts.values()) == 13
    for state, number in counts.items():
        lines = register(session, state, SPAN, page=1, size=50)
        assert len(lines) == number > 0
        for line in lines:
            said = report_state(line.outcome, line.week_ends_on, today=TODAY, report_due_days=3)
            assert said is state, line


def test_the_register_names_whoever_holds_the_places(make: Workshop, session: Session) -> None:
    ann, bo, cy = make.person(name="Ann"), make.person(name="Bo"), make.person(name="Cy")
    visit = make.visit(make.suite(), ann)
    make.duty(visit, cy, place=2, state=DutyState.DECLINED)
    make.duty(visit, bo, place=2, state=DutyState.OFFERED)
    (line,) = register(session, ReportState.COMING, SPAN, page=1, size=50)
    assert line.visitors == ("Ann", "Bo")


def test_pages_of_the_register_miss_and_repeat_nothing(make: Workshop, session: Session) -> None:
    suite = make.suite()
    made = {make.visit(suite).id for _ in range(7)}
    pages = [register(session, ReportState.COMING, SPAN, page=page, size=3) for page in (1, 2, 3)]
    assert [len(lines) for lines in pages] == [3, 3, 1]
    assert {line.id for lines in pages for line in lines} == made


def test_an_extra_visit_is_for_a_day_that_has_come(make: Workshop, session: Session) -> None:
    coordinator, suite = make.actor(Role.COORDINATOR), make.suite("Euston Street")
    pair = [make.person().id, make.person().id]
    with pytest.raises(visits.VisitError, match="once it has been made"):
        visits.add_extra(
            session, suite.id, TODAY + timedelta(days=1), pair, choices=Choices(), by=coordinator, at=NOW
        )
    first = visits.add_extra(session, suite.id, TODAY, pair, choices=Choices(), by=coordinator, at=NOW)
    first.outcome = Outcome.COMPLETED
    second = visits.add_extra(session, suite.id, TODAY, pair, choices=Choices(), by=coordinator, at=NOW)
    assert (first.reference, second.reference) == ("2026-W10-EUS-X1", "2026-W10-EUS-X2")


def test_a_visit_to_a_terrorism_detainee_may_be_to_come_for_those_who_may_make_it(
    make: Workshop, session: Session
) -> None:
    coordinator, suite = make.actor(Role.COORDINATOR), make.suite("Euston Street")
    pair = [make.person(name="Ann Hart").id, make.person().id]
    asked: Any = (session, suite.id, TODAY + timedelta(days=1), pair, VisitKind.TERRORISM)
    with pytest.raises(visits.VisitError, match="Ann Hart cannot visit terrorism detainees on that day: "):
        visits.add_extra(*asked, choices=Choices(), by=coordinator, at=NOW)
    far = (session, suite.id, TODAY + timedelta(days=29), pair, VisitKind.TERRORISM)
    with pytest.raises(visits.VisitError, match="within 28 days"):
        visits.add_extra(*far, choices=Choices(), by=coordinator, at=NOW)
    made = visits.add_extra(
        session, suite.id, TODAY, pair, VisitKind.TERRORISM, choices=Choices(), by=coordinator, at=NOW
    )
    assert made.kind is VisitKind.TERRORISM


@pytest.mark.parametrize("outcome", [Outcome.COMPLETED, Outcome.CANCELLED, Outcome.NO_ACCESS])
def test_what_is_on_record_is_not_made_a_missed_visit(
    make: Workshop, session: Session, outcome: Outcome
) -> None:
    visit: Visit = make.visit(make.suite(), outcome=outcome, cancelled_on=TODAY, reason="Closed")
    with pytest.raises(visits.VisitError, match="on record"):
        visits.record_missed(session, visit.id, "Ill", by=make.actor(Role.COORDINATOR), at=NOW)
