"""A rota is drawn and kept as a draft; on both databases."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.planner.rota import Status
from icv.rules.stages import Stage
from icv.services import rota as desk
from icv.services.rota import RotaError
from icv.store.rota import DraftVisit, RotaState
from icv.store.visits import Visit
from tests.services.rotas import FOUR_WEEKS, MONDAY, built
from tests.workshop import NOW, Workshop


def test_every_suite_has_its_pair_every_week(session: Session, make: Workshop) -> None:
    suites = [make.suite("Euston Street"), make.suite("Keyham Lane")]
    people = [make.person() for _ in range(8)]
    found = built(session).as_json()
    assert len(found["visits"]) == len(suites) * 4
    assert {email for visit in found["visits"] for email in visit["visitors"]} <= {
        one.email for one in people
    }
    assert all(len(set(visit["visitors"])) == 2 and visit["suggested_timeslots"] for visit in found["visits"])
    assert found["visits"][0]["week_starts"] == MONDAY.isoformat()
    assert found["quality"]["unfilled"] == 0
    assert (found["from"], found["to"], found["seed"]) == (
        FOUR_WEEKS.first.isoformat(),
        FOUR_WEEKS.last.isoformat(),
        7,
    )


def test_the_same_seed_gives_the_same_rota(session: Session, make: Workshop) -> None:
    make.suite()
    for _ in range(6):
        make.person()
    assert built(session).plan == built(session).plan
    assert built(session, seed=8).plan.quality == built(session).plan.quality


def test_an_empty_visit_says_why_and_the_counts_add_up(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person(Stage.SUSPENDED), make.person(Stage.ON_LEAVE)
    found = built(session).as_json()
    assert found["status"] == Status.INFEASIBLE
    assert len(found["unfilled"]) == 4
    assert found["unfilled"][0]["reasons"] == [
        {"reason": "not cleared", "volunteers": 2},
        {"reason": "could go, but a visit needs two", "volunteers": 1},
    ]


def test_a_draft_stands_apart_from_the_visits(session: Session, make: Workshop) -> None:
    make.suite()
    make.person(), make.person()
    rota = desk.draw(session, FOUR_WEEKS, None, by=None, at=NOW)
    assert (rota.state, rota.first_on, rota.last_on) == (RotaState.DRAFT, FOUR_WEEKS.first, FOUR_WEEKS.last)
    assert session.scalar(sa.select(sa.func.count()).select_from(DraftVisit)) == 4
    assert session.scalar(sa.select(sa.func.count()).select_from(Visit)) == 0
    assert rota.certificate["words"]


def test_nothing_to_plan_is_no_draft(session: Session) -> None:
    with pytest.raises(RotaError, match="No visit is needed"):
        desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)


def test_a_discarded_draft_is_not_published(session: Session, make: Workshop) -> None:
    make.suite()
    rota = desk.draw(session, FOUR_WEEKS, 1, by=None, at=NOW)
    desk.discard(session, rota, by=None, at=NOW)
    with pytest.raises(RotaError, match="discarded already"):
        desk.publish(session, rota, by=None, at=NOW)
