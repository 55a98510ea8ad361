"""An applicant, her referees and their letters."""

import re
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.days import london_day
from icv.rules.refereeing import Answer, Recommendation, RefereeState
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.services import references as desk
from icv.store.letters import Letter
from icv.store.people import Person, Referee, progress_of
from tests.workshop import NOW, Workshop

CHOICES = Choices(reference_days=28, reference_chase_days=10)
SAID = Answer(
    capacity="Her manager for six years",
    reliable="Always",
    respectful="Always",
    unsuited="No",
    recommends=Recommendation.YES,
    more="",
    signed="Ruth Hall",
)
RUTH = desk.RefereeContact("Ruth Hall", "ruth@example.org", "07700 900123", "Employer")


@pytest.fixture
def by(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


@pytest.fixture
def asha(make: Workshop) -> Person:
    return make.person(Stage.INTERVIEWED, name="Asha Patel", email="asha@example.org")


def address_of(token: str) -> str:
    return f"https://icv.example.org/reference/{token}"


def ask(session: Session, referee: Referee, by: Actor, at: datetime = NOW) -> None:
    desk.ask_referee(session, referee.person_id, referee.id, CHOICES, address_of=address_of, by=by, at=at)
    session.flush()


def letters(session: Session) -> list[Letter]:
    return list(session.scalars(sa.select(Letter).order_by(Letter.id)))


def tokens(session: Session) -> list[str]:
    """Those in the letters, in order."""
    return [found[1] for one in letters(session) if (found := re.search(r"/reference/(\S+)", one.body))]


def state(session: Session, referee: Referee, at: datetime = NOW) -> RefereeState:
    (days,) = progress_of(session, [referee.person_id])[referee.person_id].referees
    return days.state_on(london_day(at))
