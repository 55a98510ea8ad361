"""The data that benchmarks are made of is legal: what is measured could be a scheme's own."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from benchmarks.making import make
from benchmarks.scheme_sizes import SIZES, Size
from icv.rules.clearance import Cleared, clearance
from icv.rules.digests import digest_of
from icv.rules.scheme import Choices
from icv.rules.stages import NEXT, PIPELINE, Stage
from icv.rules.visits import HELD, Counts
from icv.services import trail
from icv.store.accounts import AccountRole
from icv.store.findings import Finding, FindingEvent
from icv.store.people import StageStep, standings, stands
from icv.store.visits import Contact, Duty, Report, Visit

MONDAY = date(2026, 3, 2)
TINY = Size("tiny", "two teams", 24, 2, 3, 1, 90, 8, 4, 900, 180)


@pytest.fixture
def made(session: Session) -> Session:
    make(session, TINY, MONDAY)
    session.expire_all()
    return session


def pairs(session: Session) -> dict[tuple[int, date], list[int]]:
    """Who holds each visit's duties, by visit and the Monday of its week."""
    found: defaultdict[tuple[int, date], list[int]] = defaultdict(list)
    for visit, week, person in session.execute(
        sa.select(Visit.id, Visit.week_starts_on, Duty.person_id)
        .join(Duty, Duty.visit_id == Visit.id)
        .where(Duty.state.in_(HELD))
    ):
        found[visit, week].append(person)
    return found


def test_whoever_goes_is_cleared_all_week_and_no_two_on_probation_go_together(made: Session) -> None:
    people = standings(made)
    for (_, monday), pair in pairs(made).items():
        for day in (monday, monday + timedelta(days=6)):
            found = [clearance(people[person], day, Choices()) for person in pair]
            assert all(one.may_visit for one in found), (monday, [one.sentence for one in found])
            assert [one.cleared for one in found].count(Cleared.PROBATION) <= 1


def test_nobody_goes_to_two_planned_visits_in_a_week(made: Session) -> None:
    planned = set(made.scalars(sa.select(Visit.id).where(Visit.is_scheduled)))
    times = Counter(
        (person, monday)
        for (visit, monday), pair in pairs(made).items()
        if visit in planned
        for person in pair
    )
    assert set(times.values()) == {1}


def test_every_suite_due_has_its_visit_and_those_of_weeks_to_come_are_published(made: Session) -> None:
    planned = made.scalar(sa.select(sa.func.count()).select_from(Visit).where(Visit.is_scheduled))
    to_come = made.scalars(sa.select(Visit.outcome).where(Visit.week_starts_on >= MONDAY)).all()
    assert planned == pytest.approx((TINY.weeks_past + TINY.weeks_ahead) * TINY.visits_a_week, abs=1)
    assert len(to_come) == TINY.weeks_ahead * TINY.visits_a_week
    assert set(to_come) == {None}


def test_reports_are_what_their_digests_say_and_their_counts_add_up(made: Session) -> None:
    filed = made.scalars(sa.select(Report).where(Report.filed_at.is_not(None))).all()
    assert filed
    for report in filed:
        assert report.content
        assert digest_of(report.content) == report.digest
        if "counts" in report.content:
            counts = {name: report.content["counts"][name] for name in Counts.__dataclass_fields__}
            visit = made.get_one(Visit, report.visit_id)
            assert Counts(**counts).faults() == []
            assert counts == {name: getattr(visit, name) for name in counts}


def test_stages_follow_the_path(made: Session) -> None:
    steps: defaultdict[int, list[Stage]] = defaultdict(list)
    for person, stage in made.execute(
        sa.select(StageStep.person_id, StageStep.stage)
        .where(stands(StageStep))
        .order_by(StageStep.on, StageStep.id)
    ):
        steps[person].append(stage)
    assert all(second in NEXT[first] for stages in steps.values() for first, second in pairwise(stages))
    assert {stages[-1] for stages in steps.values()} >= {Stage.ACTIVE, Stage.LEFT}
    assert {stages[0] for stages in steps.values()} == {PIPELINE[0]}


def test_findings_have_the_days_their_states_need_and_nothing_is_to_come(made: Session) -> None:
    findings = made.scalars(sa.select(Finding)).all()
    last_event = made.scalar(sa.select(sa.func.max(FindingEvent.on)))
    assert findings
    assert last_event is not None
    assert last_event < MONDAY
    for finding in findings:
        assert (finding.state in {"replied", "closed", "reopened"}) == (finding.replied_on is not None)
        assert (finding.state == "closed") == (finding.closed_on is not None)


def test_numbers_made_by_chance_keep_to_the_size(made: Session) -> None:
    for record, wanted in ((Contact, TINY.contacts), (Finding, TINY.findings)):
        number = made.scalar(sa.select(sa.func.count()).select_from(record))
        assert number == pytest.approx(wanted, rel=0.15)


def test_every_role_has_an_account_and_the_trail_is_sealed(made: Session) -> None:
    assert len(set(made.scalars(sa.select(AccountRole.role)))) == 4
    verdict = trail.verify(made)
    assert verdict.first_break is None
    assert verdict.sealed_to > 0


def test_the_same_size_and_week_give_the_same_visits(session: Session) -> None:
    kept = []
    for _ in range(2):
        with session.begin_nested() as savepoint:
            make(session, TINY, MONDAY)
            kept.append(session.execute(sa.select(Visit.__table__).order_by(Visit.id)).all())
            savepoint.rollback()
    assert kept[0] == kept[1]


def test_sizes_are_those_the_design_is_held_to() -> None:
    small, london, national = SIZES.values()
    assert small.weeks_ahead * small.visits_a_week == 312
    assert [(size.visitors, size.suites) for size in (london, national)] == [(350, 36), (2000, 200)]
    for size, visits in ((london, 20_000), (national, 75_000)):
        assert size.past_visits + size.weeks_ahead * size.visits_a_week == visits
