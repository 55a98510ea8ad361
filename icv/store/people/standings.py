"""Standings: all of people's records that clearance looks at, for one person or for everybody at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.appraisal import DeclarationKind
from icv.rules.catalogue import Catalogue, catalogue_of
from icv.rules.clearance import Standing, Step, Validity
from icv.rules.courses import INITIAL_TRAINING
from icv.rules.days import ONE_DAY
from icv.rules.scheme import Need
from icv.rules.stages import Stage
from icv.store.courses import Course
from icv.store.people.on_record import KIND_OF, Ahead, Kind, Row, on_record


def standings(
    session: Session, person_ids: Collection[int] | None = None, *, needs: Collection[Need] = frozenset(Need)
) -> dict[int, Standing]:
    """What clearance is made from, by person; None: of everybody. As many queries for one as for many.

    Where only these `needs` will be asked about, records that none of them looks at are left out: for
    thousands of people at once they are a third of all.
    """
    if person_ids is not None and not person_ids:
        return {}
    return _standings(on_record(session, person_ids, needs), _catalogue(session))


def standings_ahead(
    session: Session, held: Mapping[int, Step], day: date, *, needs: Collection[Need]
) -> dict[int, Standing]:
    """Of the people who hold these steps on the day: what counts on that day or later.

    Whether they may visit on such a day, as far as these needs go, is the same as from all of their record,
    and a third of it to read. Why they may not is not: what ran out before is left out.
    """
    if not held:
        return {}
    catalogue = _catalogue(session)
    is_short = bool(catalogue.initial) and Need.COURSES not in needs
    ahead = Ahead(day, {*catalogue.initial, INITIAL_TRAINING} if is_short else None)
    return _standings(on_record(session, list(held), needs, ahead), catalogue, held)


def standing_without(session: Session, person_id: int, table: Any, record_id: int) -> Standing:
    """What would be left if this record of theirs were not there; it stays where it is."""
    rows = on_record(session, [person_id], frozenset(Need))
    left = [row for row in rows if (row[1], row[2]) != (KIND_OF[table], record_id)]
    return _standings(left, _catalogue(session))[person_id]


def _catalogue(session: Session) -> Catalogue:
    return catalogue_of((name, kind, is_retired) for name, kind, is_retired in session.execute(_COURSES))


def _standings(
    rows: Iterable[Row], catalogue: Catalogue, held: Mapping[int, Step] | None = None
) -> dict[int, Standing]:
    """`held`: what each held before the steps among the rows."""
    of_kind: dict[int, defaultdict[int, list[Row]]] = {kind: defaultdict(list) for kind in Kind}
    for row in rows:
        of_kind[row[1]][row[0]].append(row)
    _, steps, vettings, trainings, terms, agreements, cards, declared = of_kind.values()
    return {
        person_id: Standing(
            steps=_steps(steps.get(person_id, ()), held[person_id] if held else None),
            left_on=person[0][3],
            vettings=_valid(vettings.get(person_id, ())),
            vetting_requested_on=_waiting_since(vettings.get(person_id, ())),
            vetting_refused_on=vettings[person_id][-1][5] if person_id in vettings else None,
            trainings=_valid(trainings.get(person_id, ())),
            terms=_valid(terms.get(person_id, ())),
            agreements=_valid(agreements.get(person_id, ())),
            cards=_valid(cards.get(person_id, ())),
            eligibility=_eligibility(declared.get(person_id, ())),
            changes=_changes(declared.get(person_id, ())),
            catalogue=catalogue,
        )
        for person_id, person in of_kind[Kind.PERSON].items()
    }


def _steps(made: Sequence[Row], held: Step | None) -> tuple[Step, ...]:
    steps = tuple([Step(_STAGES[stage], on) for _, _, _, on, _, _, stage, _ in made])
    return (held, *steps) if held else steps


def _valid(records: Sequence[Row]) -> tuple[Validity, ...]:
    """Without those that never counted."""
    if not records:
        return ()
    found = []
    for _, _, _, since, until, gone_on, of, _ in records:
        ends = until if gone_on is None else min(until or date.max, gone_on - ONE_DAY)
        if since is not None and (ends is None or ends >= since):
            found.append(Validity(since, ends, of))
    return tuple(found)


def _eligibility(declared: Sequence[Row]) -> tuple[Validity, ...]:
    """Once declared, it stays."""
    return tuple([Validity(one[3]) for one in declared if one[6] == DeclarationKind.ELIGIBILITY and one[3]])


def _changes(declared: Sequence[Row]) -> tuple[Validity, ...]:
    """A change counts against its person until the day it is settled."""
    return _valid([one for one in declared if one[6] == DeclarationKind.CIRCUMSTANCES])


def _waiting_since(vettings: Sequence[Row]) -> date | None:
    """The day of the latest request that has no outcome yet."""
    if not vettings:
        return None
    waiting = [asked for _, _, _, cleared, _, refused, _, asked in vettings if not (cleared or refused)]
    return max((asked for asked in waiting if asked), default=None)


_STAGES = {stage.value: stage for stage in Stage}
_COURSES = sa.select(Course.name, Course.kind, Course.is_retired).order_by(Course.name)
