"""Ann and Bo with a visit in four weeks, two who could take it, and a browser for each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from icv.rules.access import Role
from icv.rules.days import monday_of
from icv.rules.visits import HELD
from icv.store.availability import DaysAway
from icv.store.cover import CoverRequest
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.rota import Rota, RotaState
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

BrowseAs = Callable[..., Browser]
WEEK = timedelta(weeks=1)
IN_FOUR_WEEKS = monday_of(TODAY) + 4 * WEEK


class Scheme:
    """Ann and Bo go to Euston Street in four weeks; Cy and Di could, Ed is away."""

    def __init__(self, make: Workshop, browse_as: BrowseAs) -> None:
        self.make, self.browse_as = make, browse_as
        names = ("Ann Hart", "Bo Sample", "Cy Young", "Di Moss", "Ed Away")
        self.ann, self.bo, self.cy, self.di, self.ed = (
            make.person(name=name, phone=f"+44 7700 90012{number}") for number, name in enumerate(names)
        )
        make.keep(DaysAway(person_id=self.ed.id, first_on=IN_FOUR_WEEKS, last_on=IN_FOUR_WEEKS + WEEK))
        published = {
            "state": RotaState.PUBLISHED,
            "published_at": NOW,
            "certificate": {"words": "Nothing better"},
        }
        rota = make.keep(Rota(first_on=TODAY, last_on=TODAY + 9 * WEEK, seed=1, made_at=NOW, **published))
        self.rota_id = rota.id
        self.visit = make.visit(
            make.suite("Euston Street"), self.ann, self.bo, week=IN_FOUR_WEEKS, rota_id=rota.id
        )
        self.duty = make.session.scalars(sa.select(Duty).where(Duty.person_id == self.ann.id)).one()

    def as_(self, person: Person) -> Browser:
        return self.browse_as(Role.VOLUNTEER, person=person)

    def asked(self, words: str = "") -> int:
        """Ann asks all who may."""
        page = self.as_(self.ann).get(f"/cover/duties/{self.duty.id}")
        page.send({"words": words}, button="Ask those ticked")
        return self.make.session.scalars(sa.select(CoverRequest.id)).one()

    def holders(self) -> set[str]:
        held = sa.select(Person.name).join(Duty, Duty.person_id == Person.id)
        return set(
            self.make.session.scalars(held.where(Duty.visit_id == self.visit.id, Duty.state.in_(HELD)))
        )

    def told(self, person: Person) -> list[str]:
        asked = sa.select(Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id)
        return list(self.make.session.scalars(asked))


@pytest.fixture
def scheme(make: Workshop, browse_as: BrowseAs) -> Scheme:
    return Scheme(make, browse_as)
