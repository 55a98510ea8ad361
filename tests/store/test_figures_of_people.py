"""Figures of detainees, doors, findings, replies, visitors and rounds, held to a slow count by hand."""

from collections import Counter
from datetime import date
from itertools import pairwise

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.exhibits import Hidden, Share, Table
from icv.rules.exhibits.made import exhibits
from icv.rules.figures.answers import PLACES, Answers, Found, Place, Reply
from icv.rules.figures.detained import First
from icv.rules.figures.door import all_of
from icv.rules.figures.panel import PanelFigures
from icv.rules.figures.people import Recruitment, Visitors
from icv.rules.report import AGES, SEXES, Group
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import Outcome, VisitKind
from icv.store.everything import METADATA
from icv.store.figures import panel_figures
from icv.store.figures.answers import answers, found
from icv.store.figures.detained import detained, doors
from icv.store.figures.door import at_the_door
from icv.store.figures.people import recruitment, visitors
from icv.store.figures.rounds import rounds_begun
from icv.store.people import Round, StageStep
from icv.store.visits import Contact, Report
from tests.statements import statements
from tests.store.by_hand import Record
from tests.store.drawn import DAYS
from tests.store.people_by_hand import ByHand, records
from tests.thorough import examples
from tests.workshop import NOW, Workshop

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@examples(20)
@given(made=records(), days=st.tuples(DAYS, DAYS).map(sorted), as_of=DAYS)
def test_the_database_counts_people_and_replies_as_one_would_by_hand(
    session: Session, made: dict[str, list[Record]], days: list[date], as_of: date
) -> None:
    period = Period(*days)
    with session.begin_nested() as kept:
        for table, rows in made.items():
            if rows:
                session.execute(sa.insert(METADATA.tables[table]), rows)
        read = panel_figures(session, period, as_of=as_of)
        kept.rollback()
    counted = ByHand(made, period.first, period.last, as_of)
    assert_detained(read, counted)
    assert_doors(read, counted)
    assert_findings(read, counted)
    assert_visitors(read, counted)
    assert_shown(read)


def assert_detained(found: PanelFigures, counted: ByHand) -> None:
    assert found.detained.reasons == counted.reasons()
    for who in First:
        met = found.detained.first[who]
        assert (met.seen, met.not_seen) == counted.comes_first(who)
    assert found.detained.groups == {group: counted.group(group) for group in Group}
    for groups in (AGES, SEXES):
        assert sum(found.detained.groups[group] for group in groups) <= found.now.detainees.in_custody


def assert_doors(found: PanelFigures, counted: ByHand) -> None:
    by_hand = {suite["name"]: counted.waits(suite) for suite in counted.records["suites"]}
    assert {
        door.suite: [door.at_once, door.over_5, door.over_10, door.over_30, door.unknown]
        for door in found.doors
    } == {suite: waits for suite, waits in by_hand.items() if any(waits)}
    whole, visits = all_of(found.doors), found.now.visits
    assert (whole.attempted, whole.no_access) == (visits.attempted, visits.no_access)
    assert whole.long == found.now.entry.visits_with_wait_over_10_minutes


def assert_findings(found: PanelFigures, counted: ByHand) -> None:
    now, places = found.now.findings, Counter[Place]()
    for category, line in found.found.categories.items():
        assert sum(line.values()) == now.by_category[category]
        places.update(line)
    assert sum(found.found.suites.values()) == sum(places.values()) == now.raised
    assert (places[Place.PUT_RIGHT], places[Place.WITH_POLICE]) == (now.resolved_at_visit, now.awaiting_reply)
    assert sum(sum(line.values()) for line in found.found.open_ages.values()) == counted.open()
    became, days, escalated = counted.replies()
    answers = found.answers
    for is_serious, part in ((True, answers.serious), (False, answers.others)):
        assert {reply: part.number(reply) for reply in Reply} == {r: became[is_serious, r] for r in Reply}
    assert answers.whole.due == answers.serious.due + answers.others.due
    middle = days[(len(days) - 1) // 2 : len(days) // 2 + 1]
    assert answers.whole.median_days == (sum(middle) / len(middle) if middle else None)
    assert answers.whole.escalated == escalated


def assert_visitors(found: PanelFigures, counted: ByHand) -> None:
    now = found.now.volunteers
    assert sum(found.visitors.reasons.values()) == now.left
    assert set(found.visitors.reasons) <= {"", "moved away", "Moved away", "Work"}
    assert found.visitors.visits == dict(counted.year())
    assert sum(found.visitors.visits.values()) == now.closing
    latest = found.recruitment.latest
    assert (latest.funnel.received if latest else 0) == now.applications
    for one in filter(None, (latest, found.recruitment.before)):
        for line, after in pairwise(one.funnel.lines):
            assert line.reached == line.now + line.lost + after.reached


def assert_shown(found: PanelFigures) -> None:
    """Every column of a table with a total adds up to it, as far as it is shown."""
    for exhibit in exhibits(found).values():
        keys = {table.key for table in exhibit.tables}
        assert all(drawing.table in keys for drawing in exhibit.drawings)
        for table in exhibit.tables:
            assert all(len(row.cells) == len(table.columns) for row in table.rows)
            if exhibit.key in MINE and table.total:
                assert_adds_up(table)


MINE = ("detained", "entry", "findings", "replies", "visitors", "recruitment")
NOT_SUMMED = ("Median days to reply",)


def assert_adds_up(table: Table) -> None:
    assert table.total
    for place, column in enumerate(table.columns):
        cells = [row.cells[place] for row in table.rows]
        total = table.total.cells[place]
        if column.heading in NOT_SUMMED or Hidden.FEW in (*cells, total):
            continue
        parts = sum(cell.part if isinstance(cell, Share) else cell or 0 for cell in cells)  # type: ignore[misc]
        assert parts == (total.part if isinstance(total, Share) else total), (table.key, column.heading)


def test_every_state_of_a_finding_has_its_place() -> None:
    assert set(PLACES.values()) == set(Place)


def test_more_records_and_longer_periods_ask_no_more_of_the_database(
    session: Session, make: Workshop
) -> None:
    with statements(session) as before:
        ask(session, Period(date(2026, 3, 1), date(2026, 3, 31)))
    for name in ("Spring", "Summer", "Autumn"):
        recruits = make.keep(Round(name=name))
        make.person(round_id=recruits.id)
    for _ in range(4):
        visit = make.visit(None, make.person(), outcome=Outcome.COMPLETED, arrived_at=NOW)
        make.finding(visit, due_on=NOW.date())
    with statements(session) as after:
        ask(session, Period(date(2017, 1, 1), date(2026, 12, 31)))
    assert len(before) == len(after) == 13


def ask(session: Session, period: Period) -> None:
    (
        detained(session, period),
        doors(at_the_door(session, period, Choices().grid).waits),
        visitors(session, period),
    )
    found(session, period, places={}, as_of=NOW.date()), answers(session, period, as_of=NOW.date())
    recruitment(session, period.last, rounds_begun(session, period.last))


def test_terrorism_visits_and_other_strands_are_in_none_of_these(session: Session, make: Workshop) -> None:
    for kind in (VisitKind.TERRORISM, VisitKind.DOG_WELFARE):
        is_visit = kind is VisitKind.TERRORISM
        visit = make.visit(
            None,
            make.person(),
            kind=kind,
            is_scheduled=is_visit,
            outcome=Outcome.COMPLETED,
            arrived_at=NOW if is_visit else None,
        )
        make.finding(visit, raised_on=MARCH.first, due_on=MARCH.first, closed_on=MARCH.first)
        report = make.keep(Report(visit_id=visit.id, begun_at=NOW, filed_at=NOW))
        make.keep(
            Contact(report_id=report.id, custody_number="1", was_seen=False, why_not_seen="asleep", checks={})
        )
    of_march = panel_figures(session, MARCH, as_of=MARCH.last)
    assert (of_march.doors, of_march.found, of_march.answers.whole.due) == ((), Found(), 0)
    assert (of_march.detained.reasons, of_march.answers.closed) == ({}, 0)
    assert of_march.visitors.visits == {0: 2}


def test_a_step_taken_back_and_one_after_the_period_move_nobody_on(session: Session, make: Workshop) -> None:
    spring = make.keep(Round(name="Spring"))
    person = make.person(Stage.APPLIED, applied_on=date(2026, 3, 2), round_id=spring.id)
    wrong = make.keep(StageStep(person_id=person.id, stage=Stage.REJECTED, on=date(2026, 3, 3), made_at=NOW))
    make.keep(
        StageStep(
            person_id=person.id, stage=Stage.APPLIED, on=date(2026, 3, 3), made_at=NOW, corrects_id=wrong.id
        )
    )
    make.keep(StageStep(person_id=person.id, stage=Stage.SHORTLISTED, on=date(2026, 4, 1), made_at=NOW))
    make.person(Stage.APPLIED, applied_on=date(2026, 4, 2), round_id=spring.id)
    latest = recruitment(session, MARCH.last, rounds_begun(session, MARCH.last)).latest
    assert latest
    received = latest.funnel.lines[0]
    assert (latest.name, received.reached, received.now, received.lost) == ("Spring", 1, 1, 0)


def test_before_anything_is_on_record_there_is_nothing_to_say(session: Session) -> None:
    nothing = panel_figures(session, Period(date(1990, 1, 1), date(1990, 2, 28)), as_of=NOW.date())
    assert (nothing.doors, nothing.found, nothing.visitors) == ((), Found(), Visitors())
    assert (nothing.recruitment, nothing.answers) == (Recruitment(), Answers())
    assert_shown(nothing)
