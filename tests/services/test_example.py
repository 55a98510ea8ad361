"""The worked example: it shows everything that can wait, once, and writes to nobody of what it came with."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv import demo
from icv.rules.access import Actor, Role
from icv.rules.cover import CoverState
from icv.rules.days import london_day
from icv.rules.exhibits.made import exhibits
from icv.rules.figures.periods import latest_cycle
from icv.rules.findings import EventKind, FindingState
from icv.rules.paper import PaperKind
from icv.rules.quality import Verdict
from icv.rules.report import Group
from icv.rules.signing import Answer
from icv.rules.visits import TO_DETAINEES, VisitKind
from icv.services.cover import take
from icv.services.reminding import REMINDERS
from icv.store.accounts import Account, AccountRole
from icv.store.comparison import OtherFigures
from icv.store.cover import CoverAsk, CoverRequest
from icv.store.engine import open_engine, writing
from icv.store.figures.panel import panel_figures
from icv.store.findings import Finding, FindingEvent, FindingTheme
from icv.store.findings.repeats import repeats_among
from icv.store.letters import Letter, LetterState
from icv.store.papers import drafts, frozen_paper, frozen_papers, words_over
from icv.store.people import Person
from icv.store.quality import criteria
from icv.store.scheme import choices_on
from icv.store.signing import reports_to_sign_seen_by
from icv.store.submissions import copies_of, waiting_copies
from icv.store.today import people_on, waiting
from icv.store.visits import Countersign, Duty, Report, Visit, VisitCount


@pytest.fixture
def loaded(example: Path, tmp_path: Path) -> Iterator[Session]:
    file = tmp_path / "example.db"
    file.write_bytes(example.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as session:
        yield session
    engine.dispose()


def came_at(session: Session) -> datetime:
    return max(session.scalars(sa.select(Account.made_at)))


def test_nobody_is_told_of_what_the_example_came_with(loaded: Session) -> None:
    at = came_at(loaded)  # a minute later it may be the next day, with reminders of its own
    for reminder in REMINDERS:
        reminder(loaded, choices_on(loaded, london_day(at)), str, at)
    loaded.flush()
    assert set(loaded.scalars(sa.select(Letter.state))) == {LetterState.SENT}


def test_the_volunteer_whom_the_example_lets_in_has_everything_to_do(loaded: Session) -> None:
    """The first account of the role: `icv serve --demo` prints its link."""
    actor = _volunteer(loaded)
    today = london_day(came_at(loaded))
    assert reports_to_sign_seen_by(loaded, actor, today=today)
    due = (
        sa.select(Visit.id)
        .join(Duty)
        .where(Duty.person_id == actor.person_id, Visit.week_ends_on < today, Visit.outcome.is_(None))
    )
    assert loaded.scalars(due).all()
    _may_say_yes_to_either(loaded)


def _volunteer(session: Session) -> Actor:
    volunteer = session.execute(
        sa.select(Account.id, Person.id)
        .join(AccountRole)
        .join(Person, Person.account_id == Account.id)
        .where(AccountRole.role == Role.VOLUNTEER)
        .order_by(Account.id)
    ).first()
    assert volunteer
    return Actor(volunteer[0], volunteer[1], "", frozenset({Role.VOLUNTEER}))


def _may_say_yes_to_either(session: Session) -> None:
    """Of the two requests that wait for the volunteer."""
    at, actor = came_at(session), _volunteer(session)
    choices = choices_on(session, london_day(at))
    asks = session.scalars(
        sa.select(CoverAsk.request_id)
        .join(CoverRequest, CoverRequest.id == CoverAsk.request_id)
        .where(CoverAsk.person_id == actor.person_id, CoverRequest.state == CoverState.OPEN)
    ).all()
    assert len(asks) == 2
    for asked in asks:
        with session.begin_nested() as taking:
            assert take(session, asked, actor.person_id or 0, choices=choices, by=actor, at=at, page=str)
            taking.rollback()


def test_today_shows_each_kind_of_thing_that_waits(loaded: Session) -> None:
    _shows_each_kind_of_thing(loaded)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2027, 4, 1), id="terms of all who visited last week are about to end"),
        pytest.param(date(2027, 10, 21), id="most are on holiday in the only week that the volunteer has"),
    ],
)
def test_it_is_as_much_alive_on_a_day_when(committed: Session, day: date) -> None:
    demo.load(committed, at=datetime.combine(day, time(0, 5), UTC))
    _shows_each_kind_of_thing(committed)
    _may_say_yes_to_either(committed)


def _shows_each_kind_of_thing(session: Session) -> None:
    at = came_at(session)
    today, choices = london_day(at), choices_on(session, london_day(at))
    found = [one.what for one in waiting(session, choices, people_on(session, choices, today), at=at)]
    assert set(found) >= {
        "A partner did not come",
        "A visitor does not agree",
        "Call for availability",
        "Cover wanted",
        "Criteria not looked at for a year",
        "Draft paper to finish",
        "Draft rota to publish",
        "Not countersigned",
        "One visitor missing, declined",
        "Police reply overdue, taken higher",
        "Rota no longer kept",
        "Second copy of a report",
    }
    assert {"Report due", "Report overdue"} & set(found)
    assert found.count("Cover wanted") == 2, "one asks for cover, one for a swap"


def test_one_finding_came_back_twice_and_its_last_reply_was_sent_back(loaded: Session) -> None:
    numbers = loaded.scalars(sa.select(Finding.id)).all()
    (latest,) = [number for number, one in repeats_among(loaded, numbers).items() if len(one.earlier) == 2]
    finding = loaded.get_one(Finding, latest)
    assert finding.state is FindingState.REOPENED
    kinds = loaded.scalars(
        sa.select(FindingEvent.kind).where(FindingEvent.finding_id == latest).order_by(FindingEvent.id)
    ).all()
    assert kinds[-2:] == [EventKind.SENT_BACK, EventKind.NOTE]
    assert loaded.scalars(sa.select(FindingTheme.theme).where(FindingTheme.finding_id == latest)).all() == [
        "menstrual care"
    ]


def test_visitors_say_different_words_of_reports_and_one_copy_waits(loaded: Session) -> None:
    answers = set(loaded.scalars(sa.select(Countersign.answer)))
    assert answers == {Answer.AGREES, Answer.DISAGREES}
    (waits,) = waiting_copies(loaded)
    (copy,) = copies_of(loaded, waits.visit_id)
    assert copy.sent_by is None
    assert loaded.scalar(sa.select(Report.filed_at).where(Report.visit_id == waits.visit_id))


def test_a_record_review_and_a_dog_visit_are_reported_and_one_more_is_planned(loaded: Session) -> None:
    made = loaded.execute(
        sa.select(Visit.kind, Visit.outcome.is_not(None)).where(Visit.kind.not_in(TO_DETAINEES))
    ).all()
    assert sorted(tuple(one) for one in made) == [
        (VisitKind.DOG_WELFARE, True),
        (VisitKind.RECORD_REVIEW, False),
        (VisitKind.RECORD_REVIEW, True),
    ]


def test_a_child_is_counted_that_nobody_was_let_see(loaded: Session) -> None:
    counted = loaded.scalars(
        sa.select(VisitCount.number).where(
            VisitCount.counted == "not_offered", VisitCount.people == Group.OLDER_CHILD
        )
    ).all()
    assert counted == [1]


def test_the_panel_finds_the_paper_of_two_months_one_restated_and_no_draft(loaded: Session) -> None:
    sent = frozen_papers(loaded)
    assert [(one.period_first, one.dated_on) for one in sent][-1] == (date(2023, 12, 1), date(2024, 3, 12))
    restatement, restated = sent[:2]
    assert restated.restated_by == restatement.reference
    content = frozen_paper(loaded, restatement.id).content  # type: ignore[union-attr]
    assert "restated.words" in {block["key"] for block in content["blocks"]}
    (draft,) = drafts(loaded)
    assert draft.kind is PaperKind.ANNUAL
    assert len(words_over(loaded, draft.id)) == 2


def test_there_is_a_binder_another_scheme_and_a_count_of_diversity(loaded: Session) -> None:
    today = london_day(came_at(loaded))
    assert {one.verdict for one in criteria(loaded)} == set(Verdict)
    assert loaded.scalars(sa.select(OtherFigures.scheme)).all() == ["Northvale scheme (invented)"]
    found = panel_figures(loaded, latest_cycle(today), as_of=today)
    assert [table.key for table in exhibits(found)["diversity"].tables]
    assert choices_on(loaded, today).publishes_statistics
