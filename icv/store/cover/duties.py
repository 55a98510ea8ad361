"""A duty with all that answering it, covering it or acting for its visitor has to know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.visits import HELD, DutyState, Outcome, visit_in_words
from icv.store.people import Person
from icv.store.suites import Suite
from icv.store.visits import IS_TO_DETAINEES, Duty, Visit


@dataclass(frozen=True, slots=True)
class DutyInHand:
    """Somebody's place on a visit. `partner` is empty while nobody has the other place."""

    id: int
    visit_id: int
    rota_id: int | None
    place: int
    person_id: int
    name: str
    email: str
    state: DutyState
    reason: str
    was_answered_for: bool
    suite_id: int
    suite: str
    week_starts_on: date
    week_ends_on: date
    is_scheduled: bool
    outcome: Outcome | None
    partner_id: int | None
    partner: str
    partner_email: str
    is_to_detainees: bool = True

    @property
    def words(self) -> str:
        """Euston Street, week of 9 March to 15 March 2026"""
        return visit_in_words(self.suite, self.week_starts_on, self.week_ends_on)

    @property
    def is_to_come(self) -> bool:
        """Held, and nothing is recorded of its visit yet."""
        return self.state in HELD and self.outcome is None


def duty_columns() -> tuple[tuple[Any, ...], "Joins"]:
    """What a `DutyInHand` is made of, in its order, and the joins that it takes from `duties` on."""
    other, partner = aliased(Duty), aliased(Person)
    columns = (
        Duty.id,
        Duty.visit_id,
        Visit.rota_id,
        Duty.place,
        Duty.person_id,
        Person.name,
        Person.email,
        Duty.state,
        Duty.reason,
        Duty.was_answered_for,
        Suite.id,
        Suite.name,
        Visit.week_starts_on,
        Visit.week_ends_on,
        Visit.is_scheduled,
        Visit.outcome,
        other.person_id,
        sa.func.coalesce(partner.name, ""),
        sa.func.coalesce(partner.email, ""),
        IS_TO_DETAINEES,
    )
    return columns, Joins(other, partner)


@dataclass(frozen=True, slots=True)
class Joins:
    """The other place of the visit and whoever holds it."""

    other: Any
    partner: Any

    def to(self, asked: sa.Select[*tuple[Any, ...]]) -> sa.Select[*tuple[Any, ...]]:
        beside = sa.and_(
            self.other.visit_id == Duty.visit_id,
            self.other.place != Duty.place,
            self.other.state.in_(HELD),
        )
        return (
            asked.join(Visit, Visit.id == Duty.visit_id)
            .join(Suite, Suite.id == Visit.suite_id)
            .join(Person, Person.id == Duty.person_id)
            .outerjoin(self.other, beside)
            .outerjoin(self.partner, self.partner.id == self.other.person_id)
        )


def duty_in_hand(session: Session, duty_id: int, *, of: int | None = None) -> DutyInHand | None:
    """Whatever became of it; `of` asks for a duty of that person only."""
    columns, joins = duty_columns()
    asked = joins.to(sa.select(*columns).select_from(Duty)).where(Duty.id == duty_id)
    if of is not None:
        asked = asked.where(Duty.person_id == of)
    row = session.execute(asked).one_or_none()
    return DutyInHand(*row) if row else None


def duties_in_hand(session: Session, duty_ids: Collection[int]) -> dict[int, DutyInHand]:
    """Those of them that are on record, whatever became of them, by id."""
    columns, joins = duty_columns()
    rows = session.execute(joins.to(sa.select(*columns).select_from(Duty)).where(Duty.id.in_(duty_ids)))
    return {row[0]: DutyInHand(*row) for row in rows}
