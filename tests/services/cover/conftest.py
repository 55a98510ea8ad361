"""Ann and Bo with a visit in four weeks, and two who could take it."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.cover import CoverState
from icv.rules.days import monday_of
from icv.rules.scheme import Choices
from icv.rules.visits import HELD
from icv.services import cover as desk
from icv.store.cover import CoverRequest, duty_in_hand
from icv.store.letters import Letter
from icv.store.people import Person
from icv.store.visits import Duty, Visit
from tests.workshop import NOW, TODAY, Workshop

WEEK = timedelta(weeks=1)
IN_FOUR_WEEKS = monday_of(TODAY) + 4 * WEEK


def page(path: str) -> str:
    return f"https://icv.example{path}"


class Pair:
    """Ann and Bo go to Euston Street in four weeks; Cy and Di could; an account each."""

    def __init__(self, session: Session, make: Workshop) -> None:
        self.session, self.make = session, make
        self.suite = make.suite("Euston Street")
        self.ann, self.bo, self.cy, self.di = (make.person(name=name) for name in ("Ann", "Bo", "Cy", "Di"))
        self.visit = make.visit(self.suite, self.ann, self.bo, week=IN_FOUR_WEEKS)
        self.duty = session.scalars(sa.select(Duty).where(Duty.person_id == self.ann.id)).one()
        self.by = {
            one.id: make.actor(Role.VOLUNTEER, person=one) for one in (self.ann, self.bo, self.cy, self.di)
        }
        self.office = make.actor(Role.COORDINATOR)

    def actor(self, person: Person) -> Actor:
        return self.by[person.id]

    def may(self, duty: Duty | None = None) -> list[desk.MayTake]:
        known = duty_in_hand(self.session, (duty or self.duty).id)
        assert known
        return desk.who_may_take(self.session, known, Choices())

    def ask(self, *people: Person, by: Actor | None = None, at: datetime = NOW, words: str = "") -> int:
        return desk.ask_cover(
            self.session,
            self.duty.id,
            [one.id for one in people],
            self.may(),
            words,
            choices=Choices(),
            by=by or self.actor(self.ann),
            at=at,
            page=page,
        )

    def take(self, request: int, person: Person, *, by: Actor | None = None, at: datetime = NOW) -> object:
        by = by or self.actor(person)
        return desk.take(self.session, request, person.id, choices=Choices(), by=by, at=at, page=page)

    def offer_swap(self, mine: Duty, theirs: Duty) -> int:
        known = duty_in_hand(self.session, mine.id)
        assert known
        return desk.ask_swap(
            self.session,
            mine.id,
            theirs.id,
            desk.swaps_for(self.session, known, Choices(), on=TODAY),
            "",
            choices=Choices(),
            by=self.by[mine.person_id],
            at=NOW,
            page=page,
        )

    def holders(self, visit: Visit | None = None) -> dict[int, str]:
        rows = self.session.execute(
            sa.select(Duty.place, Person.name)
            .join(Person, Person.id == Duty.person_id)
            .where(Duty.visit_id == (visit or self.visit).id, Duty.state.in_(HELD))
        )
        return {place: name for place, name in rows}  # noqa: C416

    def told(self, person: Person) -> list[str]:
        asked = sa.select(Letter.subject).where(Letter.to_email == person.email).order_by(Letter.id)
        return list(self.session.scalars(asked))

    def state(self, request: int) -> CoverState:
        return self.session.get_one(CoverRequest, request).state


@pytest.fixture
def pair(session: Session, make: Workshop) -> Pair:
    return Pair(session, make)
