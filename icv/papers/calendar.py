"""A visitor's duties as a calendar (RFC 5545, 7986): the same duties always give the same bytes."""

from datetime import UTC, timedelta
from functools import lru_cache

from icalendar import Calendar, Event, vDatetime, vDDDTypes, vInt, vText, vUri

from icv.rules.calendars import CalendarDuty
from icv.rules.visits import DutyState

REFRESH = timedelta(hours=6)
STATUS = {
    DutyState.OFFERED: vText("TENTATIVE"),
    DutyState.ACCEPTED: vText("CONFIRMED"),
    DutyState.DECLINED: vText("CANCELLED"),
    DutyState.RELEASED: vText("CANCELLED"),
}
TRANSPARENT, PRIVATE = vText("TRANSPARENT"), vText("PRIVATE")


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
    """The week as all-day and transparent: the day and time are the pair's own affair."""
    event = Event()
    changed_at = vDatetime(duty.changed_at.astimezone(UTC).replace(microsecond=0))
    # Put in as what they are: `add` would find that out anew for each of eleven hundred values.
    event["UID"] = vText(f"{duty.uid}@{domain}")
    event["DTSTAMP"] = changed_at
    event["LAST-MODIFIED"] = changed_at
    event["SEQUENCE"] = vInt(duty.sequence)
    event["SUMMARY"] = vText(f"ICV duty: {duty.suite}" if duty.suite else "ICV duty")
    event["DTSTART"] = vDDDTypes(duty.week_starts_on)
    event["DTEND"] = vDDDTypes(duty.week_ends_on + timedelta(days=1))
    event["STATUS"] = STATUS[duty.state]
    event["TRANSP"] = TRANSPARENT
    event["CLASS"] = PRIVATE
    event["URL"] = link
    return event
