"""The certificate of service: what a visitor did for the scheme, as a PDF that can be read aloud."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from icv.papers.apart import run_apart
from icv.rules.days import day_in_words
from icv.rules.words import plural

SOURCE = Path(__file__).with_suffix(".typ")
MOST_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Service:
    """`until` is the last day of service, None while it goes on. `minutes` are over all visits but `untimed`.

    `courses` with the day each was taken. Nothing of vetting belongs here.
    """

    name: str
    scheme: str
    office: str
    since: date
    until: date | None
    visits: int
    minutes: int
    untimed: int
    courses: tuple[tuple[str, date], ...]
    issued_on: date


def certificate(service: Service) -> bytes:
    """A PDF/UA-1. Raises Refusal where a name is written in letters that no font here has."""
    data = {
        "name": service.name,
        "title": "Certificate of service",
        "scheme": service.scheme,
        "served": _served(service),
        "visited": _visited(service),
        "courses": [f"{course}, {day_in_words(on)}" for course, on in service.courses],
        "issued": f"Issued on {day_in_words(service.issued_on)} from the records of the scheme, by:",
        "office": service.office,
        "on": [service.issued_on.year, service.issued_on.month, service.issued_on.day],
    }
    return run_apart(
        "icv.papers.typesetter", str(SOURCE), sent=json.dumps(data).encode(), seconds=MOST_SECONDS
    )


def _served(service: Service) -> str:
    since = day_in_words(service.since)
    if service.until is None:
        return f"has served as an independent custody visitor since {since}, and serves still."
    return f"served as an independent custody visitor from {since} to {day_in_words(service.until)}."


def _visited(service: Service) -> str:
    if not service.visits:
        return ""
    visits = plural(service.visits, "visit")
    if service.untimed == service.visits:
        return f"{visits} to custody suites."
    known = f"{_hours(service.minutes)} spent there"
    if service.untimed:
        known += f", not counting {plural(service.untimed, 'visit')} of which the times are not on record"
    return f"{visits} to custody suites, and {known}."


def _hours(minutes: int) -> str:
    """To the whole hour; the minutes of what is less than two."""
    return plural(minutes, "minute") if minutes < 120 else plural((minutes + 30) // 60, "hour")
