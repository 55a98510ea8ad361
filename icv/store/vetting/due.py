"""Whose vetting comes to its end, and whose request has waited too long: what letters and Today tell of."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from icv.rules.days import ONE_DAY
from icv.rules.records import VettingFacts
from icv.rules.scheme import Choices
from icv.rules.stages import APPOINTED
from icv.rules.vetting import (
    counted,
    covered_until,
    is_overdue,
    is_waiting,
    standing_of,
    threshold,
)
from icv.store.people import Kept
from icv.store.vetting.records import Vetted, people_vetted, vettings_of


@dataclass(frozen=True, slots=True)
class Ending:
    """A visitor's vetting near its last day, and which of the letters about it is due (days before).

    `renewal_asked_on`: a request that has no outcome yet.
    """

    person: Vetted
    vetting_id: int
    last_day: date
    threshold: int
    renewal_asked_on: date | None


@dataclass(frozen=True, slots=True)
class LateRequest:
    """A request without an outcome; `late_on` is the first day on which it had waited too long."""

    person: Vetted
    vetting_id: int
    asked_on: date
    late_on: date


def vettings_ending(session: Session, day: date) -> list[Ending]:
    """Of visitors in office, by name. A vetting that the next one follows without a gap does not end."""
    found = []
    people = [person for person in people_vetted(session, day) if person.stage in APPOINTED]
    of_each = vettings_of(session, [person.id for person in people])
    for person in people:
        records = of_each[person.id]
        standing = standing_of([kept.facts for kept in records])
        last_day = covered_until(standing.vettings, day)
        due = threshold(last_day, day) if last_day else None
        if last_day and due is not None:
            vetting_id = _ends_on(records, last_day)
            found.append(Ending(person, vetting_id, last_day, due, standing.vetting_requested_on))
    return found


def requests_overdue(session: Session, day: date, choices: Choices) -> list[LateRequest]:
    """Of everybody on the vetting board, the oldest first."""
    people = people_vetted(session, day)
    of_each = vettings_of(session, [person.id for person in people])
    waits = timedelta(days=choices.vetting_overdue_days)
    found = [
        LateRequest(person, kept.id, asked_on, asked_on + waits + ONE_DAY)
        for person in people
        for kept in of_each[person.id]
        if is_waiting(kept.facts)
        and (asked_on := kept.facts.requested_on)
        and is_overdue(asked_on, day, choices.vetting_overdue_days)
    ]
    return sorted(found, key=lambda late: late.asked_on)


def _ends_on(records: list[Kept[VettingFacts]], last_day: date) -> int:
    """The record that counts to the last day; of several, the one entered last."""
    return max(kept.id for kept in records if (span := counted(kept.facts)) and span.until == last_day)
