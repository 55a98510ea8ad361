"""When the visitors of today can visit: most have answered, some are away for a while."""

from datetime import date, timedelta

from benchmarks.making.chance import Chance, at
from benchmarks.making.members import Member
from benchmarks.making.rows import Rows
from icv.rules.days import Period
from icv.rules.timeslots import Grid
from icv.store.availability import Availability, DaysAway, FreeSlot
from icv.store.people import Conflict


def make_availability(rows: Rows, members: list[Member], chance: Chance, monday: date) -> None:
    slots = Grid().slots()
    for member in members:
        if member.left_on:
            continue
        if chance.happens(0.85):
            wanted = chance.choice((None, 1, 2, 3))
            rows.link(
                Availability,
                person_id=member.id,
                given_at=at(monday - timedelta(days=14)),
                wanted_a_month=wanted,
                most_a_month=None,
            )
            for weekday, band in chance.sample(slots, chance.randint(10, 22)):
                rows.link(FreeSlot, person_id=member.id, weekday=weekday, band=band)
        if chance.happens(0.3):
            first = chance.day(monday + timedelta(days=7), 150)
            away = Period(first, first + timedelta(days=chance.randint(3, 20)))
            rows.add(DaysAway, person_id=member.id, first_on=away.first, last_on=away.last)
            member.gaps.append(away)
    _declare_conflicts(rows, members)


def _declare_conflicts(rows: Rows, members: list[Member]) -> None:
    """A few, each with somebody who had left before: no pair drawn here can break one."""
    gone = [member for member in members if member.left_on]
    for member, other in zip(members[::20], gone[::20], strict=False):
        if member.left_on is None and other.left_on:
            rows.add(Conflict, person_id=member.id, with_person_id=other.id, declared_on=other.left_on)
