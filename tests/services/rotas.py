"""Rotas of four weeks, drawn and published."""

from datetime import timedelta

from sqlalchemy.orm import Session

from icv.rules.days import Period, monday_of
from icv.rules.scheme import Choices
from icv.services import rota as desk
from tests.workshop import TODAY

MONDAY = monday_of(TODAY) + timedelta(weeks=1)
FOUR_WEEKS = Period(MONDAY, MONDAY + timedelta(days=27))


def built(session: Session, period: Period = FOUR_WEEKS, seed: int = 7, **choices: object) -> desk.Built:
    return desk.build(session, period, seed=seed, time_limit=None, choices=Choices(**choices))  # type: ignore[arg-type]
