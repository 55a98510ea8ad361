"""What was raised again in a period: as the rule tells it pair by pair, without reading every pair."""

import sys
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.repeats import Raised, repeat_of
from icv.rules.visits import TO_DETAINEES, VisitKind
from icv.store.findings import Finding, FindingTheme, RaisedAgain, raised_again, repeats_among
from icv.store.suites import Suite
from icv.store.visits import Visit
from tests.workshop import Workshop

QUARTER = Period(date(2024, 1, 1), date(2024, 3, 31))
KINDS = (VisitKind.CUSTODY, VisitKind.CUSTODY, VisitKind.TERRORISM, VisitKind.RECORD_REVIEW)
CATEGORIES = ("conditions", "staffing", "food", "rights")


def years_of_findings(session: Session, make: Workshop, number: int, dice: Random) -> None:
    """Over nineteen months about the quarter, a leap day in them, of few visits at two suites."""
    suites = [make.suite("b"), make.suite("A")]
    visits = [
        make.visit(dice.choice(suites), kind=kind, is_scheduled=kind in TO_DETAINEES)
        for kind in dice.choices(KINDS, k=number // 4)
    ]
    for _ in range(number):
        on = date(2022, 11, 1) + timedelta(days=dice.randrange(560))
        finding = make.finding(dice.choice(visits), raised_on=on, category=dice.choice(CATEGORIES))
        for theme in dice.sample(("children", "strip search"), dice.choice((0, 0, 1, 2))):
            session.add(FindingTheme(finding_id=finding.id, theme=theme))
    session.flush()


def pair_by_pair(session: Session) -> list[RaisedAgain]:
    """Every finding against every other."""
    themes: dict[int, set[str]] = {}
    for one in session.scalars(sa.select(FindingTheme)):
        themes.setdefault(one.finding_id, set()).add(one.theme)
    rows = session.execute(
        sa.select(Finding, Visit, Suite.name)
        .join(Visit, Visit.id == Finding.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .order_by(Suite.name, Finding.id)
    ).all()
    raised = [
        (
            Raised(
                finding.id,
                visit.id,
                visit.suite_id,
                visit.kind,
                finding.category,
                finding.raised_on,
                frozenset(themes.get(finding.id, ())),
            ),
            suite,
        )
        for finding, visit, suite in rows
    ]
    others = [one for one, _ in raised]
    asked = [(one, suite) for one, suite in raised if one.kind is VisitKind.CUSTODY]
    return [
        RaisedAgain(one.finding_id, suite, one.category, repeat.words)
        for one, suite in asked
        if one.raised_on in QUARTER and (repeat := repeat_of(one, others))
    ]


@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_the_rule_tells_pair_by_pair(session: Session, make: Workshop, seed: int) -> None:
    # Few findings leave some that repeat nothing; many make long rows of repeats.
    years_of_findings(session, make, (24, 40, 80, 160)[seed], Random(seed))
    wanted = pair_by_pair(session)
    total, listed = raised_again(session, QUARTER, 200)
    assert list(listed) == wanted
    assert total == len(wanted) > 0
    among = repeats_among(session, [one.finding_id for one in wanted])
    assert [among[one.finding_id].words for one in listed] == [one.words for one in listed]
    assert raised_again(session, QUARTER, 2) == (total, tuple(wanted[:2]))


def test_a_year_ago_to_the_day_is_too_long_ago(session: Session, make: Workshop) -> None:
    suite = make.suite()
    make.finding(make.visit(suite), raised_on=date(2023, 1, 1))
    make.finding(make.visit(suite), raised_on=date(2024, 1, 1))
    assert raised_again(session, QUARTER, 9) == (0, ())
    make.finding(make.visit(suite), raised_on=date(2023, 1, 2))
    assert raised_again(session, QUARTER, 9)[0] == 1


def test_every_finding_is_read_once_however_many_it_repeats(session: Session, make: Workshop) -> None:
    asked: list[Any] = []
    years_of_findings(session, make, 160, Random(1))
    sa.event.listen(session, "do_orm_execute", lambda state: asked.append(state.statement))
    total, _ = raised_again(session, QUARTER, 200)
    statements = list(asked)
    assert total > 10
    assert len(statements) == 3
    read = sum(
        session.scalar(sa.select(sa.func.count()).select_from(one.subquery())) or 0 for one in statements
    )
    kept = sum(
        session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in (Finding, FindingTheme, Suite)
    )
    assert total < read <= kept


def test_the_work_grows_with_the_findings_though_all_are_of_three_visits(
    session: Session, make: Workshop
) -> None:
    suite = make.suite()
    visits = [make.visit(suite, week=date(2024, 1, 1) + timedelta(weeks=n)) for n in range(3)]

    def work_of(number: int) -> int:
        for count in range(number):
            on = date(2024, 1, 2) + timedelta(days=count % 80)
            make.finding(visits[count % 3], raised_on=on, category="welfare")
        calls = 0

        def count_call(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count_call)
        try:
            total, listed = raised_again(session, QUARTER, 400)
        finally:
            sys.setprofile(None)
        assert total == len(listed)
        return calls

    work_of(20)
    few, many = work_of(180), work_of(200)
    assert many < 2.5 * few, f"{few} steps for 200 findings, {many} for 400"
