"""Duties given back because their visitor is away or leaves, and the partners told of it by day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.visits import HELD, visit_in_words
from icv.rules.waking import next_waking
from icv.services import letters
from icv.services.people.duties import duties_held, release
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit


def release_duties(
    session: Session, person_id: int, duty_ids: Collection[int], reason: str, *, by: Actor, at: datetime
) -> int:
    """Gives back those of the duties that the person still holds; how many. Their partners are told."""
    person = held_for_change(session, person_id)
    held = [duty for duty, _ in duties_held(session, person_id, london_day(at)) if duty.id in duty_ids]
    if not held:
        raise PeopleError("None of these duties is held any more. Look at the record again.")
    release(session, held, reason, by=by, at=at)
    session.flush()
    tell_partners(session, person, held, at=at)
    return len(held)


def duties_from(session: Session, person_id: int, first_week_on: date) -> list[Duty]:
    """Those that an end on that day gives back: of weeks that begin then or later."""
    held = duties_held(session, person_id, first_week_on)
    return [duty for duty, week_starts_on in held if week_starts_on >= first_week_on]


def tell_partners(session: Session, person: Person, duties: Sequence[Duty], *, at: datetime) -> None:
    """One letter a duty to whoever has the other place; why the person does not come is not said."""
    own, other, partner = aliased(Duty), aliased(Duty), aliased(Person)
    rows = session.execute(
        sa.select(own.id, partner.name, partner.email, Suite.name, Visit.week_starts_on, Visit.week_ends_on)
        .join(Visit, Visit.id == own.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .join(other, sa.and_(other.visit_id == own.visit_id, other.id != own.id, other.state.in_(HELD)))
        .join(partner, partner.id == other.person_id)
        .where(own.id.in_([duty.id for duty in duties]))
        .order_by(own.id)
    )
    for duty_id, name, email, suite, first_on, last_on in rows:
        letters.write(
            session,
            "partner released",
            f"duty {duty_id}",
            email,
            "Somebody else will visit with you",
            f"Dear {name},\n\n{person.name} no longer makes this visit with you:\n\n"
            f"- {visit_in_words(suite, first_on, last_on)}\n\n"
            "You keep your place. The coordinator finds somebody for the other one and you will see their"
            " name under My duties. You need not do anything.\n",
            at=at,
            not_before=next_waking(at),
        )
