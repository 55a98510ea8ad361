"""What clearance looks at, read from all its tables in one statement: rows, told apart by their kind."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from icv.rules.needs import CAME_BACK
from icv.rules.scheme import Need
from icv.store.people.dated import Agreement, Card, Declaration, Term, Training, Vetting
from icv.store.people.tables import Person, StageStep, stands

_Select: TypeAlias = sa.Select[*tuple[Any, ...]]
Row: TypeAlias = sa.Row[int, int, int, date | None, date | None, date | None, str, date | None]
"""Of a record: whose, its kind and id, first day, last day, first day it no longer counts, what it is of, and
the day a vetting was asked for. Of a person, the first of the days is the one they left on."""


class Kind(IntEnum):
    PERSON = 0
    STEP = 1
    VETTING = 2
    TRAINING = 3
    TERM = 4
    AGREEMENT = 5
    CARD = 6
    DECLARED = 7


WANTED_BY = {
    Kind.TERM: Need.TERM,
    Kind.AGREEMENT: Need.AGREEMENT,
    Kind.CARD: Need.CARD,
    Kind.DECLARED: Need.DECLARATIONS,
}
"""The kinds that one need alone looks at; the others are looked at whatever the needs."""

KIND_OF: dict[type[Any], Kind] = {
    Vetting: Kind.VETTING,
    Training: Kind.TRAINING,
    Term: Kind.TERM,
    Agreement: Kind.AGREEMENT,
    Card: Kind.CARD,
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """Only what counts on `day` or later is wanted; `courses`: of trainings these alone. None: all of them.

    The step that holds on the day is not among it.
    """

    day: date
    courses: Collection[str] | None


def on_record(
    session: Session, person_ids: Collection[int] | None, needs: Collection[Need], ahead: Ahead | None = None
) -> Iterable[Row]:
    """By kind, and in the order in which they were entered. Everybody asked about has a row of their own,
    also who has nothing else on record."""
    kinds = frozenset(kind for kind in Kind if WANTED_BY.get(kind) is None or WANTED_BY[kind] in needs)
    given: dict[str, Any] = {} if person_ids is None else {"person_ids": list(person_ids)}
    if ahead is not None:
        given |= {"day": ahead.day} | ({} if ahead.courses is None else {"courses": list(ahead.courses)})
    asked = _statement(
        kinds, person_ids is not None, ahead is not None, ahead is not None and ahead.courses is not None
    )
    # Rows and no objects: asked of the connection they come in two thirds of the time.
    session.flush()
    return session.connection().execute(asked, given).all()


@cache
def _statement(
    kinds: frozenset[Kind], is_of_some: bool, is_ahead: bool, is_of_courses: bool
) -> sa.CompoundSelect[Any]:
    """Put together once for each way of asking. Who is asked about is given once, whatever the kinds."""
    people = sa.select(Person.id, Person.left_on)
    if is_of_some:
        people = people.where(Person.id.in_(sa.bindparam("person_ids", expanding=True)))
    asked = people.cte("asked")
    parts = [_columns(Kind.PERSON, asked.c.id, asked.c.id, asked.c.left_on)]
    for kind in sorted(kinds - {Kind.PERSON}):
        part, whose, ends = _PARTS[kind]
        if is_of_some:
            part = part.join(asked, asked.c.id == whose)
        if is_ahead:
            part = part.where(ends)
        if is_of_courses and kind is Kind.TRAINING:
            part = part.where(Training.course.in_(sa.bindparam("courses", expanding=True)))
        parts.append(part)
    return sa.union_all(*parts).order_by("kind", "record_id")


def _columns(
    kind: Kind,
    whose: Any,
    record: Any,
    since: Any,
    until: Any = None,
    gone_on: Any = None,
    of: Any = "",
    asked_on: Any = None,
) -> _Select:
    """Every part has the same columns of the same types, which PostgreSQL looks at one pair at a time."""
    return sa.select(
        whose.label("person_id"),
        sa.literal_column(str(int(kind)), sa.Integer).label("kind"),
        record.label("record_id"),
        since.label("since"),
        _or_none(until).label("until"),
        _or_none(gone_on).label("gone_on"),
        sa.cast("" if of == "" else of, sa.Text).label("of_what"),
        _or_none(asked_on).label("asked_on"),
    )


def _or_none(day: Any) -> sa.ColumnElement[date | None]:
    return sa.cast(sa.null(), sa.Date) if day is None else day


def _part(
    kind: Kind, table: Any, since: Any, until: Any = None, **more: Any
) -> tuple[_Select, InstrumentedAttribute[int], sa.ColumnElement[bool]]:
    """The part, whose its rows are, and which of them count on the day `day` or later.

    A training that ran out still is one: none is left out.
    """
    ends = sa.true() if until is None or table is Training else until.is_(None) | (until >= _DAY)
    return _columns(kind, table.person_id, table.id, since, until, **more), table.person_id, ends


_DAY = sa.bindparam("day", type_=sa.Date)
_STEP = _columns(Kind.STEP, StageStep.person_id, StageStep.id, StageStep.on, of=StageStep.stage)
_PARTS = {
    Kind.STEP: (_STEP.where(stands(StageStep)), StageStep.person_id, StageStep.on > _DAY),
    Kind.VETTING: _part(
        Kind.VETTING,
        Vetting,
        Vetting.cleared_on,
        Vetting.expires_on,
        gone_on=Vetting.refused_on,
        of=Vetting.level,
        asked_on=Vetting.requested_on,
    ),
    Kind.TRAINING: _part(
        Kind.TRAINING, Training, Training.trained_on, Training.expires_on, of=Training.course
    ),
    Kind.TERM: _part(Kind.TERM, Term, Term.starts_on, Term.ends_on),
    Kind.AGREEMENT: _part(Kind.AGREEMENT, Agreement, Agreement.signed_on, of=Agreement.version),
    Kind.CARD: _part(
        Kind.CARD,
        Card,
        Card.issued_on,
        Card.expires_on,
        gone_on=Card.returned_on,
        of=sa.case((Card.returned_on <= sa.func.coalesce(Card.expires_on, date.max), CAME_BACK), else_=""),
    ),
    Kind.DECLARED: _part(
        Kind.DECLARED,
        Declaration,
        Declaration.declared_on,
        gone_on=Declaration.settled_on,
        of=Declaration.kind,
    ),
}
