"""What a panel reads, over made-up records: parts make wholes, and every period is counted as if alone."""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.exhibits import Exhibit, Share, Table
from icv.rules.exhibits.made import exhibits, spread_of
from icv.rules.figures import Figures, definitions
from icv.rules.figures.headline import Headline
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.spread import Spread
from icv.rules.scheme import Choices
from icv.rules.visits import Mode, Outcome, VisitKind
from icv.services.exchange import BOOKS, import_file
from icv.store.everything import METADATA
from icv.store.figures import completion, figures, panel_figures
from icv.store.scheme import Setting, choices_on, write_choice
from tests.statements import statements
from tests.store.by_hand import Record
from tests.store.drawn import DAYS, schemes
from tests.thorough import examples
from tests.workshop import NOW, Workshop

LATER = date(2026, 3, 4)
REPLAY = Path(__file__).parent.parent / "replay"
MINE = ("completion", "compared", "trend", "spread", "modes", "strands")
PERIODS = st.tuples(DAYS, DAYS).map(sorted).map(lambda days: Period(*days)) | st.sampled_from(
    [
        Period(date(2023, 11, 1), date(2023, 12, 31)),
        Period(date(2024, 1, 1), date(2024, 1, 31)),
        Period(date(2023, 4, 1), date(2024, 3, 31)),
        Period(date(2020, 4, 1), date(2024, 3, 31)),
        Period(date(2014, 4, 1), date(2024, 3, 31)),
    ]
)


@st.composite
def schemes_with_teams(draw: st.DrawFn) -> dict[str, list[Record]]:
    """Suites in teams, some never open, and a day from which refused entry counts as completed."""
    records = draw(schemes())
    for suite in records["suites"]:
        suite["team_id"] = draw(st.sampled_from([None, 1, 2]))
    for visit in records["visits"]:
        visit["kind"] = draw(st.sampled_from([VisitKind.CUSTODY] * 4 + [VisitKind.TERRORISM]))
    chosen = frozenset({Outcome.COMPLETED, Outcome.NO_ACCESS})
    records["settings"] = [
        {
            "name": "completed_outcomes",
            "value": write_choice(chosen),
            "effective_on": on,
            "set_at": NOW,
        }
        for on in draw(st.lists(DAYS, max_size=1))
    ]
    records["suite_periods"] = [
        {"suite_id": suite["id"], "opens_on": draw(DAYS), "kind": "main", "visits_a_week": 1.0}
        for suite in records["suites"]
        if draw(st.booleans())
    ]
    return records


@contextmanager
def recorded(session: Session, records: dict[str, list[Record]]) -> Iterator[None]:
    with session.begin_nested() as kept:
        for table, rows in records.items():
            if rows:
                session.execute(sa.insert(METADATA.tables[table]), rows)
        yield
        kept.rollback()


@examples(20)
@given(records=schemes_with_teams(), period=PERIODS, as_of=DAYS)
@example(records={}, period=Period(date.min, date.max), as_of=LATER)
def test_parts_make_wholes_and_every_period_counts_as_if_alone(
    session: Session, records: dict[str, list[Record]], period: Period, as_of: date
) -> None:
    with recorded(session, records):
        found = panel_figures(session, period, as_of=as_of)
        alone = {
            one.period: figures(
                session, one.period, as_of=as_of, choices=choices_on(session, one.period.last)
            )
            for one in (found.headline, found.before, found.year_before)
        }
        steps = {
            one.period: completion(
                session, one.period, as_of=as_of, choices=choices_on(session, one.period.last)
            )
            for one in (*found.steps, *found.years)
        }
    assert found.now == alone[period]
    for headline in (found.headline, found.before, found.year_before):
        assert_headline_is_of(headline, alone[headline.period])
    assert {one.period: (one.completed, one.scheduled) for one in (*found.steps, *found.years)} == steps
    assert_parts_make_wholes(found)
    for key in MINE:
        assert_adds_up(exhibits(found)[key])
    assert_adds_up(spread_of(found, {one.suite for one in found.now.suites}))


def assert_headline_is_of(headline: Headline, alone: Figures) -> None:
    """Nothing stands for nothing on record; all else is what the period's own figures say."""
    told = dataclasses.asdict(headline)
    share = headline.share
    assert (share.scheduled, share.completed) == (alone.visits.scheduled, alone.visits.completed)
    assert share.not_yet_due == alone.visits.not_yet_due
    assert sum(share.not_completed.values()) == share.scheduled - share.completed
    expected = {
        "undertaken": alone.visits.undertaken,
        "in_custody": alone.detainees.in_custody,
        "offered": alone.detainees.offered,
        "raised": alone.findings.raised,
        "serious": alone.findings.serious,
        "closing": alone.volunteers.closing,
    }
    for name, number in expected.items():
        assert told[name] in (number, None)
        assert told[name] is not None or not number or name in {"in_custody", "offered"}
    assert headline.strands.custody == alone.visits.by_mode


def assert_parts_make_wholes(found: PanelFigures) -> None:
    visits, suites = found.now.visits, found.now.suites
    assert sum(one.undertaken for one in suites) == visits.undertaken
    assert sum(one.undertaken for one in found.now.suites_in_use) == visits.undertaken
    assert sum(one.scheduled for one in found.now.suites_in_use) == visits.scheduled
    spread = Spread.over(found.choices.grid, suites)
    assert spread.timed + spread.untimed == visits.undertaken
    for mode in Mode:
        made = [number for (its, _), number in visits.by_mode_and_outcome.items() if its is mode]
        assert sum(made) == visits.by_mode[mode]
    outcomes = [number for (_, its), number in visits.by_mode_and_outcome.items() if its is Outcome.COMPLETED]
    assert sum(outcomes) == visits.undertaken
    if found.steps:
        assert sum(one.scheduled for one in found.steps) == visits.scheduled
        if {one.counts_as_completed for one in found.steps} == {found.choices.completed_outcomes}:
            assert sum(one.completed for one in found.steps) == visits.completed


def assert_adds_up(exhibit: Exhibit) -> None:
    keys = [table.key for table in exhibit.tables]
    assert len(set(keys)) == len(keys)
    assert all(drawing.table in keys for drawing in exhibit.drawings)
    for table in exhibit.tables:
        assert set(table.said) <= definitions(Choices()).keys()
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
        if table.total and table.rows:
            assert_total(table)


def assert_total(table: Table) -> None:
    """Whole numbers add up; of shares the parts do, and the wholes either do or are all the same."""
    assert table.total
    for place, whole in enumerate(table.total.cells):
        column = [row.cells[place] for row in table.rows]
        if isinstance(whole, int):
            assert sum(cell for cell in column if isinstance(cell, int)) == whole, table.key
        if isinstance(whole, Share):
            shares = [cell for cell in column if isinstance(cell, Share)]
            assert sum(one.part for one in shares) == whole.part, table.key
            assert {one.whole for one in shares} == {whole.whole} or (
                sum(one.whole for one in shares) == whole.whole
            ), table.key
            assert whole.percent != 100.0 or whole.part == whole.whole


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in REPLAY.glob("*/expected.json")))
def test_exhibits_say_what_the_published_figures_say(session: Session, folder: str) -> None:
    expected = json.loads((REPLAY / folder / "expected.json").read_text(encoding="utf-8"))
    for kind in BOOKS:
        if (REPLAY / folder / f"{kind}.csv").exists():
            import_file(session, kind, REPLAY / folder / f"{kind}.csv", by=None, at=NOW)
    first, last, as_of = (date.fromisoformat(expected[name]) for name in ("from", "to", "as_of"))
    found = panel_figures(session, Period(first, last), as_of=as_of)
    assert found.now.as_json() == expected["figures"]
    tables = {table.key: table for made in exhibits(found).values() for table in made.tables}
    totals = {key: table.total.cells for key, table in tables.items() if table.total}
    visits = expected["figures"]["visits"]
    assert totals["completion-by-suite"] == (Share(visits["completed"], visits["scheduled"]),)
    assert totals["trend-steps"] == totals["completion-by-suite"]
    assert totals["not-completed"] == (visits["scheduled"] - visits["completed"],)
    assert totals["spread-all"][-1] == visits["undertaken"]
    assert totals["modes"][-1] == Share(visits["attempted"], visits["attempted"])
    by_suite = {row.name: row.cells[0] for row in tables["spread-suites"].rows}
    for suite in expected["figures"]["suites"]:
        covered = Share(suite["timeslots_covered"], suite["timeslots_defined"])
        assert by_suite.get(suite["suite"], Share(0, 35)) == covered


def test_as_many_questions_are_asked_for_ten_years_as_for_a_month(session: Session, make: Workshop) -> None:
    for month in (1, 2, 3):
        make.visit(week=date(2026, month, 9), outcome=Outcome.COMPLETED, arrived_at=NOW)
    asked = []
    for first in (date(2026, 2, 1), date(2025, 12, 1), date(2025, 3, 1), date(2021, 3, 1), date(2016, 3, 1)):
        with statements(session) as seen:
            panel_figures(session, Period(first, date(2026, 2, 28)), as_of=LATER)
        asked.append(len(seen))
    assert max(asked) <= 32
    assert max(asked) - min(asked) <= 1


def test_before_the_first_record_there_is_nothing_to_compare_with(session: Session, make: Workshop) -> None:
    make.visit(
        week=date(2026, 1, 7), outcome=Outcome.COMPLETED, arrived_at=datetime(2026, 1, 7, 12, tzinfo=UTC)
    )
    found = panel_figures(session, Period(date(2026, 1, 1), date(2026, 2, 28)), as_of=LATER)
    assert (found.headline.undertaken, found.before.undertaken) == (1, None)
    assert (found.before.raised, found.before.closing) == (None, None)
    assert not found.before.share.is_on_record
    later = panel_figures(session, Period(date(2026, 2, 1), date(2026, 2, 28)), as_of=LATER)
    assert later.before.undertaken == 1
    assert later.year_before.undertaken is None


def test_visits_without_counts_are_not_nobody_in_custody(session: Session, make: Workshop) -> None:
    make.visit(week=date(2026, 1, 7), outcome=Outcome.COMPLETED)
    make.visit(week=date(2026, 2, 4), outcome=Outcome.COMPLETED, in_custody=0, offered=0, accepted=0)
    found = panel_figures(session, Period(date(2026, 2, 1), date(2026, 2, 28)), as_of=LATER)
    assert (found.headline.in_custody, found.before.in_custody) == (0, None)


def test_each_step_is_judged_by_what_counted_on_its_own_last_day(session: Session, make: Workshop) -> None:
    chosen = write_choice(frozenset({Outcome.COMPLETED, Outcome.NO_ACCESS}))
    session.add(Setting(name="completed_outcomes", value=chosen, effective_on=date(2026, 2, 1), set_at=NOW))
    for day in (date(2026, 1, 7), date(2026, 2, 4)):
        make.visit(week=day, outcome=Outcome.NO_ACCESS)
    found = panel_figures(session, Period(date(2026, 1, 1), date(2026, 2, 28)), as_of=LATER)
    assert [step.completed for step in found.steps] == [0, 1]
    assert found.now.visits.completed == 2
    told = exhibits(found)["trend"].tables[0]
    assert told.total is None
    assert "changed" in told.note


def test_what_is_hidden_now_is_hidden_of_periods_gone_by(session: Session, make: Workshop) -> None:
    """Else one count of visitors' diversity could be read with two numbers hidden differently."""
    for on, threshold in ((date(2020, 1, 1), "2"), (date(2026, 2, 10), "10")):
        setting = Setting(name="suppression_threshold", value=threshold, effective_on=on, set_at=NOW)
        make.keep(setting)
    found = panel_figures(session, Period(date(2026, 1, 1), date(2026, 1, 31)), as_of=LATER)
    assert found.choices.suppression_threshold == 10


def test_strands_are_counted_apart(session: Session, make: Workshop) -> None:
    period = Period(date(2026, 2, 1), date(2026, 2, 28))
    for kind in (VisitKind.CUSTODY, VisitKind.TERRORISM):
        make.visit(kind=kind, week=date(2026, 2, 4), outcome=Outcome.COMPLETED, mode=Mode.TELEPHONE)
    strands = panel_figures(session, period, as_of=LATER).headline.strands
    assert strands.custody == {Mode.IN_PERSON: 0, Mode.TELEPHONE: 1, Mode.VIDEO: 0}
    assert strands.others[VisitKind.TERRORISM] == 1
