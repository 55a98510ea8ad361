"""The quality binder as it is kept, and made into one document."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.paper import Heading, Paragraph, Tabled
from icv.rules.quality import Evidence, Level, NewCriterion, Shown, Verdict
from icv.rules.scheme import Choices
from icv.services import quality as desk
from icv.services.quality import QualityError
from icv.store.quality import binder, criteria
from icv.store.trail import TrailEntry
from tests.workshop import NOW, TODAY, Workshop

YEAR = Period(date(2025, 3, 1), date(2026, 2, 28))
DAY = date(2025, 11, 12)


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def new(words: str = "Visits are made.", level: Level = Level.SILVER, **more: object) -> NewCriterion:
    return NewCriterion(level, str(more.pop("code", "")), words, **more)  # type: ignore[arg-type]


def added(session: Session, by: Actor, *criteria_: NewCriterion) -> list[int]:
    desk.add_criteria(session, criteria_ or [new()], by=by, at=NOW)
    return [one.id for one in criteria(session)]


def words_of(session: Session) -> list[str]:
    session.flush()
    return [one.words for one in criteria(session)]


# -- the list


def test_criteria_stand_by_level_in_their_own_order(session: Session, by: Actor) -> None:
    added(session, by, new("Gold", Level.GOLD), new("A"), new("Code", Level.CODE_COMPLIANT), new("B"))
    assert words_of(session) == ["Code", "A", "B", "Gold"]


def test_what_is_listed_already_is_not_added_again(session: Session, by: Actor) -> None:
    added(session, by, new("A"), new("A"))
    assert desk.add_criteria(session, [new("A"), new("A", code="1"), new("B")], by=by, at=NOW) == 2
    assert words_of(session) == ["A", "A", "B"]


def test_a_binder_does_not_grow_for_ever(session: Session, by: Actor) -> None:
    with pytest.raises(QualityError, match="at most 200"):
        added(session, by, *(new(f"Criterion {number}") for number in range(201)))
    with pytest.raises(QualityError, match="at least one"):
        desk.add_criteria(session, [], by=by, at=NOW)


def test_criteria_move_within_their_level(session: Session, by: Actor) -> None:
    numbers = added(session, by, new("A"), new("B"), new("C"), new("Gold", Level.GOLD))
    assert desk.move_criterion(session, numbers[2], is_up=True, by=by, at=NOW)
    assert words_of(session) == ["A", "C", "B", "Gold"]
    assert desk.move_criterion(session, numbers[0], is_up=False, by=by, at=NOW)
    assert words_of(session) == ["C", "A", "B", "Gold"]
    assert not desk.move_criterion(session, numbers[2], is_up=True, by=by, at=NOW)
    assert not desk.move_criterion(session, numbers[3], is_up=True, by=by, at=NOW)
    assert {one.version for one in criteria(session)} == {1}


def test_a_changed_level_puts_it_last_there(session: Session, by: Actor) -> None:
    numbers = added(session, by, new("A"), new("Gold", Level.GOLD))
    desk.change_criterion(session, numbers[0], new("A", Level.GOLD, code="9"), version=1, by=by, at=NOW)
    assert [(one.level, one.title, one.version) for one in criteria(session)] == [
        (Level.GOLD, "Gold", 1),
        (Level.GOLD, "9 A", 2),
    ]


def test_with_evidence_it_is_judged_by_it_until_somebody_gives_their_word(
    session: Session, by: Actor
) -> None:
    (number,) = added(session, by)
    with_evidence = new(evidence=Evidence.TRAINING, at_least=90)
    desk.change_criterion(session, number, with_evidence, version=1, by=by, at=NOW)
    assert criteria(session)[0].verdict is Verdict.BY_EVIDENCE
    desk.change_criterion(session, number, new(), version=2, by=by, at=NOW)
    assert criteria(session)[0].verdict is Verdict.OPEN
    desk.judge(session, number, Verdict.MET, "Seen", None, version=3, by=by, at=NOW)
    desk.change_criterion(session, number, with_evidence, version=4, by=by, at=NOW)
    assert criteria(session)[0].verdict is Verdict.MET


@pytest.mark.parametrize(
    ("criterion", "field"),
    [
        (new(""), "words"),
        (new("w" * 601), "words"),
        (new(code="c" * 21), "code"),
        (new(at_least=5), "at_least"),
        (new(evidence=Evidence.TRAINING), "at_least"),
        (new(evidence=Evidence.TRAINING, at_least=101), "at_least"),
        (new(evidence=Evidence.PAPERS_PUBLISHED, at_least=0), "at_least"),
    ],
)
def test_what_no_criterion_can_be_is_refused(
    session: Session, by: Actor, criterion: NewCriterion, field: str
) -> None:
    with pytest.raises(QualityError) as refusal:
        added(session, by, criterion)
    assert refusal.value.field == field


# -- the word on one


def test_a_word_against_the_evidence_needs_a_note(session: Session, by: Actor) -> None:
    (number,) = added(session, by, new(evidence=Evidence.TRAINING, at_least=90))
    enough, too_little = (Shown(Evidence.TRAINING, "", answer, ()) for answer in (True, False))
    with pytest.raises(QualityError, match="By the evidence it is not enough"):
        desk.judge(session, number, Verdict.MET, "", too_little, version=1, by=by, at=NOW)
    with pytest.raises(QualityError, match="By the evidence it is enough"):
        desk.judge(session, number, Verdict.NOT_MET, "", enough, version=1, by=by, at=NOW)
    desk.judge(session, number, Verdict.MET, "", enough, version=1, by=by, at=NOW)
    desk.judge(session, number, Verdict.MET, "Two were ill.", too_little, version=2, by=by, at=NOW)
    line = criteria(session)[0]
    assert (line.verdict, line.note, line.changed_at, line.version) == (
        Verdict.MET,
        "Two were ill.",
        NOW,
        3,
    )


def test_without_evidence_nothing_but_a_note_shows_it(session: Session, by: Actor) -> None:
    (number,) = added(session, by)
    with pytest.raises(QualityError, match="Write what shows that it is met"):
        desk.judge(session, number, Verdict.MET, "", None, version=1, by=by, at=NOW)
    with pytest.raises(QualityError, match="say yourself"):
        desk.judge(session, number, Verdict.BY_EVIDENCE, "", None, version=1, by=by, at=NOW)
    with pytest.raises(QualityError, match="4,000 characters"):
        desk.judge(session, number, Verdict.NOT_MET, "w" * 4001, None, version=1, by=by, at=NOW)
    desk.judge(session, number, Verdict.NOT_MET, "", None, version=1, by=by, at=NOW)


def test_what_another_wrote_meanwhile_is_never_written_over(
    session: Session, make: Workshop, by: Actor
) -> None:
    (number,) = added(session, by)
    another = make.actor(Role.COORDINATOR)
    desk.judge(session, number, Verdict.NOT_MET, "Theirs", None, version=1, by=another, at=NOW)
    with pytest.raises(
        QualityError, match=f"{another.name} changed this criterion on .+ at 12:00, after you"
    ):
        desk.judge(session, number, Verdict.NOT_MET, "Mine", None, version=1, by=by, at=NOW)
    with pytest.raises(QualityError, match="You changed this criterion yourself"):
        desk.judge(session, number, Verdict.NOT_MET, "Mine", None, version=1, by=another, at=NOW)
    with pytest.raises(QualityError, match="changed this criterion"):
        desk.change_criterion(session, number, new("Other"), version=1, by=by, at=NOW)
    with pytest.raises(QualityError, match="changed this criterion"):
        desk.remove_criterion(session, number, version=1, by=by, at=NOW)
    assert criteria(session)[0].note == "Theirs"
    desk.remove_criterion(session, number, version=2, by=by, at=NOW)
    with pytest.raises(QualityError, match="not in the binder any more"):
        desk.move_criterion(session, number, is_up=True, by=by, at=NOW)


def test_the_trail_holds_no_words(session: Session, by: Actor) -> None:
    (number,) = added(session, by)
    desk.judge(session, number, Verdict.MET, "Seen", None, version=1, by=by, at=NOW)
    noted = sa.select(TrailEntry.act, TrailEntry.subject_id, TrailEntry.details).order_by(TrailEntry.id)
    entries = session.execute(noted).all()
    assert [tuple(entry) for entry in entries] == [
        ("add", number, {}),
        ("judge", number, {"verdict": "met"}),
    ]


def test_only_a_judgement_is_a_looking_at_it(session: Session, make: Workshop, by: Actor) -> None:
    number, later = added(session, by), NOW + timedelta(days=9)
    other = make.actor(Role.COORDINATOR)
    assert criteria(session)[0].judged_on is None
    desk.judge(session, number[0], Verdict.OPEN, "To be asked.", None, version=1, by=by, at=NOW)
    assert (criteria(session)[0].judged_on, criteria(session)[0].noted_on) == (None, TODAY)
    desk.judge(session, number[0], Verdict.MET, "Seen", None, version=2, by=by, at=NOW)
    desk.change_criterion(session, number[0], new("Other words"), version=3, by=other, at=later)
    line = criteria(session)[0]
    assert (line.judged_on, line.judged_by, line.noted_on) == (TODAY, by.name, TODAY)
    assert (line.changed_at, line.changed_by) == (later, other.name)


# -- the document


def test_criteria_that_share_a_code_are_told_apart_where_their_notes_stand(
    session: Session, by: Actor
) -> None:
    long = (
        "Visitors are asked every year how the scheme could be better, what they need for it, and are told."
    )
    for number in added(session, by, new("Suites are told.", code="1.1"), new(long, code="1.1")):
        desk.judge(session, number, Verdict.MET, "Seen.", None, version=1, by=by, at=NOW)
    added(session, by, new("word" * 100, code="1.1"))
    desk.judge(session, criteria(session)[2].id, Verdict.NOT_MET, "No.", None, version=1, by=by, at=NOW)
    added(session, by, new("Nobody has judged this."))
    session.flush()
    made = desk.binder_paper(binder(session, YEAR, as_of=TODAY), Choices(), as_of=TODAY, author="")
    told = [block.text for block in made.blocks if isinstance(block, Paragraph)][2:]
    assert [text.split(": ")[0] for text in told] == [
        "1.1 Suites are told",
        "1.1 Visitors are asked every year how the scheme could be better, what they need for it…",
        f"1.1 {'word' * 100}"[:90] + "…",
    ]
    table = [block.table for block in made.blocks if isinstance(block, Tabled)][-1]
    assert [row.cells[2] for row in table.rows] == ["4 Mar 2026"] * 3 + ["not yet"]


def test_the_document_says_all_of_it(session: Session, make: Workshop, by: Actor) -> None:
    make.person()
    number, _ = added(
        session, by, new("Visitors are trained.", evidence=Evidence.TRAINING, at_least=90), new("B")
    )
    desk.judge(
        session,
        number,
        Verdict.NOT_MET,
        "A new course\n\nis still to come.",
        Shown(Evidence.TRAINING, "", True, ()),
        version=1,
        by=by,
        at=NOW,
    )
    session.flush()
    made = desk.binder_paper(
        binder(session, YEAR, as_of=TODAY), Choices(scheme_name="Ours"), as_of=TODAY, author="A. Writer"
    )
    assert (made.kind, made.scheme, made.author, made.counts) == (
        "Quality binder",
        "Ours",
        "A. Writer",
        {"criteria": 2},
    )
    assert [block.text for block in made.blocks if isinstance(block, Heading)] == [
        "Where the scheme stands",
        "Silver",
    ]
    assert [block.text for block in made.blocks if isinstance(block, Paragraph)][2:] == [
        "Visitors are trained: 100.0% (1 of 1) of visitors have their training in date; at least 90% asked"
        " for. Not met, in the coordinator’s own word; the evidence says otherwise."
        f" Note by {by.name}, 4 Mar 2026: A new course is still to come."
    ]
    tables = [block.table for block in made.blocks if isinstance(block, Tabled)]
    assert [row.cells[:2] for row in tables[-1].rows] == [
        ("Not met", "the coordinator’s"),
        ("Not judged yet", "nobody’s yet"),
    ]
    assert {key for table in tables for key in table.said} == {key for key, _ in made.definitions}
