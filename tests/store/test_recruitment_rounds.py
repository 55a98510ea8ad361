"""Questions about rounds, their funnels and the board, on both databases."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.store.people import Person, Round, StageStep
from icv.store.recruitment import (
    rounds_closing,
)
from tests.workshop import NOW, TODAY, Workshop

DAY = timedelta(days=1)
CHOICES = Choices(stuck_days=42, vetting_overdue_days=30)


def a_round(make: Workshop, name: str, opened_on: date | None = None, **more: object) -> Round:
    made: Round = make.keep(Round(name=name, opened_on=opened_on, **more))
    return made


def step(
    session: Session, person: Person, stage: Stage, on: date, reason: str = "", **more: int
) -> StageStep:
    made = StageStep(person_id=person.id, stage=stage, on=on, reason=reason, made_at=NOW, **more)
    session.add(made)
    session.flush()
    return made


def test_today_learns_which_rounds_close_soon(session: Session, make: Workshop) -> None:
    for name, days in (("Far", 9), ("Near", 8), ("Nearest", 1), ("Closed", 0)):
        a_round(make, name, TODAY - 9 * DAY, closed_on=TODAY + days * DAY)
    a_round(make, "By hand", TODAY)
    assert [line.name for line in rounds_closing(session, TODAY)] == ["Nearest", "Near"]
