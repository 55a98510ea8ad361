"""Calendar files for letters about a duty given, taken back or called off: its week, never an agreed time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.papers.calendar import calendar_of
from icv.rules.calendars import CalendarDuty
from icv.rules.visits import HELD
from icv.store.sealed import time_sequence
from icv.store.suites import Suite
from icv.store.visits import Duty, Visit


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What goes with the letter, and the words that say what it does. Both empty: nothing goes with it."""

    calendar: str = ""
    words: str = ""


NO_FILE = CalendarFile()


@dataclass(frozen=True, slots=True)
class Files:
    """Duties of some visits as calendars know them, by visit and person; of two of one person the latest."""

    link: str
    duties: Mapping[tuple[int, int], CalendarDuty]

    def of(self, person_id: int, *visit_ids: int) -> CalendarFile:
        """What becomes of these visits in the person's calendar."""
        duties = tuple(
            self.duties[visit_id, person_id] for visit_id in visit_ids if (visit_id, person_id) in self.duties
        )
        if not duties:
            return NO_FILE
        return CalendarFile(calendar_text(self.link, duties), self._words(duties))

    def _words(self, duties: Sequence[CalendarDuty]) -> str:
        shows = "shows the week of the visit" if any(one.state in HELD for one in duties) else ""
        takes = "takes out what you had put in before" if any(one.state not in HELD for one in duties) else ""
        return (
            "\nOpened in your calendar, the file with this letter"
            f" {' and '.join(filter(None, (shows, takes)))}. It says no day or time. A calendar that keeps"
            f" itself up to date is offered under My duties: {self.link}\n"
        )


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """The address of the visitors' duties, and whether calendars say the suite. Without an address they would
    not know a duty again: no file goes with any letter."""

    address: str
    shows_suite: bool


def calendar_text(link: str, duties: tuple[CalendarDuty, ...]) -> str:
    """The file itself. `link` is the address of the visitors' duties: its domain is part of what they are
    known by."""
    domain = urlsplit(link).hostname or "localhost"
    return calendar_of("ICV duties", domain, link, duties).decode()


def calendar_files(session: Session, visit_ids: Collection[int], link: CalendarLink) -> Files:
    """For whoever has, or has just had, a place on these visits.

    No METHOD: an invitation would need an organiser. The same UID with a higher SEQUENCE replaces what an
    earlier letter brought.
    """
    if not link.address:
        return Files("", {})
    rows = session.execute(
        sa.select(
            Duty.visit_id,
            Duty.person_id,
            Duty.uid,
            Duty.sequence + sa.func.coalesce(time_sequence(), 0),
            Duty.state,
            Duty.changed_at,
            Visit.week_starts_on,
            Visit.week_ends_on,
            Suite.name,
        )
        .join(Visit, Visit.id == Duty.visit_id)
        .join(Suite, Suite.id == Visit.suite_id)
        .where(Duty.visit_id.in_(visit_ids))
        .order_by(Duty.id)
    )
    duties = {
        (row[0], row[1]): CalendarDuty(*row[2:8], suite=row[8] if link.shows_suite else "") for row in rows
    }
    return Files(link.address, duties)
