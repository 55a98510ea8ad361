"""Reminders of a report that has not come: a phone may still hold it, and forgets it after a week."""

from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from icv.rules.days import ONE_DAY, Period, from_wall_clock, london_day
from icv.rules.scheme import Choices
from icv.services import letters
from icv.services.letters import PageAddress
from icv.store.unsent import Unsent, unsent_reports

PURPOSE = "report not sent"
HOURS = (24, 72)
LATEST = timedelta(days=7)
"""After the week's end nobody is reminded any more: the coordinator sees the visit as overdue."""


def remind_of_reports(session: Session, choices: Choices, address_of_page: PageAddress, at: datetime) -> None:
    """Writes to both of the pair, each hour's letter once; of two that are due, only the later."""
    today = london_day(at)
    due: dict[str, tuple[Unsent, int]] = {}
    for one in unsent_reports(session, Period(today - LATEST, today - ONE_DAY)):
        over_at = from_wall_clock(datetime.combine(one.week_ends_on + ONE_DAY, time()))
        hours = max((hours for hours in HOURS if over_at + timedelta(hours=hours) <= at), default=None)
        if hours is not None:
            due[f"visit {one.visit_id}, person {one.person_id}, {hours} hours"] = (one, hours)
    for key in sorted(letters.unwritten(session, PURPOSE, due)):
        one, hours = due[key]
        link = address_of_page(f"/visits/{one.visit_id}/report")
        subject = f"{'Still no report' if hours > HOURS[0] else 'Your report'}: {one.suite}"
        letters.write(session, PURPOSE, key, one.email, subject, _said(one, hours, link), at=at)


def _said(one: Unsent, hours: int, link: str) -> str:
    begun = (
        "You or your partner have begun the report, and it has not been sent yet."
        if one.parts
        else "The week is over and no report of this visit has been received."
    )
    last = (
        "\nThis is the last reminder. Without a report the coordinator has to count the visit as not made.\n"
        if hours > HOURS[0]
        else ""
    )
    return (
        f"Dear {one.name},\n\n{begun}\n\n- {one.visit_in_words}\n\n"
        f"Go on with it here: {link}\n\n"
        "If you wrote it on your phone without signal, open that page on the same phone: what you wrote is"
        " still there and is sent by itself. Some phones forget it after a week.\n\n"
        "If the visit could not be made, the report has a short way to say so. If your partner has"
        f" the report, talk to each other: one of you sends it for both.\n{last}"
    )
