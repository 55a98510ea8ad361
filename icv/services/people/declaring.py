"""Declarations: that somebody is eligible, or that their circumstances have changed, and what was decided."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Action, Actor
from icv.rules.appraisal import DeclarationKind
from icv.rules.days import london_day
from icv.services.people.errors import PeopleError
from icv.services.people.moving import held_for_change
from icv.store.people import Declaration
from icv.store.trail import note


def declare(
    session: Session,
    person_id: int,
    kind: DeclarationKind,
    words: str,
    *,
    declared_on: date | None = None,
    by: Actor,
    at: datetime,
) -> int:
    """The declaration's id. A volunteer declares for themselves alone. Raises PeopleError.

    `declared_on` None: today. The same words of the same day are one declaration, however often sent.
    """
    if person_id != by.person_id and not by.may(Action.CHANGE_PERSON):
        raise PeopleError("You can only declare something about yourself. Tell the coordinator instead.")
    held_for_change(session, person_id)
    said, on, today = words.strip(), declared_on or london_day(at), london_day(at)
    if on > today:
        raise PeopleError("This day is still to come: enter the day it was declared", field="declared_on")
    if kind is DeclarationKind.CIRCUMSTANCES and not said:
        raise PeopleError("Say what has changed", field="words")
    if (same := _same(session, person_id, kind, said, on)) is not None:
        return same
    declaration = Declaration(
        person_id=person_id,
        kind=kind,
        declared_on=on,
        words=said,
        made_at=at,
        made_by_id=by.account_id,
    )
    session.add(declaration)
    session.flush()
    note(session, "declare", "person", person_id, by=by.account_id, at=at, declaration=declaration.id)
    return declaration.id


def settle_declaration(
    session: Session, person_id: int, declaration_id: int, outcome: str, *, by: Actor, at: datetime
) -> None:
    """Says what was decided about a declared change. What was decided stands. Raises PeopleError."""
    held_for_change(session, person_id)
    declaration = session.get(Declaration, declaration_id)
    if declaration is None or declaration.person_id != person_id:
        raise PeopleError("This declaration is not on record. Look at the person again.")
    if declaration.kind is not DeclarationKind.CIRCUMSTANCES:
        raise PeopleError("A declaration of eligibility needs no decision: it counts as it stands.")
    if declaration.settled_on is not None:
        raise PeopleError("This is settled already. Should it change again, record another declaration.")
    if not outcome.strip():
        raise PeopleError("Say what was decided", field="outcome")
    declaration.settled_on, declaration.settled_by_id = london_day(at), by.account_id
    declaration.outcome = outcome.strip()
    note(
        session,
        "settle declaration",
        "person",
        person_id,
        by=by.account_id,
        at=at,
        declaration=declaration_id,
    )


def _same(session: Session, person_id: int, kind: DeclarationKind, words: str, on: date) -> int | None:
    return session.scalar(
        sa.select(Declaration.id).where(
            Declaration.person_id == person_id,
            Declaration.kind == kind,
            Declaration.words == words,
            Declaration.declared_on == on,
            Declaration.settled_on.is_(None),
        )
    )
