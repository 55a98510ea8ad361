"""Reminders: what is looked at every hour of the day, so that letters go out when something comes near."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from icv.rules.days import london_day
from icv.rules.scheme import Choices
from icv.rules.waking import is_waking
from icv.services import duty_reminders, report_reminders
from icv.services.availability import ask_newcomers, chase_calls
from icv.services.cover import last_days, nudging
from icv.services.findings import chase_replies
from icv.services.letters import PageAddress
from icv.services.people import card_letters
from icv.services.recruitment.telling import tell_of_applications
from icv.services.references.chasing import chase_references
from icv.services.reports.word_letters import ask_for_words
from icv.services.training import lapsing, upcoming
from icv.services.vetting import remind_of_vetting
from icv.store.scheme import choices_on

Reminder = Callable[[Session, Choices, PageAddress, datetime], None]
"""Writes the letters that are due. Asked again an hour later, it must not write them twice."""

REMINDERS: tuple[Reminder, ...] = (
    tell_of_applications,
    card_letters.remind_of_cards,
    lapsing.remind_of_training,
    upcoming.remind_of_sessions,
    remind_of_vetting,
    chase_references,
    ask_newcomers,
    chase_calls,
    duty_reminders.remind_of_duties,
    report_reminders.remind_of_reports,
    ask_for_words,
    nudging.remind_of_requests,
    last_days.end_requests,
    chase_replies,
)


def remind(session: Session, reminder: Reminder, address_of_page: PageAddress, *, at: datetime) -> None:
    """Asks one of them, by day only. Each in a transaction of its own: one that fails holds up no other."""
    if is_waking(at):
        reminder(session, choices_on(session, london_day(at)), address_of_page, at)
