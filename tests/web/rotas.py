"""Rotas drawn, published and read, for tests of their pages."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import Period, monday_of
from icv.services import rota as desk
from icv.store.rota import Rota, draft_visits
from icv.store.visits import Visit
from tests.workshop import NOW, TODAY, Workshop

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))
A_WEEK = Period(MONDAY, MONDAY + timedelta(days=6))


def a_scheme(make: Workshop, people: int = 6) -> None:
    make.suite("Euston Street"), make.suite("Keyham Lane")
    for number in range(people):
        make.person(name=f"Visitor {chr(65 + number)}")


def draft(session: Session, period: Period = FOUR_WEEKS) -> Rota:
    return desk.draw(session, period, 7, by=None, at=NOW)


def published(session: Session, period: Period = FOUR_WEEKS) -> Rota:
    rota = draft(session, period)
    desk.publish(session, rota, by=None, at=NOW)
    return rota


def place_of(rota: Rota, visit_id: int, place: int = 1) -> str:
    return f"/rota/{rota.id}/visits/{visit_id}/places/{place}"


def first_visit(session: Session, rota: Rota) -> int:
    found = session.scalar(sa.select(sa.func.min(Visit.id)).where(Visit.rota_id == rota.id))
    return found or draft_visits(session, rota.id)[0].id
