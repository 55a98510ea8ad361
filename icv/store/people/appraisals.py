"""What a person declared, and the reviews that were held with them."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from icv.rules.appraisal import DeclarationKind, ReviewKind, ReviewOutcome
from icv.store.accounts import Account
from icv.store.people.dated import Declaration, Review
from icv.store.people.tables import Person


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """`by` and `settled_by` are names of accounts, None where nobody's is on record."""

    id: int
    kind: DeclarationKind
    declared_on: date
    words: str
    by: str | None
    settled_on: date | None
    settled_by: str | None
    outcome: str

    @property
    def is_waiting(self) -> bool:
        """A change in circumstances that nobody has decided about."""
        return self.kind is DeclarationKind.CIRCUMSTANCES and self.settled_on is None


@dataclass(frozen=True, slots=True)
class WaitingDeclaration:
    """A declared change that waits for the coordinator."""

    id: int
    person_id: int
    name: str
    declared_on: date


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review as it was recorded; `by` is the name of an account."""

    id: int
    kind: ReviewKind
    held_on: date
    outcome: ReviewOutcome
    notes: str
    by: str | None
    made_at: datetime


def declarations_of(session: Session, person_id: int) -> list[DeclarationLine]:
    """Latest first."""
    settler = aliased(Account)
    rows = session.execute(
        sa.select(
            Declaration.id,
            Declaration.kind,
            Declaration.declared_on,
            Declaration.words,
            Account.name,
            Declaration.settled_on,
            settler.name,
            Declaration.outcome,
        )
        .outerjoin(Account, Account.id == Declaration.made_by_id)
        .outerjoin(settler, settler.id == Declaration.settled_by_id)
        .where(Declaration.person_id == person_id)
        .order_by(Declaration.declared_on.desc(), Declaration.id.desc())
    )
    return [DeclarationLine(*row) for row in rows]


def unsettled_declarations(session: Session) -> list[WaitingDeclaration]:
    """Of people who have not left, oldest first."""
    rows = session.execute(
        sa.select(Declaration.id, Person.id, Person.name, Declaration.declared_on)
        .join(Person, Person.id == Declaration.person_id)
        .where(
            Declaration.kind == DeclarationKind.CIRCUMSTANCES,
            Declaration.settled_on.is_(None),
            Person.left_on.is_(None),
        )
        .order_by(Declaration.declared_on, Declaration.id)
    )
    return [WaitingDeclaration(*row) for row in rows]


def reviews_of(session: Session, person_id: int) -> list[ReviewLine]:
    """Latest first."""
    rows = session.execute(
        sa.select(
            Review.id,
            Review.kind,
            Review.held_on,
            Review.outcome,
            Review.notes,
            Account.name,
            Review.made_at,
        )
        .outerjoin(Account, Account.id == Review.made_by_id)
        .where(Review.person_id == person_id)
        .order_by(Review.held_on.desc(), Review.id.desc())
    )
    return [ReviewLine(*row) for row in rows]
