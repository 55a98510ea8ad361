"""Panel papers drafted, written over, frozen and restated, on both databases."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.panel.arranging import arranged
from icv.papers.panel.laid import Numbered
from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.digests import digest_of
from icv.rules.paper import Heading, Paper, PaperKind, Paragraph, Tabled
from icv.rules.paper.wording import Standing
from icv.rules.paper.written import paper_as_json, paper_from_json
from icv.rules.visits import Outcome
from icv.services import papers as desk
from icv.services.papers import OpenDraft, PaperError
from icv.store.letters import Letter
from icv.store.papers import FrozenPaper, PanelPaper, PaperWords, draft, frozen_paper, paper_seen_by
from icv.store.scheme import Setting
from icv.store.trail import TrailEntry
from icv.store.visits import Visit
from tests.workshop import NOW, TODAY, Workshop

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
KIND = PaperKind.COMMITTEE
LINK = "http://localhost/panel/papers/1"
HAPPENED = "summary.happened"


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.fixture
def visits(make: Workshop) -> list[Visit]:
    """Three of February, two of them completed."""
    suite = make.suite("North")
    outcomes = (Outcome.COMPLETED, Outcome.COMPLETED, None)
    return [
        make.visit(suite, week=FEBRUARY.first + timedelta(days=7 * number), outcome=outcome)
        for number, outcome in enumerate(outcomes)
    ]


@pytest.fixture
def paper_id(session: Session, by: Actor, visits: list[Visit]) -> int:
    return desk.begin(session, KIND, FEBRUARY, by=by, at=NOW)


def whole(session: Session, paper_id: int) -> OpenDraft:
    session.flush()
    asked = draft(session, paper_id)
    assert asked is not None
    return desk.opened(session, asked, today=TODAY)


def held(session: Session, paper_id: int) -> OpenDraft:
    session.flush()
    found = desk.held_for_freezing(session, paper_id, today=TODAY)
    assert found is not None
    return found


def stamp(session: Session, paper_id: int, key: str = HAPPENED) -> str:
    one = whole(session, paper_id).at(key)
    assert one is not None
    return one.stamp


def text(session: Session, paper_id: int, key: str = HAPPENED) -> str:
    one = whole(session, paper_id).at(key)
    assert one is not None
    assert isinstance(one.block, Paragraph)
    return one.block.text


def write(session: Session, paper_id: int, by: Actor, words: str, key: str = HAPPENED) -> None:
    seen = stamp(session, paper_id, key)
    desk.write_over(session, whole(session, paper_id), key, words, seen, by=by, at=NOW)


def freeze(session: Session, paper_id: int, by: Actor) -> FrozenPaper:
    desk.freeze(session, held(session, paper_id), whole(session, paper_id).seal, by=by, at=NOW, link=LINK)
    frozen = frozen_paper(session, paper_id)
    assert frozen is not None
    return frozen


def complete(session: Session, visit: Visit) -> None:
    visit.outcome = Outcome.COMPLETED
    session.flush()


def test_one_click_makes_a_draft_with_all_that_a_paper_needs(
    session: Session, by: Actor, paper_id: int
) -> None:
    paper = whole(session, paper_id).paper
    assert paper.title == "Independent custody visiting: February 2026"
    assert (paper.author, paper.marking, paper.dated_on) == (by.name, "OFFICIAL", TODAY)
    assert paper.purpose
    assert paper.asked
    assert paper.reference == ""
    assert "67% of scheduled visits were completed (2 of 3)." in text(session, paper_id)
    assert any(isinstance(block, Tabled) for block in paper.blocks)


def test_a_paper_goes_by_the_name_that_the_scheme_has_when_it_is_written(
    session: Session, make: Workshop, paper_id: int
) -> None:
    make.keep(Setting(name="scheme_name", value='"Northshire"', effective_on=TODAY, set_at=NOW))
    assert whole(session, paper_id).paper.scheme == "Northshire", "whatever it was in February"


def test_the_same_is_drafted_once_however_often_it_is_asked_for(
    session: Session, by: Actor, make: Workshop, paper_id: int
) -> None:
    other = make.actor(Role.COORDINATOR)
    assert desk.begin(session, KIND, FEBRUARY, by=other, at=NOW) == paper_id
    assert desk.begin(session, PaperKind.ANNUAL, FEBRUARY, by=other, at=NOW) != paper_id
    begun = session.scalars(sa.select(TrailEntry.act).where(TrailEntry.subject == "paper")).all()
    assert begun == ["draft paper", "draft paper"]


def test_a_paragraph_has_the_number_in_the_draft_that_it_will_have_in_the_paper(
    session: Session, by: Actor, paper_id: int
) -> None:
    desk.leave_out(session, paper_id, "summary.coming", by=by, at=NOW)
    drafted = whole(session, paper_id)
    printed = {
        number: words
        for part in arranged(drafted.paper).parts
        if isinstance(part, Numbered)
        for number, words in enumerate(part.texts, part.first)
    }
    numbers = {one.number: one.block.text for one in drafted.blocks if one.number}  # type: ignore[union-attr]
    assert numbers
    assert printed == {1: drafted.paper.purpose, 2: drafted.paper.asked, **numbers}


def test_the_figures_of_a_draft_are_live(session: Session, paper_id: int, visits: list[Visit]) -> None:
    before = whole(session, paper_id).seal
    complete(session, visits[2])
    assert "(3 of 3)" in text(session, paper_id)
    assert whole(session, paper_id).seal != before


def test_words_are_written_over_and_put_back(session: Session, by: Actor, paper_id: int) -> None:
    live = text(session, paper_id)
    write(session, paper_id, by, "A good month.")
    assert text(session, paper_id) == "A good month."
    assert "A good month." in str(whole(session, paper_id).paper.blocks)
    desk.put_back(session, whole(session, paper_id), HAPPENED, stamp(session, paper_id), by=by, at=NOW)
    assert text(session, paper_id) == live
    assert session.scalars(sa.select(PaperWords)).all() == []


def test_writing_what_the_figures_say_is_no_edit(session: Session, by: Actor, paper_id: int) -> None:
    live = text(session, paper_id)
    write(session, paper_id, by, "Mine.")
    write(session, paper_id, by, f"  {live}  ")
    one = whole(session, paper_id).at(HAPPENED)
    assert one is not None
    assert one.standing is Standing.LIVE


def test_an_edited_sentence_whose_figures_changed_is_pointed_out_and_settled_either_way(
    session: Session, by: Actor, paper_id: int, visits: list[Visit]
) -> None:
    write(session, paper_id, by, "Two of three, which is poor.")
    assert whole(session, paper_id).unsettled == ()
    complete(session, visits[2])
    (one,) = whole(session, paper_id).unsettled
    assert one.written is not None
    assert "(2 of 3)" in one.written.live
    assert "(3 of 3)" in one.live
    assert text(session, paper_id) == "Two of three, which is poor."
    with pytest.raises(PaperError, match="figures behind one paragraph"):
        freeze(session, paper_id, by)

    desk.keep_mine(session, whole(session, paper_id), HAPPENED, one.stamp, by=by, at=NOW)
    assert whole(session, paper_id).unsettled == ()
    visits[0].outcome = Outcome.MISSED
    (one,) = whole(session, paper_id).unsettled
    desk.put_back(session, whole(session, paper_id), HAPPENED, one.stamp, by=by, at=NOW)
    assert "(2 of 3)" in text(session, paper_id)


def test_what_moved_since_it_was_read_is_not_kept_unread(
    session: Session, by: Actor, paper_id: int, visits: list[Visit]
) -> None:
    write(session, paper_id, by, "Two of three.")
    complete(session, visits[2])
    (one,) = whole(session, paper_id).unsettled
    visits[0].outcome = Outcome.MISSED
    visits[1].outcome = Outcome.MISSED
    session.flush()
    with pytest.raises(PaperError, match="since you looked"):
        desk.keep_mine(session, whole(session, paper_id), HAPPENED, one.stamp, by=by, at=NOW)


def test_two_who_write_in_one_place_both_see_what_the_other_wrote(
    session: Session, by: Actor, make: Workshop, paper_id: int
) -> None:
    other = make.actor(Role.COORDINATOR)
    seen = stamp(session, paper_id)
    desk.write_over(session, whole(session, paper_id), HAPPENED, "By the first.", seen, by=by, at=NOW)
    with pytest.raises(PaperError, match=f"{by.name} wrote here since you looked. .*By the first"):
        desk.write_over(session, whole(session, paper_id), HAPPENED, "By the second.", seen, by=other, at=NOW)
    assert text(session, paper_id) == "By the first."
    desk.write_over(session, whole(session, paper_id), HAPPENED, "By the first.", seen, by=other, at=NOW)
    write(session, paper_id, other, "By both.")
    assert text(session, paper_id) == "By both."


def test_two_who_change_the_head_both_see_what_the_other_wrote(
    session: Session, by: Actor, paper_id: int
) -> None:
    head = whole(session, paper_id).draft.head
    first, second = replace(head, title="First"), replace(head, purpose="Second")
    desk.change_head(session, paper_id, first, head.stamp, by=by, at=NOW)
    with pytest.raises(PaperError, match="“First”"):
        desk.change_head(session, paper_id, second, head.stamp, by=by, at=NOW)
    desk.change_head(session, paper_id, first, head.stamp, by=by, at=NOW)
    desk.change_head(session, paper_id, second, first.stamp, by=by, at=NOW)
    assert whole(session, paper_id).draft.head == second


def test_a_block_is_left_out_with_its_words_and_put_in_again(
    session: Session, by: Actor, paper_id: int
) -> None:
    write(session, paper_id, by, "Mine.")
    desk.leave_out(session, paper_id, HAPPENED, by=by, at=NOW)
    desk.leave_out(session, paper_id, "section.visits", by=by, at=NOW)
    blocks = whole(session, paper_id).paper.blocks
    assert "Mine." not in str(blocks)
    assert "Visits completed" not in [block.text for block in blocks if isinstance(block, Heading)]
    desk.put_in(session, paper_id, HAPPENED, by=by, at=NOW)
    desk.put_in(session, paper_id, "section.visits", by=by, at=NOW)
    blocks = whole(session, paper_id).paper.blocks
    assert "Mine." in str(blocks)
    assert "Visits completed" in str(blocks)


def test_a_paragraph_of_ones_own_follows_its_place_and_can_be_taken_away(
    session: Session, by: Actor, paper_id: int
) -> None:
    for _ in range(2):
        desk.add_paragraph(session, whole(session, paper_id), HAPPENED, " Thank you. ", by=by, at=NOW)
    desk.add_paragraph(session, whole(session, paper_id), "own.1", "And again.", by=by, at=NOW)
    keys = [block.key for block in whole(session, paper_id).paper.blocks]
    assert keys[1:4] == [HAPPENED, "own.1", "own.2"], "sent twice, added once"
    desk.put_back(
        session, whole(session, paper_id), "own.1", stamp(session, paper_id, "own.1"), by=by, at=NOW
    )
    keys = [block.key for block in whole(session, paper_id).paper.blocks]
    assert keys[1:3] == [HAPPENED, "own.2"], "what followed it stays"


@pytest.mark.parametrize(
    "act",
    [
        lambda session, paper, by: desk.write_over(
            session, whole(session, paper), HAPPENED, "  ", "", by=by, at=NOW
        ),
        lambda session, paper, by: desk.write_over(
            session, whole(session, paper), "section.visits", "A", "", by=by, at=NOW
        ),
        lambda session, paper, by: desk.write_over(
            session, whole(session, paper), "nowhere", "A", "", by=by, at=NOW
        ),
        lambda session, paper, by: desk.add_paragraph(
            session, whole(session, paper), HAPPENED, " ", by=by, at=NOW
        ),
        lambda session, paper, by: desk.add_paragraph(
            session, whole(session, paper), "nowhere", "A", by=by, at=NOW
        ),
        lambda session, paper, by: desk.restate(session, paper, "Because", by=by, at=NOW),
        lambda session, paper, by: desk.freeze(
            session, whole(session, paper), "another", by=by, at=NOW, link=LINK
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    session: Session, by: Actor, paper_id: int, act: Callable[[Session, int, Actor], None]
) -> None:
    with pytest.raises(PaperError) as refused:
        act(session, paper_id, by)
    assert str(refused.value).endswith((".", "!"))
    assert frozen_paper(session, paper_id) is None


def test_a_discarded_draft_is_gone_with_its_words(session: Session, by: Actor, paper_id: int) -> None:
    write(session, paper_id, by, "Mine.")
    desk.discard(session, paper_id, by=by, at=NOW)
    assert session.scalars(sa.select(PaperWords)).all() == []
    assert draft(session, paper_id) is None
    with pytest.raises(PaperError, match="discarded"):
        desk.leave_out(session, paper_id, HAPPENED, by=by, at=NOW)


def test_what_is_frozen_is_what_was_seen_and_the_panel_is_told_once(
    session: Session, by: Actor, make: Workshop, paper_id: int, visits: list[Visit]
) -> None:
    members = [make.account(Role.PANEL, Role.COORDINATOR), make.account(Role.PANEL)]
    make.account(Role.PANEL, closed_at=NOW)
    write(session, paper_id, by, "Two of three.")
    seen = whole(session, paper_id).paper
    frozen = freeze(session, paper_id, by)
    assert frozen.reference == "2026-P1"
    assert paper_from_json(frozen.content) == replace(seen, reference="2026-P1")
    assert digest_of(frozen.content) == frozen.digest
    letters = session.scalars(sa.select(Letter).order_by(Letter.to_email)).all()
    assert [letter.to_email for letter in letters] == sorted(one.email for one in members)
    assert "2026-P1" in letters[0].subject
    assert LINK in letters[0].body
    complete(session, visits[2])
    session.expire_all()
    assert frozen_paper(session, paper_id) == frozen
    assert desk.held_for_freezing(session, paper_id, today=TODAY) is None, "it is no draft any more"
    assert desk.held(session, paper_id, today=TODAY) is None
    with pytest.raises(PaperError, match="froze this paper meanwhile, as 2026-P1"):
        desk.leave_out(session, paper_id, HAPPENED, by=by, at=NOW)


def test_what_moved_between_the_preview_and_the_button_freezes_nothing(
    session: Session, by: Actor, paper_id: int, visits: list[Visit]
) -> None:
    seal = whole(session, paper_id).seal
    complete(session, visits[2])
    with pytest.raises(PaperError, match="Something has changed since you looked"):
        desk.freeze(session, held(session, paper_id), seal, by=by, at=NOW, link=LINK)
    assert frozen_paper(session, paper_id) is None
    assert session.scalars(sa.select(Letter)).all() == []


def test_a_paper_with_nothing_left_is_not_frozen(session: Session, by: Actor, paper_id: int) -> None:
    for block in whole(session, paper_id).blocks:
        if isinstance(block.block, Heading):
            desk.leave_out(session, paper_id, block.key, by=by, at=NOW)
    with pytest.raises(PaperError, match="Nothing is left"):
        freeze(session, paper_id, by)


def test_a_frozen_paper_is_not_drafted_a_second_time(session: Session, by: Actor, paper_id: int) -> None:
    freeze(session, paper_id, by)
    with pytest.raises(PaperError, match="was sent as 2026-P1"):
        desk.begin(session, KIND, FEBRUARY, by=by, at=NOW)


def test_a_restatement_shows_both_and_the_earlier_paper_stands(
    session: Session, by: Actor, make: Workshop, paper_id: int, visits: list[Visit]
) -> None:
    make.account(Role.PANEL)
    freeze(session, paper_id, by)
    complete(session, visits[2])
    second = desk.restate(session, paper_id, "A report came late", by=by, at=NOW)
    with pytest.raises(PaperError, match="drafted already"):
        desk.restate(session, paper_id, "Again", by=by, at=NOW)
    paper = whole(session, second).paper
    assert paper.title.endswith("(restated)")
    rows = _restated(paper)
    assert ("66.7% (2 of 3)", "100.0% (3 of 3)") in rows.values()
    assert "A report came late." in text(session, second, "restated.words")

    with pytest.raises(PaperError, match="always shows what differs"):
        desk.leave_out(session, second, "section.restated", by=by, at=NOW)
    frozen = freeze(session, second, by)
    assert (frozen.reference, frozen.restates) == ("2026-P2", "2026-P1")
    earlier = frozen_paper(session, paper_id)
    assert earlier is not None
    assert (earlier.restated_by, earlier.is_restated) == ("2026-P2", True)
    assert paper_from_json(frozen.content).restated is not None
    bodies = session.scalars(sa.select(Letter.body).order_by(Letter.id)).all()
    assert "It restates 2026-P1" not in bodies[0]
    assert "It restates 2026-P1" in bodies[1]
    with pytest.raises(PaperError, match="was restated by 2026-P2: restate that one"):
        desk.restate(session, paper_id, "Once more", by=by, at=NOW)
    third = desk.restate(session, second, "Once more", by=by, at=NOW)
    assert "No figure differs." in text(session, third, "restated.words")
    assert whole(session, third).draft.head.title.count("(restated)") == 1


def test_a_restatement_names_what_only_it_has_a_table_of(
    session: Session, by: Actor, make: Workshop, paper_id: int, visits: list[Visit]
) -> None:
    freeze(session, paper_id, by)
    make.finding(visits[0], raised_on=FEBRUARY.first)
    second = desk.restate(session, paper_id, "A finding was entered late", by=by, at=NOW)
    said = text(session, second, "restated.words")
    assert re.search(r"made of the records now (was|were) not in 2026-P1: “Findings", said)
    assert paper_from_json(freeze(session, second, by).content).blocks[1].text == said  # type: ignore[union-attr]


def _restated(paper: Paper) -> dict[str, tuple[object, ...]]:
    (table,) = (block.table for block in paper.blocks if block.key == "restated.table")  # type: ignore[union-attr]
    return {row.name: row.cells for row in table.rows}


def test_a_discarded_restatement_leaves_room_for_another(session: Session, by: Actor, paper_id: int) -> None:
    freeze(session, paper_id, by)
    desk.discard(session, desk.restate(session, paper_id, "One", by=by, at=NOW), by=by, at=NOW)
    assert desk.restate(session, paper_id, "Two", by=by, at=NOW)


def test_drafts_are_for_those_who_write_papers_alone(
    session: Session, by: Actor, make: Workshop, paper_id: int
) -> None:
    member, visitor = make.actor(Role.PANEL), make.actor(Role.VOLUNTEER)
    assert paper_seen_by(session, by, paper_id) is not None
    assert paper_seen_by(session, member, paper_id) is None
    freeze(session, paper_id, by)
    assert isinstance(paper_seen_by(session, member, paper_id), FrozenPaper)
    assert paper_seen_by(session, visitor, paper_id) is None


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize(
    "period",
    [
        Period(date(2030, 1, 1), date(2030, 12, 31)),
        Period(date(1990, 1, 1), date(1990, 1, 1)),
        Period(date(2026, 2, 1), date(2026, 2, 28)),
    ],
    ids=["to come", "before the first suite", "all cancelled"],
)
def test_a_period_with_nothing_in_it_makes_a_paper_that_says_so(
    session: Session, make: Workshop, kind: PaperKind, period: Period
) -> None:
    cancelled_on = date(2026, 1, 1)
    make.visit(outcome=Outcome.CANCELLED, cancelled_on=cancelled_on, reason="Closed", week=date(2026, 2, 3))
    paper = desk.live_paper(session, kind, period, as_of=TODAY, dated_on=TODAY)
    words = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert any("No visits were scheduled" in one or "was cancelled" in one for one in words), words
    assert "100%" not in str(paper.blocks)
    assert paper_from_json(paper_as_json(paper)) == paper


def test_a_draft_without_any_suite_can_be_frozen(session: Session, by: Actor) -> None:
    empty = desk.begin(session, PaperKind.ANNUAL, FEBRUARY, by=by, at=NOW)
    assert freeze(session, empty, by).reference == "2026-P1"
    assert session.scalar(sa.select(sa.func.count()).select_from(PanelPaper)) == 1


@pytest.mark.parametrize("kind", PaperKind)
def test_a_paper_of_a_period_with_nothing_in_it_says_so_without_tables_of_noughts(
    session: Session, make: Workshop, kind: PaperKind
) -> None:
    make.suite("North")
    paper = desk.live_paper(session, kind, FEBRUARY, as_of=TODAY, dated_on=TODAY)
    assert [block.table.caption for block in paper.blocks if isinstance(block, Tabled)] == []
    assert "No visit was made in the period" in str(paper.blocks)
