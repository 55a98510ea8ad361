"""Asking referees by letter: one, all of one applicant, or those of several."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import london_day
from icv.rules.refereeing import RefereeState
from icv.rules.scheme import Choices
from icv.rules.stages import PIPELINE
from icv.services.people.moving import held_for_change, last_step
from icv.services.references.errors import ReferenceRefused
from icv.services.references.naming import held_referee
from icv.services.references.posting import AddressOf, post, with_link
from icv.services.references.wording import first_letter
from icv.store.people import Person, Referee, referee_days
from icv.store.references import ToAsk, people_to_ask_about
from icv.store.trail import note

MAY_BE_ASKED = frozenset({RefereeState.NAMED, RefereeState.ASKED, RefereeState.FAILED})


def ask_referee(
    session: Session,
    person_id: int,
    referee_id: int,
    choices: Choices,
    *,
    address_of: AddressOf,
    by: Actor,
    at: datetime,
) -> None:
    """Writes the letter and sets a new last day. Not twice in one day; links sent before work on until it."""
    person = _applicant(session, person_id)
    referee = held_referee(session, person_id, referee_id)
    if fault := _why_not(referee, at):
        raise ReferenceRefused(fault)
    _ask(session, person, referee, choices, address_of=address_of, by=by, at=at)


def ask_all(
    session: Session, person_id: int, choices: Choices, *, address_of: AddressOf, by: Actor, at: datetime
) -> list[str]:
    """Asks everybody named and not asked yet who has an address, and those who failed; their names."""
    person = _applicant(session, person_id)
    named = session.scalars(
        sa.select(Referee).where(Referee.person_id == person_id).order_by(Referee.id).with_for_update()
    )
    to_ask = [referee for referee in named if _state(referee, at) in _NOT_ASKED and not _why_not(referee, at)]
    for referee in to_ask:
        _ask(session, person, referee, choices, address_of=address_of, by=by, at=at)
    return [referee.name for referee in to_ask]


def ask_for_several(
    session: Session,
    person_ids: Collection[int],
    choices: Choices,
    *,
    address_of: AddressOf,
    by: Actor,
    at: datetime,
) -> list[tuple[str, list[str]]]:
    """Of each applicant the name and whom it asked; left out are those of whom nobody was to be asked."""
    found = people_to_ask_about(session, person_ids, choices.references_wanted, london_day(at))
    to_ask = sorted((one for one in found if one.is_applicant and one.would_ask), key=_by_id)
    return [
        (one.name, ask_all(session, one.person_id, choices, address_of=address_of, by=by, at=at))
        for one in to_ask
    ]


def _by_id(one: ToAsk) -> int:
    """Records are kept from others in this order wherever several are, so that nobody waits for ever."""
    return one.person_id


_NOT_ASKED = frozenset({RefereeState.NAMED, RefereeState.FAILED})


def _applicant(session: Session, person_id: int) -> Person:
    person = held_for_change(session, person_id)
    last = last_step(session, person_id)
    if last and last.stage not in PIPELINE:
        raise ReferenceRefused(
            f"{person.name} is at the stage “{last.stage.words}”: references are asked of applicants"
        )
    return person


def _state(referee: Referee, at: datetime) -> RefereeState:
    days = referee_days(referee.asked_at, referee.fails_on, referee.answered_at, referee.given_up_on)
    return days.state_on(london_day(at))


def _why_not(referee: Referee, at: datetime) -> str | None:
    state = _state(referee, at)
    if state not in MAY_BE_ASKED:
        return f"{referee.name}: {state.words}. There is nothing to ask."
    if not referee.email:
        name = referee.name
        return f"{name} has no e-mail address. Enter it, or type their reference in when it comes on paper."
    if referee.asked_at and london_day(referee.asked_at) == london_day(at):
        return f"{referee.name} was asked today already."
    return None


def _ask(
    session: Session,
    person: Person,
    referee: Referee,
    choices: Choices,
    *,
    address_of: AddressOf,
    by: Actor,
    at: datetime,
) -> None:
    referee.asked_at, referee.chased_at = at, None
    referee.fails_on = london_day(at) + timedelta(days=choices.reference_days)
    asking, link = with_link(session, person, referee, address_of, at)
    post(session, "reference asked", referee, first_letter(asking, choices), link, at)
    note(session, "ask for reference", "person", person.id, by=by.account_id, at=at, referee=referee.id)
