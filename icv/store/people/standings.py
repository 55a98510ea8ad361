"""Standings: all of people's records that clearance looks at, for one person or for everybody at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.clearance import Standing, Step, Validity
from icv.store.people.tables import Agreement, Card, Person, StageStep, Term, Training, Vetting


def standings(session: Session, person_ids: Collection[int] | None = None) -> dict[int, Standing]:
    """What clearance is made from, by person; None: of everybody. Always the same number of queries."""
    people = session.execute(_of(person_ids, sa.select(Person.id, Person.left_on), Person.id)).all()
    steps = _listed(session, person_ids, StageStep, StageStep.stage, StageStep.on)
    vettings = _listed(
        session,
        person_ids,
        Vetting,
        Vetting.requested_on,
        Vetting.cleared_on,
        Vetting.expires_on,
        Vetting.refused_on,
    )
    trainings = _listed(session, person_ids, Training, Training.trained_on, Training.expires_on)
    terms = _listed(session, person_ids, Term, Term.starts_on, Term.ends_on)
    agreements = _listed(session, person_ids, Agreement, Agreement.signed_on)
    cards = _listed(session, person_ids, Card, Card.issued_on, Card.expires_on, Card.returned_on)
    return {
        person_id: Standing(
            steps=tuple(Step(stage, on) for stage, on in steps[person_id]),
            left_on=left_on,
            vettings=_valid(
                (cleared, expires, refused) for _, cleared, expires, refused in vettings[person_id]
            ),
            vetting_requested_on=_waiting_since(vettings[person_id]),
            vetting_refused_on=vettings[person_id][-1][3] if vettings[person_id] else None,
            trainings=_valid((on, expires, None) for on, expires in trainings[person_id]),
            terms=_valid((on, ends, None) for on, ends in terms[person_id]),
            agreements=_valid((on, None, None) for (on,) in agreements[person_id]),
            cards=_valid(cards[person_id]),
        )
        for person_id, left_on in people
    }


def _listed(
    session: Session, person_ids: Collection[int] | None, record: Any, *columns: Any
) -> defaultdict[int, list[Any]]:
    """The records of each person, in the order in which they were entered."""
    rows = session.execute(
        _of(person_ids, sa.select(record.person_id, *columns).order_by(record.id), record.person_id)
    )
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for person_id, *values in rows:
        found[person_id].append(tuple(values))
    return found


def _of(person_ids: Collection[int] | None, asked: Any, column: Any) -> Any:
    return asked if person_ids is None else asked.where(column.in_(person_ids))


def _valid(records: Iterable[tuple[date | None, date | None, date | None]]) -> tuple[Validity, ...]:
    """Records of (first day, last day, first day it no longer counts), those that never counted left out."""
    found = []
    for since, until, gone_on in records:
        ends = min((day for day in (until, gone_on and gone_on - timedelta(days=1)) if day), default=None)
        if since is not None and (ends is None or ends >= since):
            found.append(Validity(since, ends))
    return tuple(found)


def _waiting_since(vettings: list[Any]) -> date | None:
    """The day of the latest request that has no outcome yet."""
    return max(
        (asked for asked, cleared, _, refused in vettings if asked and not (cleared or refused)), default=None
    )
