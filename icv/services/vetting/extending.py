"""Extending many vettings by one recorded decision: what it would do, and doing it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.days import day_in_words, london_day
from icv.rules.records import VettingFacts
from icv.rules.refusals import Refusal
from icv.rules.vetting import counted
from icv.store.people import Kept, Vetting
from icv.store.trail import note
from icv.store.vetting import (
    ExtendedVetting,
    Extension,
    Vetted,
    held_for_extending,
    people_vetted,
    vettings_of,
)


class VettingError(Refusal):
    """Why an act on vettings is refused."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A new last day for all, and why. It is the day it was taken that says which vettings were in force."""

    until: date
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Extended:
    """A vetting the decision extends, and the last day it counted before."""

    person_id: int
    name: str
    vetting_id: int
    level: str
    before: date


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody the decision changes nothing for, and why not."""

    person_id: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a decision would do, by name. `seal` stands for exactly this: it differs when anything does."""

    extended: tuple[Extended, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def seal(self) -> str:
        return " ".join(f"{one.vetting_id}:{one.before.isoformat()}" for one in self.extended)


def plan(session: Session, person_ids: Collection[int], decision: Decision, *, at: datetime) -> Plan:
    """Raises VettingError where the decision itself makes no sense or would extend nobody's."""
    _refuse_faults(decision, london_day(at))
    people = people_vetted(session, london_day(at), person_ids=person_ids)
    of_each = vettings_of(session, [person.id for person in people])
    found = [_planned(person, of_each[person.id], decision) for person in people]
    planned = Plan(
        tuple(one for one in found if isinstance(one, Extended)),
        tuple(one for one in found if isinstance(one, LeftOut)),
    )
    if not planned.extended:
        why = " ".join(f"{one.name}: {one.why}." for one in planned.left_out[:3])
        raise VettingError(f"Nobody’s vetting would be extended. {why}".strip(), field="until")
    return planned


def extend(
    session: Session,
    person_ids: Collection[int],
    decision: Decision,
    *,
    seen: str,
    by: Actor,
    at: datetime,
) -> int:
    """Returns the id of the decision. `seen` is the seal of the plan that was agreed to."""
    held_for_extending(session, person_ids)
    planned = plan(session, person_ids, decision, at=at)
    if planned.seal != seen:
        raise VettingError("What is on record has changed in the meantime. Look at what would change again.")
    extension = Extension(
        decided_on=decision.decided_on,
        until=decision.until,
        reason=decision.reason.strip(),
        made_at=at,
        made_by_id=by.account_id,
    )
    session.add(extension)
    session.flush()
    session.add_all(
        ExtendedVetting(extension_id=extension.id, vetting_id=one.vetting_id, until_before=one.before)
        for one in planned.extended
    )
    session.execute(
        sa.update(Vetting)
        .where(Vetting.id.in_([one.vetting_id for one in planned.extended]))
        .values(expires_on=decision.until)
    )
    people = len(planned.extended)
    note(session, "extend vettings", "extension", extension.id, by=by.account_id, at=at, people=people)
    for one in planned.extended:
        note(
            session,
            "extend vetting",
            "person",
            one.person_id,
            by=by.account_id,
            at=at,
            record=one.vetting_id,
            extension=extension.id,
        )
    return extension.id


def _refuse_faults(decision: Decision, today: date) -> None:
    if decision.decided_on > today:
        raise VettingError("This day is still to come: enter the day it was decided", field="decided_on")
    if decision.until <= today:
        raise VettingError("The new last day must be after today", field="until")
    if not decision.reason.strip():
        raise VettingError("Enter who decided it, and why", field="reason")


def _planned(person: Vetted, records: Sequence[Kept[VettingFacts]], decision: Decision) -> Extended | LeftOut:
    """The clearance that reaches furthest is the one extended; a decision never shortens, nor revives."""
    spans = [(span, kept) for kept in records if (span := counted(kept.facts))]
    if not spans:
        return LeftOut(person.id, person.name, "no clearance on record to extend")
    span, kept = max(spans, key=lambda one: (one[0].until or date.max, one[1].id))
    if span.until is None:
        return LeftOut(person.id, person.name, "has no last day")
    if kept.facts.refused_on:
        withdrawn = day_in_words(kept.facts.refused_on)
        return LeftOut(person.id, person.name, f"withdrawn on {withdrawn}")
    if span.until >= decision.until:
        return LeftOut(person.id, person.name, f"counts until {day_in_words(span.until)} already")
    if span.until < decision.decided_on:
        ended = f"ended on {day_in_words(span.until)}, before it was decided"
        return LeftOut(person.id, person.name, f"{ended}: record a new clearance instead")
    return Extended(person.id, person.name, kept.id, kept.facts.level, span.until)
