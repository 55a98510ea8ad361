"""Reminders to whoever was asked to take a visit and has not answered, four weeks to one day before it."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.cover import ASKED_DAYS, CoverKind, open_until, reminder_due
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.cover import Unanswered, requests_unanswered

PURPOSE = "cover reminder"


def remind_of_requests(
    session: Session, choices: Choices, address_of_page: PageAddress, at: datetime
) -> None:
    """Of open ones only: what is taken, withdrawn or over is not spoken of again."""
    day = london_day(at)
    due: dict[str, Unanswered] = {}
    for one in requests_unanswered(session, from_day=day):
        ahead = reminder_due(one.first_week_on, london_day(one.asked_at), day, ASKED_DAYS)
        if ahead is not None and day <= open_until(one.first_week_on, choices):
            due[f"request {one.request_id}, person {one.person_id}, {ahead} days"] = one
    for key in sorted(letters.unwritten(session, PURPOSE, due)):
        one = due[key]
        what = "take a visit of" if one.kind is CoverKind.COVER else "swap a visit with"
        letters.write(
            session,
            PURPOSE,
            key,
            one.email,
            f"Still open: could you {what} {one.holder}?",
            f"Dear {one.name},\n\nYou were asked whether you could {what} {one.holder}, and it is still"
            f" open:\n\n- {one.words}\n\n"
            f"Answer with one button: {address_of_page(f'/cover/{one.request_id}')}\n\n"
            f"If you do nothing, nothing changes for you and the visit stays with {one.holder}.\n",
            at=at,
        )
