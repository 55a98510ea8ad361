"""Other schemes' figures, taken in from their files and removed; both ways round."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.figures_file import FiguresFileError, as_text, beside, from_json
from icv.services import comparison as desk
from icv.store.comparison import OtherFigures, content_of, other_figures
from icv.store.trail import TrailEntry
from tests.rules.figures_files import a_file, spoilt
from tests.workshop import NOW, TODAY, Workshop


def test_a_file_comes_out_as_it_went_in_and_shows_the_same(session: Session, make: Workshop) -> None:
    by, file = make.actor(Role.COORDINATOR), a_file("North")
    kept = desk.take_in(session, as_text(file).encode(), by=by, at=NOW)
    session.flush()
    session.expire_all()
    again = from_json(content_of(session, kept.id))
    assert again == file
    assert as_text(again) == as_text(file)
    there, back = beside(a_file("South"), again), beside(again, a_file("South"))
    for one, other in zip(there.exhibits[0].tables[0].rows, back.exhibits[0].tables[0].rows, strict=True):
        assert one.cells == other.cells[::-1]
    line = other_figures(session)[0]
    assert (line.id, line.scheme, line.period) == (kept.id, "North", file.period)


def test_the_same_file_is_taken_in_once(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    desk.take_in(session, as_text(a_file()).encode(), by=by, at=NOW)
    with pytest.raises(FiguresFileError, match="here already"):
        desk.take_in(session, as_text(a_file()).encode(), by=by, at=NOW)
    assert len(other_figures(session)) == 1


def test_a_file_of_anything_else_leaves_nothing_behind(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    for content in (b"", b"{}", spoilt("people", by=[]), spoilt("digest", by="0" * 64)):
        with pytest.raises(FiguresFileError):
            desk.take_in(session, content, by=by, at=NOW)
    assert session.scalar(sa.select(sa.func.count(OtherFigures.id))) == 0


def test_nothing_is_taken_in_that_was_counted_on_a_day_still_to_come(
    session: Session, make: Workshop
) -> None:
    by, to_come = make.actor(Role.COORDINATOR), Period(date(2150, 4, 1), date(2151, 3, 31))
    file = a_file(period=to_come, made_on=date(2151, 6, 1))
    with pytest.raises(FiguresFileError, match="is 1 Jun 2151, a day that is still to come"):
        desk.take_in(session, as_text(file).encode(), by=by, at=NOW)
    desk.take_in(session, as_text(a_file(made_on=TODAY)).encode(), by=by, at=NOW)


def test_no_more_are_taken_in_than_anybody_reads(
    session: Session, make: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_FILES", 1)
    by = make.actor(Role.COORDINATOR)
    desk.take_in(session, as_text(a_file("North")).encode(), by=by, at=NOW)
    with pytest.raises(FiguresFileError, match="Remove those no longer needed"):
        desk.take_in(session, as_text(a_file("East")).encode(), by=by, at=NOW)


def test_removing_is_written_down_and_can_be_asked_twice(session: Session, make: Workshop) -> None:
    by = make.actor(Role.COORDINATOR)
    kept = desk.take_in(session, as_text(a_file("North")).encode(), by=by, at=NOW).id
    assert desk.remove(session, kept, by=by, at=NOW) == "North"
    session.flush()
    with pytest.raises(desk.ComparisonError, match="removed already"):
        desk.remove(session, kept, by=by, at=NOW)
    noted = sa.select(TrailEntry).where(TrailEntry.subject == "other figures").order_by(TrailEntry.id)
    entries = session.scalars(noted).all()
    assert [entry.act.split()[0] for entry in entries] == ["take", "remove"]
    assert all(not entry.details for entry in entries)
