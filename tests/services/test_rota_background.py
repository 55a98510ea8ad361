"""Drawing in the background: one at a time, watched, stopped, taken up again, and done without a planner."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from icv.rules.days import Period, monday_of
from icv.rules.drawing import DrawState
from icv.services import rota
from icv.services.rota import apart
from icv.services.rota.refusals import RotaError
from icv.store.drawing import Draw
from icv.store.engine import open_engine, reading, writing
from icv.store.rota import Rota, RotaState
from icv.store.suites import Suite
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(weeks=4, days=-1))


@pytest.fixture
def engine(upgraded_url: str) -> Iterator[sa.Engine]:
    """A scheme of six visitors and one suite."""
    engine = open_engine(upgraded_url)
    with writing(engine) as session:
        make = Workshop(session)
        make.suite("Euston Street")
        for _ in range(6):
            make.person()
        session.commit()
    yield engine
    engine.dispose()


def asked(engine: sa.Engine, **more: Any) -> int:
    with writing(engine) as session:
        suites = list(session.scalars(sa.select(Suite.id)))
        values = {"seed": 7, "suites": suites, "replaces": False, "by": None, "at": NOW, **more}
        draw_id = rota.ask_to_draw(session, FOUR_WEEKS, **values)
        session.commit()
    return draw_id


def line(engine: sa.Engine, draw_id: int) -> Draw:
    with reading(engine) as session:
        return session.get_one(Draw, draw_id)


def drafts(engine: sa.Engine) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).where(Rota.state == RotaState.DRAFT)) or 0


def test_the_worker_draws_what_was_asked_for(engine: sa.Engine) -> None:
    draw_id = asked(engine)
    assert rota.draw_waiting(engine, lambda: NOW) == 1
    drawn = line(engine, draw_id)
    assert (drawn.state, drawn.turn, drawn.ended_at) == (DrawState.DONE, None, NOW)
    assert drawn.rota_id is not None
    assert drawn.best == 0
    assert rota.draw_waiting(engine, lambda: NOW) == 0
    assert drafts(engine) == 1


def test_one_is_drawn_at_a_time_however_many_ask_at_once(engine: sa.Engine) -> None:
    def ask(_: int) -> str:
        try:
            asked(engine)
        except RotaError as refusal:
            return str(refusal)
        return ""

    with ThreadPoolExecutor(4) as pool:
        refusals = [said for said in pool.map(ask, range(4)) if said]
    assert refusals == ["A rota is being drawn already. Wait until it is done, or stop it."] * 3
    assert rota.draw_waiting(engine, lambda: NOW) == 1
    assert asked(engine, replaces=True)


def test_a_period_without_a_visit_is_refused_before_anything_is_drawn(engine: sa.Engine) -> None:
    with pytest.raises(RotaError, match="No visit is needed"):
        asked(engine, suites=[])


def test_one_stopped_before_anybody_began_keeps_nothing(engine: sa.Engine) -> None:
    draw_id = asked(engine)
    with writing(engine) as session:
        rota.stop(session, draw_id, by=None, at=NOW)
        rota.stop(session, draw_id, by=None, at=NOW)
        session.commit()
    assert line(engine, draw_id).state is DrawState.STOPPED
    assert rota.draw_waiting(engine, lambda: NOW) == 0
    assert drafts(engine) == 0
    assert asked(engine)


def test_one_stopped_at_work_keeps_the_best_so_far(engine: sa.Engine) -> None:
    draw_id = asked(engine)
    with writing(engine) as session:
        session.get_one(Draw, draw_id).stop_asked_at = NOW
        session.commit()
    assert rota.draw_waiting(engine, lambda: NOW) == 1
    assert line(engine, draw_id).state is DrawState.STOPPED
    assert drafts(engine) == 1


def test_one_whose_worker_died_is_taken_up_again_and_not_before(engine: sa.Engine) -> None:
    draw_id = asked(engine)
    with writing(engine) as session:
        draw = session.get_one(Draw, draw_id)
        draw.state, draw.began_at, draw.seen_at = DrawState.RUNNING, NOW, NOW
        session.commit()
    assert rota.draw_waiting(engine, lambda: NOW + timedelta(seconds=60)) == 0
    assert rota.draw_waiting(engine, lambda: NOW + timedelta(seconds=100)) == 1
    assert line(engine, draw_id).state is DrawState.DONE


def test_a_planner_that_is_killed_leaves_what_can_be_drawn_without_it(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    draw_id = asked(engine)
    assert rota.draw_waiting(engine, lambda: NOW) == 1
    assert line(engine, draw_id).state is DrawState.DONE
    assert drafts(engine) == 1


def test_suites_that_closed_since_end_it_in_words(engine: sa.Engine) -> None:
    draw_id = asked(engine)
    with writing(engine) as session:
        for suite in session.scalars(sa.select(Suite)):
            session.refresh(suite, ["periods"])
            suite.periods[0].closes_on = TODAY
        session.commit()
    assert rota.draw_waiting(engine, lambda: NOW) == 1
    failed = line(engine, draw_id)
    assert (failed.state, failed.turn) == (DrawState.FAILED, None)
    assert "No visit is needed" in failed.trouble
