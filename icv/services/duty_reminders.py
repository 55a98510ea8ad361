"""Reminders of a duty: more often of one that was not answered, twice of one that was accepted."""

from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.cover import ACCEPTED_DAYS, UNANSWERED_DAYS, reminder_due
from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.rules.visits import DutyState
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.cover import DutyToCome, duties_to_come

PURPOSE = "duty reminder"


def remind_of_duties(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Never of one that was declined, released or cancelled, and never twice of the same day."""
    day = london_day(at)
    due: dict[str, DutyToCome] = {}
    for one in duties_to_come(session, from_day=day, days=max(UNANSWERED_DAYS)):
        days_ahead = UNANSWERED_DAYS if one.state is DutyState.OFFERED else ACCEPTED_DAYS
        ahead = reminder_due(one.week_starts_on, london_day(one.changed_at), day, days_ahead)
        if ahead is not None:
            due[f"duty {one.duty_id}, {one.state.value}, {ahead} days"] = one
    for key in sorted(letters.unwritten(session, PURPOSE, due)):
        subject, said = _said(due[key], address_of_page)
        letters.write(session, PURPOSE, key, due[key].email, subject, said, at=at)


def _said(duty: DutyToCome, page: PageAddress) -> tuple[str, str]:
    link = page(f"/duties/{duty.duty_id}")
    if duty.state is DutyState.OFFERED:
        return (
            f"Please answer: your visit to {duty.suite}",
            f"Dear {duty.name},\n\nYou have not said yet whether you can make this visit:\n\n"
            f"- {duty.words}\n\n"
            f"Answer with one button: {link}\n\n"
            "Until you answer it stays yours, and the other visitor counts on you. If you cannot make it, say"
            " so there: the sooner, the easier it is to find somebody else.\n",
        )
    return (
        f"Coming up: your visit to {duty.suite}",
        f"Dear {duty.name},\n\nYou have accepted this visit:\n\n- {duty.words}\n\n"
        f"If you have not yet agreed a day and time with the other visitor, do so now: {link}\n\n"
        "If you cannot make it after all, say so there at once.\n",
    )
