"""Letters before vetting comes to its end: to the person, and one a day with everybody to coordinators."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import day_in_words, london_day
from icv.rules.scheme import Choices, Need
from icv.rules.words import plural
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.accounts import Account, open_accounts
from icv.store.trail import TrailEntry, note
from icv.store.vetting import Ending, LateRequest, requests_overdue, vettings_ending

TOLD_LATE = "tell of late vetting"
"""The act under which the trail remembers which requests the coordinators were told of."""


def remind_of_vetting(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """What comes up after the coordinators' letter of a day waits for the next, the person's letter too.

    But a last day does not wait: its person is written to at once, and whoever recorded it knows.
    """
    day = london_day(at)
    coordinators = open_accounts(session, Role.COORDINATOR)
    is_told = bool(coordinators) and _is_told(session, coordinators, day)
    due = [one for one in vettings_ending(session, day) if one.last_day == day or not is_told]
    by_key = {_key(one): one for one in due}
    unwritten = letters.unwritten(session, _ENDS, by_key)
    ending = [
        one
        for key, one in by_key.items()
        if key in unwritten and _tell_person(session, one, choices, address_of_page("/record/"), at)
    ]
    if is_told:
        return
    late = _untold(session, requests_overdue(session, day, choices)) if coordinators else []
    if not (ending or late):
        return
    for account in coordinators:
        _tell_coordinator(session, account, ending, late, choices, address_of_page("/people/vetting/"), at)
    for one in late:
        note(session, TOLD_LATE, "vetting", one.vetting_id, by=None, at=at)


def _is_told(session: Session, coordinators: Sequence[Account], day: date) -> bool:
    keys = [_of_day(account, day) for account in coordinators]
    return len(letters.unwritten(session, _LIST, keys)) < len(keys)


def _untold(session: Session, late: Sequence[LateRequest]) -> list[LateRequest]:
    """Those of which the coordinators have not been told yet."""
    told = set(
        session.scalars(
            sa.select(TrailEntry.subject_id).where(
                TrailEntry.subject == "vetting",
                TrailEntry.subject_id.in_([one.vetting_id for one in late]),
                TrailEntry.act == TOLD_LATE,
            )
        )
    )
    return [one for one in late if one.vetting_id not in told]


def _tell_person(session: Session, one: Ending, choices: Choices, record: str, at: datetime) -> bool:
    """Whether the letter is a new one. It says the day and what to do, and nothing of the vetting itself."""
    ends_on, name = day_in_words(one.last_day), one.person.name
    said = [
        f"Dear {name},",
        f"Your vetting counts until {ends_on}: that is {_from_now(one, at)}.",
        _what_to_do(one),
    ]
    if Need.VETTING in choices.clearance_needs:
        said.append("After that day you cannot visit until it is renewed.")
    if one.person.account_id is not None:
        said.append(f"What the scheme holds about you is here:\n\n{record}")
    return letters.write(
        session,
        _ENDS,
        _key(one),
        one.person.email,
        f"Your vetting ends on {ends_on}",
        "\n\n".join(said) + "\n",
        at=at,
    )


def _from_now(one: Ending, at: datetime) -> str:
    days = (one.last_day - london_day(at)).days
    return f"in {plural(days, 'day')}" if days else "today"


def _what_to_do(one: Ending) -> str:
    if one.renewal_asked_on:
        asked_on = day_in_words(one.renewal_asked_on)
        return (
            f"Its renewal was asked for on {asked_on}. If you are sent a form or a question about it, please"
            " answer soon; otherwise you need do nothing."
        )
    return (
        "What to do next: if the office has sent you a form for its renewal, please send it back soon. If you"
        " have heard nothing yet, ask the coordinator."
    )


def _tell_coordinator(
    session: Session,
    account: Account,
    ending: Sequence[Ending],
    late: Sequence[LateRequest],
    choices: Choices,
    board: str,
    at: datetime,
) -> None:
    said = [choices.records_marking, f"Dear {account.name},"]
    if ending:
        said.append("Vetting comes to its end. Each of them has a letter too:")
        said.append("\n".join(_line_of_ending(one, at) for one in ending))
    if late:
        waits = plural(choices.vetting_overdue_days, "day")
        said.append(f"Vetting was asked for more than {waits} ago, and no outcome is recorded:")
        said.append("\n".join(f"- {one.person.name}: {day_in_words(one.asked_on)}" for one in late))
    said.append(f"Everybody’s vetting is here:\n\n{board}")
    letters.write(
        session,
        _LIST,
        _of_day(account, london_day(at)),
        account,
        "Vetting that needs you",
        "\n\n".join(said) + "\n",
        at=at,
    )


def _line_of_ending(one: Ending, at: datetime) -> str:
    renewal = (
        f"; renewal asked for on {day_in_words(one.renewal_asked_on)}"
        if one.renewal_asked_on
        else "; no renewal asked for"
    )
    return f"- {one.person.name}: {day_in_words(one.last_day)}, {_from_now(one, at)}{renewal}"


_ENDS, _LIST = "vetting ends", "vetting list"


def _key(one: Ending) -> str:
    return f"person {one.person.id}, until {one.last_day}, {one.threshold} days"


def _of_day(account: Account, day: date) -> str:
    return f"{day}, account {account.id}"
