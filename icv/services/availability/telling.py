"""Letters about availability: the call, its one reminder, and duties given back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.calls import name_of
from icv.rules.days import Period, day_in_words, london_day, week_in_words
from icv.rules.waking import next_waking
from icv.rules.words import plural
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.accounts import open_accounts
from icv.store.availability import Call, Called, answers
from icv.store.people import Person
from icv.store.visiting import HeldDuty


def write_call(
    session: Session,
    call: Call,
    to: Called,
    address_of_page: PageAddress,
    *,
    is_reminder: bool,
    is_later: bool,
    has_given: bool,
    at: datetime,
) -> None:
    """Says both ways to answer, and what silence means for this visitor.

    `is_later`: the others were asked before this visitor began.
    """
    name = name_of(Period(call.first_on, call.last_on))
    asked = f"When can you visit, {name}?"
    opening = (
        f"The rota for {week_in_words(call.first_on, call.last_on)} is about to be drawn."
        f" {_why_now(call, is_reminder, is_later)}Please say by"
        f" {day_in_words(call.answer_by)} when you can visit, in one of two ways."
    )
    letters.write(
        session,
        "availability chased" if is_reminder else "availability asked",
        f"call {call.id}, person {to.id}",
        to.email,
        f"Reminder: {asked[0].lower()}{asked[1:]}" if is_reminder else asked,
        f"Dear {to.name},\n\n{opening}\n\n"
        f"I have dates: days on which I am away, or other times of the week than before.\n\n"
        f"{address_of_page('/availability/')}\n\n"
        f"I have none to add.\n\n{address_of_page(f'/availability/calls/{call.id}')}\n\n"
        f"{silence_in_words(has_given=has_given)}\n",
        at=at,
        not_before=next_waking(at),
    )


def write_calls(
    session: Session,
    call: Call,
    people: Sequence[Called],
    address_of_page: PageAddress,
    *,
    at: datetime,
    is_reminder: bool = False,
    is_later: bool = False,
) -> None:
    given = answers(session, [person.id for person in people])
    for person in people:
        write_call(
            session,
            call,
            person,
            address_of_page,
            is_reminder=is_reminder,
            is_later=is_later,
            has_given=person.id in given,
            at=at,
        )


def _why_now(call: Call, is_reminder: bool, is_later: bool) -> str:
    if is_reminder:
        return "You have not answered yet. "
    if not is_later:
        return ""
    asked_on = day_in_words(london_day(call.asked_at))
    return f"The others were asked on {asked_on}, before you began; answers are taken until the same day. "


def silence_in_words(*, has_given: bool) -> str:
    """To the visitor."""
    if has_given:
        return "Without an answer, your usual times and the days away you gave before are taken as they are."
    return "You have not given any times so far: without an answer you count as free at any time."


def tell_coordinators(
    session: Session, person: Person, duties: Sequence[HeldDuty], rota_link: str, *, at: datetime
) -> None:
    """One letter to each; a duty is given back once, so the first of them names the letter."""
    if not duties:
        return
    number = plural(len(duties), "visit")
    lines = "\n".join(f"- {duty.words}" for duty in duties)
    letters.write_to_each(
        session,
        "away, duty given back",
        f"duty {duties[0].id}",
        open_accounts(session, Role.COORDINATOR),
        f"{person.name} is away and gives back {number}",
        f"{person.name} is away for the whole of the week, or what is left of it, and gives back:\n\n{lines}"
        "\n\nSomebody else is needed. The other visitor of each pair has been told that you will find"
        f" somebody.\n\n{rota_link}\n",
        at=at,
        not_before=next_waking(at),
    )
