"""A visitor's duties as a calendar (RFC 5545, 7986): the same duties always give the same bytes."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, vDatetime, vDDDTypes, vInt, vText, vUri

from icv.rules.calendars import CalendarDuty
from icv.rules.sealed import ALARM_BEFORE, TAKES
from icv.rules.visits import HELD, DutyState

REFRESH = timedelta(hours=6)
STATUS = {
    DutyState.OFFERED: vText("TENTATIVE"),
    DutyState.ACCEPTED: vText("CONFIRMED"),
    DutyState.DECLINED: vText("CANCELLED"),
    DutyState.RELEASED: vText("CANCELLED"),
}
TRANSPARENT, OPAQUE, PRIVATE = vText("TRANSPARENT"), vText("OPAQUE"), vText("PRIVATE")


@lru_cache(maxsize=512)
def calendar_of(title: str, domain: str, link: str, duties: tuple[CalendarDuty, ...]) -> bytes:
    """Kept once built. `link` leads to what the calendar does not say.

    No METHOD (RFC 5546 would then ask for an organiser) and no time zones: weeks are whole days, and every
    stamp is in UTC. Nothing in it comes from the present moment.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Custody visiting manager//Duties//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for duty in duties:
        calendar.add_component(_event(duty, domain, vUri(link)))
    body: bytes = calendar.to_ical()
    return body


def _event(duty: CalendarDuty, domain: str, link: vUri) -> Event:
    """One event a duty: its week, all-day and transparent, until its own pair's calendar knows the time."""
    event = Event()
    changed_at = vDatetime(duty.changed_at.astimezone(UTC).replace(microsecond=0))
    # Put in as what they are: `add` would find that out anew for each of eleven hundred values.
    event["UID"] = vText(f"{duty.uid}@{domain}")
    event["DTSTAMP"] = changed_at
    event["LAST-MODIFIED"] = changed_at
    event["SEQUENCE"] = vInt(duty.sequence)
    event["SUMMARY"] = vText(f"ICV duty: {duty.suite}" if duty.suite else "ICV duty")
    event["STATUS"] = STATUS[duty.state]
    event["CLASS"] = PRIVATE
    event["URL"] = link
    if duty.starts_at is None or duty.state not in HELD:
        event["DTSTART"] = vDDDTypes(duty.week_starts_on)
        event["DTEND"] = vDDDTypes(duty.week_ends_on + timedelta(days=1))
        event["TRANSP"] = TRANSPARENT
    else:
        _set_time(event, duty.starts_at)
    return event


def _set_time(event: Event, starts_at: datetime) -> None:
    """In UTC: readers place times of a named zone wrongly around the clock change."""
    event["DTSTART"] = vDatetime(starts_at.astimezone(UTC))
    event["DTEND"] = vDatetime((starts_at + TAKES).astimezone(UTC))
    event["TRANSP"] = OPAQUE
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm["DESCRIPTION"] = event["SUMMARY"]
    event.add_component(alarm)
