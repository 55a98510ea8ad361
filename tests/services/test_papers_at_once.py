"""Several at one paper at once, and the database itself holding what was frozen, on both databases."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import Period
from icv.rules.paper import PaperKind
from icv.rules.refusals import Refusal
from icv.services import papers as desk
from icv.services.papers import OpenDraft
from icv.store.engine import writing
from icv.store.letters import Letter
from icv.store.papers import PanelPaper, PaperWords
from tests.services.at_once import at_once
from tests.workshop import NOW, TODAY, Workshop

FEBRUARY = Period(date(2026, 2, 1), date(2026, 2, 28))
ACTS = 4
HAPPENED = "summary.happened"


@pytest.fixture
def by(apart: sa.Engine) -> Actor:
    with writing(apart) as session:
        make = Workshop(session)
        make.suite("North")
        make.account(Role.PANEL)
        actor = make.actor(Role.COORDINATOR)
        session.commit()
        return actor


def begin(engine: sa.Engine, by: Actor, kind: PaperKind = PaperKind.COMMITTEE) -> int:
    with writing(engine) as session:
        paper_id = desk.begin(session, kind, FEBRUARY, by=by, at=NOW)
        session.commit()
        return paper_id


def held(session: Session, paper_id: int) -> OpenDraft:
    found = desk.held_for_freezing(session, paper_id, today=TODAY)
    if found is None:
        raise Refusal("It is no draft any more.")
    return found


def freeze(session: Session, paper_id: int, by: Actor) -> None:
    whole = held(session, paper_id)
    desk.freeze(session, whole, whole.seal, by=by, at=NOW, link="http://localhost/")


def frozen(engine: sa.Engine, by: Actor, *, with_words: bool = False) -> int:
    paper_id = begin(engine, by)
    with writing(engine) as session:
        if with_words:
            whole = held(session, paper_id)
            one = whole.at(HAPPENED)
            assert one is not None
            desk.write_over(session, whole, HAPPENED, "Mine.", one.stamp, by=by, at=NOW)
        freeze(session, paper_id, by)
        session.commit()
    return paper_id


def test_of_several_who_freeze_one_paper_one_does_and_the_panel_is_told_once(
    apart: sa.Engine, by: Actor
) -> None:
    paper_id = begin(apart, by)
    told = at_once(apart, *[lambda session: freeze(session, paper_id, by)] * ACTS)
    assert told.count("") == 1
    with Session(apart) as session:
        assert session.scalars(sa.select(PanelPaper.reference)).all() == ["2026-P1"]
        assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 1


def test_two_papers_frozen_at_once_have_two_references(apart: sa.Engine, by: Actor) -> None:
    one, other = (begin(apart, by, kind) for kind in PaperKind)
    told = at_once(
        apart, lambda session: freeze(session, one, by), lambda session: freeze(session, other, by)
    )
    assert told == ["", ""]
    with Session(apart) as session:
        references = session.scalars(sa.select(PanelPaper.reference).order_by(PanelPaper.reference)).all()
        assert references == ["2026-P1", "2026-P2"]


def test_words_and_freezing_at_once_leave_no_words_that_are_not_in_the_paper(
    apart: sa.Engine, by: Actor
) -> None:
    """Whoever writes either is in what was frozen, or is told that it was."""
    paper_id = begin(apart, by)

    def write(session: Session) -> None:
        whole = held(session, paper_id)
        one = whole.at(HAPPENED)
        assert one is not None
        desk.write_over(session, whole, HAPPENED, "Written just then.", one.stamp, by=by, at=NOW)

    wrote, _ = at_once(apart, write, lambda session: freeze(session, paper_id, by))
    with Session(apart) as session:
        content = session.scalars(sa.select(PanelPaper.content)).one()
        assert ("Written just then." in str(content)) == (wrote == "")


def test_several_who_begin_one_draft_or_one_restatement_begin_one(apart: sa.Engine, by: Actor) -> None:
    kind = PaperKind.COMMITTEE
    told = at_once(
        apart, *[lambda session: desk.begin(session, kind, FEBRUARY, by=by, at=NOW) and None] * ACTS
    )
    assert told == [""] * ACTS
    with writing(apart) as session:
        (paper_id,) = session.scalars(sa.select(PanelPaper.id)).all()
        freeze(session, paper_id, by)
        session.commit()
    told = at_once(
        apart, *[lambda session: desk.restate(session, paper_id, "Why", by=by, at=NOW) and None] * ACTS
    )
    assert told.count("") == 1
    assert {one for one in told if one} == {
        "A restatement of this paper is drafted already: go on with that one."
    }


CHANGES = (
    "UPDATE panel_papers SET title = 'Another'",
    "UPDATE panel_papers SET frozen_at = NULL, reference = NULL, digest = NULL, content = NULL",
    "UPDATE panel_papers SET content = '{}'",
    "DELETE FROM panel_papers",
    "UPDATE paper_words SET words = 'Others'",
    "DELETE FROM paper_words",
    "INSERT INTO paper_words SELECT paper_id, 'another', words, live, is_left_out, after, written_at,"
    " written_by_id FROM paper_words",
)
OF_ANOTHER = {
    "id": "UPDATE OR REPLACE panel_papers SET id = :frozen WHERE id = :draft",
    "reference": "UPDATE OR REPLACE panel_papers SET frozen_at = :at, content = '{}', digest = 'a',"
    " reference = '2026-P1' WHERE id = :draft",
}
"""What SQLite lets another row do to a frozen one, with no DELETE of it."""


def test_the_database_refuses_to_change_a_frozen_paper(apart: sa.Engine, by: Actor) -> None:
    frozen(apart, by, with_words=True)
    for act in CHANGES:
        with writing(apart) as session, pytest.raises(sa.exc.DBAPIError, match="never changes"):
            session.execute(sa.text(act))


@pytest.mark.parametrize("same", ["id", "reference"])
def test_no_other_row_takes_the_place_of_a_frozen_paper(apart: sa.Engine, by: Actor, same: str) -> None:
    """A REPLACE takes rows away without a DELETE, by whatever is unique."""
    if apart.dialect.name != "sqlite":
        pytest.skip("PostgreSQL knows no REPLACE")
    paper_id, draft = frozen(apart, by), begin(apart, by, PaperKind.ANNUAL)
    names = [column.name for column in PanelPaper.__table__.columns]
    changed = {"title": "'Another'", **({} if same == "id" else {"id": "id + 50"})}
    values = ", ".join(changed.get(name, name) for name in names)
    new = f"INSERT OR REPLACE INTO panel_papers ({', '.join(names)}) SELECT {values}"
    for act in (f"{new} FROM panel_papers WHERE id = :frozen", OF_ANOTHER[same]):
        with writing(apart) as session, pytest.raises(sa.exc.DBAPIError, match="never changes"):
            session.execute(sa.text(act), {"frozen": paper_id, "draft": draft, "at": NOW.isoformat()})


def test_words_do_not_move_to_a_frozen_paper(apart: sa.Engine, by: Actor) -> None:
    paper_id, draft = frozen(apart, by), begin(apart, by, PaperKind.ANNUAL)
    with writing(apart) as session:
        session.add(PaperWords(paper_id=draft, block="a", words="A", live="", written_at=NOW))
        session.flush()
        with pytest.raises(sa.exc.DBAPIError, match="never changes"):
            session.execute(sa.update(PaperWords).values(paper_id=paper_id))


@pytest.mark.parametrize("emptied", ["panel_papers CASCADE", "paper_words"])
def test_a_postgresql_table_with_a_frozen_paper_is_not_emptied_at_one_stroke(
    apart: sa.Engine, by: Actor, emptied: str
) -> None:
    if apart.dialect.name == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    frozen(apart, by, with_words=True)
    with writing(apart) as session, pytest.raises(sa.exc.DBAPIError, match="A frozen paper never changes"):
        session.execute(sa.text(f"TRUNCATE {emptied}"))


def test_words_over_drafts_alone_may_be_emptied_at_one_stroke(apart: sa.Engine, by: Actor) -> None:
    if apart.dialect.name == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    frozen(apart, by)
    draft = begin(apart, by, PaperKind.ANNUAL)
    with writing(apart) as session:
        session.add(PaperWords(paper_id=draft, block="a", words="A", live="", written_at=NOW))
        session.flush()
        session.execute(sa.text("TRUNCATE paper_words"))
        session.commit()


def test_what_is_not_frozen_changes_and_goes_as_before(apart: sa.Engine, by: Actor) -> None:
    frozen(apart, by)
    draft = begin(apart, by, PaperKind.ANNUAL)
    with writing(apart) as session:
        session.add(PaperWords(paper_id=draft, block="a", words="A", live="", written_at=NOW))
        session.flush()
        session.execute(sa.text("UPDATE paper_words SET words = 'B'"))
        desk.discard(session, draft, by=by, at=NOW)
        session.commit()
        assert session.scalars(sa.select(PaperWords)).all() == []
