"""Letters about duties: what was offered, taken back or cancelled, each told once to each person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.days import week_in_words
from icv.services import letters
from icv.store.people import Person


class Addressee(Protocol):
    """Whoever has a name and an e-mail address."""

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a visit, as a letter says it."""

    person_id: int
    suite_id: int
    week_starts_on: date
    week_ends_on: date


def tell_published(
    session: Session,
    rota_id: int,
    places: Sequence[Place],
    suites: Mapping[int, str],
    *,
    link: str,
    at: datetime,
) -> int:
    """One letter a person, with their own duties only; to how many."""
    by_person: defaultdict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_person[place.person_id].append(place)
    for person in _people(session, by_person):
        own = "\n".join(f"- {_in_words(place, suites)}" for place in by_person[person.id])
        letters.write(
            session,
            "rota published",
            f"rota {rota_id}, person {person.id}",
            person.email,
            "Your visits on the new rota",
            f"Dear {person.name},\n\nThe new rota is published. These are your visits:\n\n{own}\n\n"
            f"{_how_to_answer(link)}",
            at=at,
        )
    return len(by_person)


def tell_one(
    session: Session,
    purpose: str,
    duty_id: int,
    to: Addressee,
    subject: str,
    said: str,
    where: str,
    *,
    at: datetime,
) -> None:
    """A letter about one duty: `said` is what happened, `where` the suite and the week."""
    body = f"Dear {to.name},\n\n{said}\n\n- {where}\n"
    letters.write(session, purpose, f"duty {duty_id}", to.email, subject, body, at=at)


def _people(session: Session, ids: Collection[int]) -> Sequence[Person]:
    return session.scalars(sa.select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()


def _in_words(place: Place, suites: Mapping[int, str]) -> str:
    return f"{suites[place.suite_id]}, week of {week_in_words(place.week_starts_on, place.week_ends_on)}"


def _how_to_answer(link: str) -> str:
    where = f":\n\n{link}\n" if link else " in the custody visiting service, under My duties.\n"
    return f"See who goes with you, and say whether you can{where}"
