"""The trail's seals: what they notice, and that sealing never misses or doubles an entry."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.services import trail
from icv.services.trail import seal, verify
from icv.store.engine import open_engine, reading, writing
from icv.store.trail import TrailEntry, TrailSeal, note, unsealed_since
from tests.workshop import NOW, Workshop


@pytest.fixture
def short_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "BATCH", 3)


@pytest.fixture
def sealed(session: Session, make: Workshop, short_batches: None) -> Session:
    """Eight entries in three batches, in a database whose tables lack the guard against changes."""
    account = make.account()
    for number in range(8):
        note(session, "moved stage", "person", number, by=account.id, at=NOW, to="vetting", naïve=[1, None])
    session.flush()
    assert [seal(session, at=NOW) for _ in range(4)] == [3, 3, 2, 0]
    session.expire_all()
    return session


def ids(session: Session) -> list[int]:
    return list(session.scalars(sa.select(TrailEntry.id).order_by(TrailEntry.id)))


def test_a_trail_left_alone_is_found_sound(sealed: Session) -> None:
    verdict = verify(sealed)
    newest = sealed.scalars(sa.select(TrailSeal).order_by(TrailSeal.id.desc())).first()
    assert newest is not None
    assert (verdict.first_break, verdict.sealed_to, verdict.checkpoint) == (
        None,
        ids(sealed)[-1],
        newest.digest,
    )


def test_an_empty_trail_is_sound(session: Session) -> None:
    assert verify(session).first_break is None


@pytest.mark.parametrize(
    "change",
    [
        {"act": "did nothing"},
        {"at": NOW + timedelta(microseconds=1)},
        {"subject_id": 99},
        {"account_id": None},
        {"details": {"to": "active"}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_noticed_and_named(sealed: Session, change: dict[str, object]) -> None:
    fifth = ids(sealed)[4]
    sealed.execute(sa.update(TrailEntry).where(TrailEntry.id == fifth).values(**change))
    verdict = verify(sealed)
    assert verdict.first_break is not None
    assert (
        f"Trail entries {fifth - 1} to {fifth + 1} are not what was sealed on 4 March 2026"
        in verdict.first_break
    )
    assert verdict.sealed_to == fifth - 2


def test_a_removed_entry_is_noticed(sealed: Session) -> None:
    sealed.execute(sa.delete(TrailEntry).where(TrailEntry.id == ids(sealed)[0]))
    assert verify(sealed).first_break is not None


def test_an_entry_slipped_in_is_noticed(sealed: Session) -> None:
    first = ids(sealed)[0]
    sealed.add(TrailEntry(id=first - 1, at=NOW, act="never happened", subject="visit", details={}))
    sealed.flush()
    assert verify(sealed).first_break is not None


def test_a_removed_or_altered_seal_is_noticed(sealed: Session) -> None:
    second = sealed.scalars(sa.select(TrailSeal.id).order_by(TrailSeal.id)).all()[1]
    sealed.execute(
        sa.update(TrailSeal).where(TrailSeal.id == second).values(sealed_at=NOW - timedelta(days=1))
    )
    assert verify(sealed).first_break is not None
    sealed.execute(sa.delete(TrailSeal).where(TrailSeal.id == second))
    assert verify(sealed).first_break is not None


def test_what_is_not_sealed_yet_is_known(sealed: Session) -> None:
    assert unsealed_since(sealed) is None
    note(sealed, "moved stage", "person", 1, by=None, at=NOW + timedelta(hours=1))
    sealed.flush()
    assert unsealed_since(sealed) == NOW + timedelta(hours=1)


@pytest.fixture
def upgraded(upgraded_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(upgraded_url)
    yield engine
    engine.dispose()


def test_sealing_while_several_write_misses_nothing(upgraded: sa.Engine, short_batches: None) -> None:
    """On PostgreSQL the writers commit out of order, and some undo what they wrote."""
    writers = [threading.Thread(target=_write_some, args=(upgraded, each)) for each in range(4)]
    for writer in writers:
        writer.start()
    sealers = [threading.Thread(target=_seal_until, args=(upgraded, writers)) for _ in range(2)]
    for thread in sealers:
        thread.start()
    for thread in (*writers, *sealers):
        thread.join()
    with reading(upgraded) as session:
        kept = ids(session)
        verdict = verify(session)
    assert len(kept) == 4 * 20
    assert (verdict.first_break, verdict.sealed_to) == (None, kept[-1])


def _write_some(engine: sa.Engine, writer: int) -> None:
    for number in range(25):
        with writing(engine) as session:
            note(session, "did something", "visit", number, by=None, at=NOW, writer=writer)
            session.flush()
            session.execute(sa.text("SELECT count(*) FROM visits"))
            if number % 5 == 4:
                session.rollback()
            else:
                session.commit()


def _seal_until(engine: sa.Engine, writers: list[threading.Thread]) -> None:
    writing_goes_on, found = True, 1
    while writing_goes_on or found:
        writing_goes_on = any(writer.is_alive() for writer in writers)
        with writing(engine) as session:
            found = seal(session, at=NOW)
            session.commit()


@pytest.mark.parametrize("upgraded_url", ["postgres"], indirect=True)
def test_a_long_writer_delays_the_sealer_and_is_not_stopped(upgraded: sa.Engine) -> None:
    with writing(upgraded) as slow, writing(upgraded) as sealer:
        note(slow, "did something", "visit", 1, by=None, at=NOW)
        slow.flush()
        assert seal(sealer, at=NOW) == 0
        sealer.rollback()
        slow.commit()
        assert seal(sealer, at=NOW) == 1
