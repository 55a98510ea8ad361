"""Letters to whoever’s identity card runs out: 60 and 14 days before its last day, and on the day."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.days import day_in_words, london_day
from icv.rules.running_out import DAYS_AHEAD, notice_due
from icv.rules.scheme import Choices
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.people.addressing import addressed
from icv.store.people.papers import papers

PURPOSE = "card runs out"


def remind_of_cards(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """A card that was replaced or came back is not written about."""
    day = london_day(at)
    ending = {
        f"person {line.person_id}, {line.until}, {ahead} days": (line.person_id, line.until)
        for line in papers(session, "", day, max(DAYS_AHEAD)).lines
        if line.until and (ahead := notice_due(line.until, day)) is not None
    }
    due = letters.unwritten(session, PURPOSE, ending)
    people = addressed(session, {ending[key][0] for key in due})
    for key in sorted(due):
        person_id, until = ending[key]
        to = people[person_id]
        subject, said = _said(until, day)
        letters.write(
            session,
            PURPOSE,
            key,
            to.email,
            subject,
            f"Dear {to.name},\n\n{said} The office arranges a new one: please tell them if you have heard"
            " nothing, and bring the old one to exchange it.\n\n"
            f"Your own record: {address_of_page('/record/')}\n",
            at=at,
        )


def _said(until: date, day: date) -> tuple[str, str]:
    if until < day:
        return "Your identity card has run out", f"Your identity card ran out on {day_in_words(until)}."
    if until == day:
        return (
            "Your identity card runs out today",
            "Today is the last day on which your identity card counts.",
        )
    ends = day_in_words(until)
    return f"Your identity card runs out on {ends}", f"Your identity card counts until {ends}."
