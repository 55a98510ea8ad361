"""Whoever began to visit after a call for availability went out is asked too."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.services.availability.telling import write_calls
from icv.services.letters import PageAddress
from icv.store.availability import Call, CallAnswer, newcomers, open_calls
from icv.store.trail import note


def ask_newcomers(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Whoever has begun to visit since is asked too, once, and until the same day as the others."""
    for line in open_calls(session, london_day(at)):
        if not newcomers(session, line, line.id):
            continue
        call = session.get_one(Call, line.id, with_for_update=True)
        people = newcomers(session, line, line.id)
        session.add_all(
            CallAnswer(call_id=call.id, person_id=person.id, asked_later_at=at) for person in people
        )
        session.flush()
        write_calls(session, call, people, address_of_page, at=at, is_later=True)
        if people:
            ids = [person.id for person in people]
            note(session, "ask newcomers", "availability call", call.id, by=None, at=at, people=ids)
