"""Standings: all of people's records that clearance looks at, for one person or for everybody at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from icv.rules.appraisal import DeclarationKind
from icv.rules.catalogue import catalogue_of
from icv.rules.clearance import Standing, Step, Validity
from icv.rules.days import ONE_DAY
from icv.rules.needs import CAME_BACK
from icv.rules.scheme import Need
from icv.store.courses import Course
from icv.store.people.dated import Agreement, Card, Declaration, Term, Training, Vetting
from icv.store.people.tables import Person, StageStep, stands

_Select: TypeAlias = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Question:
    """Put together once, to ask of everybody or of some people; its first column says whose row it is."""

    of_all: _Select
    of_some: _Select

    def asked(
        self, session: Session, person_ids: Collection[int] | None, *options: ORMOption
    ) -> Iterable[Sequence[Any]]:
        asked = self.of_all if person_ids is None else self.of_some
        given = {} if person_ids is None else {"person_ids": list(person_ids)}
        if options:
            return session.execute(asked.options(*options), given)
        # Rows and no objects: asked of the connection they come in two thirds of the time.
        session.flush()
        return session.connection().execute(asked, given).all()

    def by_person(
        self, session: Session, person_ids: Collection[int] | None, *options: ORMOption
    ) -> defaultdict[int, list[Sequence[Any]]]:
        found: defaultdict[int, list[Sequence[Any]]] = defaultdict(list)
        for row in self.asked(session, person_ids, *options):
            found[row[0]].append(row[1:])
        return found


def _of_people(
    whose: InstrumentedAttribute[int], *columns: Any, order: Any, beside: tuple[Any, Any] | None = None
) -> _Question:
    asked = sa.select(whose, *columns).order_by(order)
    if beside is not None:
        asked = asked.outerjoin(*beside)
    return _Question(asked, asked.where(whose.in_(sa.bindparam("person_ids", expanding=True))))


_STEPS = _of_people(
    Person.id,
    Person.left_on,
    StageStep.stage,
    StageStep.on,
    order=StageStep.id,
    beside=(StageStep, sa.and_(StageStep.person_id == Person.id, stands(StageStep))),
)
"""Somebody without a step has one row all the same: this is also the list of whom to answer for."""
_VETTINGS = _of_people(
    Vetting.person_id,
    Vetting.cleared_on,
    Vetting.expires_on,
    Vetting.refused_on,
    Vetting.level,
    Vetting.requested_on,
    order=Vetting.id,
)
_TRAININGS = _of_people(
    Training.person_id,
    Training.trained_on,
    Training.expires_on,
    sa.null(),
    Training.course,
    order=Training.id,
)
_TERMS = _of_people(Term.person_id, Term.starts_on, Term.ends_on, sa.null(), sa.literal(""), order=Term.id)
_AGREEMENTS = _of_people(
    Agreement.person_id, Agreement.signed_on, sa.null(), sa.null(), Agreement.version, order=Agreement.id
)
_CARDS = _of_people(
    Card.person_id,
    Card.issued_on,
    Card.expires_on,
    Card.returned_on,
    sa.case((Card.returned_on <= sa.func.coalesce(Card.expires_on, date.max), CAME_BACK), else_=""),
    order=Card.id,
)
_DECLARED = _of_people(
    Declaration.person_id,
    Declaration.declared_on,
    sa.null(),
    Declaration.settled_on,
    sa.literal(""),
    Declaration.kind,
    order=Declaration.id,
)
"""The records of each person in the order in which they were entered: days, then what each is of."""

_QUESTIONS: tuple[tuple[Need | None, _Question], ...] = (
    (None, _STEPS),
    (None, _VETTINGS),
    (None, _TRAININGS),
    (Need.TERM, _TERMS),
    (Need.AGREEMENT, _AGREEMENTS),
    (Need.CARD, _CARDS),
    (Need.DECLARATIONS, _DECLARED),
)
"""Each with the one need that looks at it; None: it is looked at whatever the needs."""

_COURSES = sa.select(Course.name, Course.kind, Course.is_retired).order_by(Course.name)


def standings(
    session: Session,
    person_ids: Collection[int] | None = None,
    *options: ORMOption,
    needs: Collection[Need] = frozenset(Need),
) -> dict[int, Standing]:
    """What clearance is made from, by person; None: of everybody. As many queries for one as for many.

    Where only these `needs` will be asked about, records that none of them looks at are left out: for
    thousands of people at once they are a third of all.
    """
    if person_ids is not None and not person_ids:
        return {}
    steps, vettings, trainings, terms, agreements, cards, declared = (
        question.by_person(session, person_ids, *options) if need is None or need in needs else {}
        for need, question in _QUESTIONS
    )
    catalogue = catalogue_of((name, kind, is_retired) for name, kind, is_retired in session.execute(_COURSES))
    return {
        person_id: Standing(
            steps=tuple(Step(stage, on) for _, stage, on in made if stage),
            left_on=made[0][0],
            vettings=_valid([vetting[:4] for vetting in vettings.get(person_id, ())]),
            vetting_requested_on=_waiting_since(vettings.get(person_id, ())),
            vetting_refused_on=vettings[person_id][-1][2] if person_id in vettings else None,
            trainings=_valid(trainings.get(person_id, ())),
            terms=_valid(terms.get(person_id, ())),
            agreements=_valid(agreements.get(person_id, ())),
            cards=_valid(cards.get(person_id, ())),
            eligibility=_declared(declared.get(person_id, ()), DeclarationKind.ELIGIBILITY),
            changes=_declared(declared.get(person_id, ()), DeclarationKind.CIRCUMSTANCES),
            catalogue=catalogue,
        )
        for person_id, made in steps.items()
    }


def standing_without(session: Session, person_id: int, table: Any, record_id: int) -> Standing:
    """What would be left if this record of theirs were not there; it stays where it is."""
    hidden = with_loader_criteria(table, table.id != record_id)
    return standings(session, [person_id], hidden)[person_id]


def _valid(records: Sequence[Sequence[Any]]) -> tuple[Validity, ...]:
    """Records of (first day, last day, first day it no longer counts, what it is of), without those that
    never counted.
    """
    if not records:
        return ()
    found = []
    for since, until, gone_on, of in records:
        ends = until if gone_on is None else min(until or date.max, gone_on - ONE_DAY)
        if since is not None and (ends is None or ends >= since):
            found.append(Validity(since, ends, of))
    return tuple(found)


def _declared(declarations: Sequence[Sequence[Any]], kind: DeclarationKind) -> tuple[Validity, ...]:
    """A change counts against its person until the day it is settled; eligibility, once declared, stays."""
    if not declarations:
        return ()
    is_change = kind is DeclarationKind.CIRCUMSTANCES
    return _valid(
        [
            (declared_on, None, settled_on if is_change else None, of)
            for declared_on, _, settled_on, of, of_kind in declarations
            if of_kind is kind
        ]
    )


def _waiting_since(vettings: Iterable[Sequence[Any]]) -> date | None:
    """The day of the latest request that has no outcome yet."""
    return max(
        (asked for cleared, _, refused, _, asked in vettings if asked and not (cleared or refused)),
        default=None,
    )
