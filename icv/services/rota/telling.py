"""Letters about duties: what was offered, taken back or cancelled, each told once to each person."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.calendars import CalendarDuty
from icv.rules.visits import DutyState, visit_in_words
from icv.services import letters
from icv.services.letters import Addressee
from icv.services.rota.calendars import CalendarFile, calendar_text
from icv.store.people import Person


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a visit, as a letter says it; `uid` is what calendars know the duty by."""

    person_id: int
    suite_id: int
    week_starts_on: date
    week_ends_on: date
    uid: str


def tell_published(
    session: Session,
    rota_id: int,
    places: Sequence[Place],
    suites: Mapping[int, str],
    *,
    shows_suite: bool,
    link: str,
    at: datetime,
) -> int:
    """One letter a person, with their own duties only, in words and for their calendar; to how many."""
    by_person: defaultdict[int, list[Place]] = defaultdict(list)
    for place in places:
        by_person[place.person_id].append(place)
    drafts = []
    for person in _people(session, by_person):
        own = "\n".join(f"- {_in_words(place, suites)}" for place in by_person[person.id])
        drafts.append(
            letters.Draft(
                "rota published",
                f"rota {rota_id}, person {person.id}",
                person.email,
                "Your visits on the new rota",
                f"Dear {person.name},\n\nThe new rota is published. These are your visits:\n\n{own}\n\n"
                f"{_how_to_answer(link)}",
                _calendar(by_person[person.id], suites if shows_suite else {}, link, at),
            )
        )
    letters.write_all(session, drafts, at=at)
    return len(by_person)


def _calendar(places: Sequence[Place], suites: Mapping[int, str], link: str, at: datetime) -> str:
    """The weeks, as the person's own feed will have them: whoever has both sees each once."""
    duties = tuple(
        CalendarDuty(
            uid=place.uid,
            sequence=0,
            changed_at=at,
            state=DutyState.OFFERED,
            week_starts_on=place.week_starts_on,
            week_ends_on=place.week_ends_on,
            suite=suites.get(place.suite_id, ""),
        )
        for place in places
    )
    return calendar_text(link, duties)


def tell_one(
    session: Session,
    purpose: str,
    duty_id: int,
    to: Addressee,
    subject: str,
    said: str,
    where: str,
    *,
    file: CalendarFile,
    at: datetime,
) -> None:
    """A letter about one duty: `said` is what happened, `where` the suite and the week."""
    body = f"Dear {to.name},\n\n{said}\n\n- {where}\n{file.words}"
    letters.write(session, purpose, f"duty {duty_id}", to.email, subject, body, at=at, calendar=file.calendar)


def _people(session: Session, ids: Collection[int]) -> Sequence[Person]:
    return session.scalars(sa.select(Person).where(Person.id.in_(ids)).order_by(Person.id)).all()


def _in_words(place: Place, suites: Mapping[int, str]) -> str:
    return visit_in_words(suites[place.suite_id], place.week_starts_on, place.week_ends_on)


def _how_to_answer(link: str) -> str:
    where = f":\n\n{link}\n" if link else " in the custody visiting service, under My duties.\n"
    return f"See who goes with you, and say whether you can{where}"
