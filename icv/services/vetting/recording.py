"""Recording for many at once that vetting was asked for, or cleared."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.records import VettingFacts
from icv.rules.vetting import is_waiting
from icv.services.people import keep_record
from icv.services.vetting.extending import LeftOut, VettingError
from icv.store.people import Kept
from icv.store.vetting import Vetted, held_for_extending, people_vetted, vettings_of


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody to record it for; `request` is the one that waits and takes the outcome, if there is one."""

    person_id: int
    name: str
    request: Kept[VettingFacts] | None
    records: Sequence[Kept[VettingFacts]]

    def has(self, cleared: VettingFacts) -> bool:
        """That clearance is on record already, and no request waits for another."""
        return self.request is None and any(
            replace(cleared, level=cleared.level or kept.facts.level)
            == replace(kept.facts, requested_on=None)
            for kept in self.records
        )


def to_be_asked(
    session: Session, person_ids: Collection[int], day: date
) -> tuple[list[Chosen], list[LeftOut]]:
    """By name: whose vetting can be recorded as asked for, and for whom it waits already."""
    chosen = _chosen(session, person_ids, day)
    waiting = [
        LeftOut(one.person_id, one.name, f"asked for on {day_in_words(asked_on)} already")
        for one in chosen
        if one.request and (asked_on := one.request.facts.requested_on)
    ]
    return [one for one in chosen if one.request is None], waiting


def to_be_cleared(session: Session, person_ids: Collection[int], day: date) -> list[Chosen]:
    """By name."""
    return _chosen(session, person_ids, day)


def record_asked(
    session: Session,
    person_ids: Collection[int],
    level: str,
    requested_on: date,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """A request for everybody for whom none waits; for how many. Of two at once, one finds it waiting."""
    held_for_extending(session, person_ids)
    people, _ = to_be_asked(session, person_ids, london_day(at))
    if not people:
        raise VettingError("Vetting is asked for already for all of them.")
    facts = VettingFacts(level.strip(), requested_on=requested_on)
    for one in people:
        keep_record(session, one.person_id, facts, by=by, at=at)
    return len(people)


def record_cleared(
    session: Session, person_ids: Collection[int], cleared: VettingFacts, *, by: Actor, at: datetime
) -> int:
    """Into the request that waits, or as a new record; for how many. All of them or, refused, nobody.

    Sent twice it is one: of whom the same is on record, nothing is added.
    """
    held_for_extending(session, person_ids)
    chosen = to_be_cleared(session, person_ids, london_day(at))
    if not chosen:
        raise VettingError("Nobody is chosen whose vetting is looked after.")
    people = [one for one in chosen if not one.has(replace(cleared, level=cleared.level.strip()))]
    if not people:
        raise VettingError("This clearance is on record already for all of them.")
    for one in people:
        asked = one.request.facts if one.request else VettingFacts()
        facts = replace(cleared, level=cleared.level.strip() or asked.level, requested_on=asked.requested_on)
        for field, fault in facts.faults(london_day(at)).items():
            raise VettingError(f"{one.name}: {fault}", field=field)
        keep_record(
            session, one.person_id, facts, record_id=one.request.id if one.request else None, by=by, at=at
        )
    return len(people)


def _chosen(session: Session, person_ids: Collection[int], day: date) -> list[Chosen]:
    people = people_vetted(session, day, person_ids=person_ids)
    of_each = vettings_of(session, [person.id for person in people])
    return [_of(person, of_each[person.id]) for person in people]


def _of(person: Vetted, records: Sequence[Kept[VettingFacts]]) -> Chosen:
    """Of several requests, the one entered last: an outcome answers the latest."""
    waiting = [kept for kept in records if is_waiting(kept.facts)]
    return Chosen(person.id, person.name, waiting[-1] if waiting else None, records)
