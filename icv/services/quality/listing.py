"""The list of criteria: add some, change one, order those of a level, take one out."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.rules.quality import (
    BEGINNING,
    MOST_CODE,
    MOST_CRITERIA,
    MOST_WORDS,
    Evidence,
    Level,
    NewCriterion,
    Verdict,
    first_verdict,
)
from icv.services.quality.errors import QualityError
from icv.services.quality.held import held_criterion, unchanged_criterion
from icv.store.quality import Criterion
from icv.store.trail import note

MOST_PAPERS = 100


def add_criteria(session: Session, new: Sequence[NewCriterion], *, by: Actor, at: datetime) -> int:
    """At the end of their levels; how many were added. What the level lists already is not added again."""
    if not new:
        raise QualityError("Enter at least one criterion", field="lines")
    for one in new:
        _sound(one)
    listed = session.execute(sa.select(Criterion.level, Criterion.code, Criterion.words)).all()
    known = {(level, code, words) for level, code, words in listed}
    missing = [one for one in dict.fromkeys(new) if (one.level, one.code, one.words) not in known]
    if len(known) + len(missing) > MOST_CRITERIA:
        raise QualityError(
            f"A binder holds at most {MOST_CRITERIA} criteria: {len(known)} are listed already", field="lines"
        )
    places = {level: _last_place(session, level) for level in {one.level for one in missing}}
    for one in missing:
        places[one.level] += 1
        _add(session, one, places[one.level], by=by, at=at)
    return len(missing)


def add_beginning(session: Session, *, by: Actor, at: datetime) -> int:
    """The short list to begin with; how many were added."""
    return add_criteria(session, BEGINNING, by=by, at=at)


def change_criterion(
    session: Session, criterion_id: int, to: NewCriterion, *, version: int, by: Actor, at: datetime
) -> None:
    """Its level, words and evidence, as it was at `version`. Moved to another level it comes last there.

    With other evidence than before, what nobody has given their word on is judged by that. Raises
    QualityError.
    """
    criterion = unchanged_criterion(session, criterion_id, version, by=by)
    _sound(to)
    if criterion.level is not to.level:
        criterion.place = _last_place(session, to.level) + 1
    if criterion.evidence is not to.evidence and criterion.verdict in {Verdict.BY_EVIDENCE, Verdict.OPEN}:
        criterion.verdict = first_verdict(to.evidence)
    criterion.level, criterion.code, criterion.words = to.level, to.code, to.words
    criterion.evidence, criterion.at_least = to.evidence, to.at_least
    criterion.changed_at, criterion.changed_by_id = at, by.account_id
    criterion.version += 1
    session.flush()
    note(session, "change", "criterion", criterion_id, by=by.account_id, at=at)


def move_criterion(session: Session, criterion_id: int, *, is_up: bool, by: Actor, at: datetime) -> bool:
    """One place up or down in its level; False where it is at the end already. No change of the criterion."""
    criterion = held_criterion(session, criterion_id)
    level = session.scalars(
        sa.select(Criterion)
        .where(Criterion.level == criterion.level)
        .order_by(Criterion.place, Criterion.id)
        .with_for_update()
    ).all()
    order = list(level)
    here = order.index(criterion)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order, 1):
        one.place = place
    note(session, "move", "criterion", criterion_id, by=by.account_id, at=at)
    return True


def remove_criterion(session: Session, criterion_id: int, *, version: int, by: Actor, at: datetime) -> None:
    """Out of the list with its note, as it was at `version`. Raises QualityError."""
    session.delete(unchanged_criterion(session, criterion_id, version, by=by))
    session.flush()
    note(session, "remove", "criterion", criterion_id, by=by.account_id, at=at)


def _add(session: Session, new: NewCriterion, place: int, *, by: Actor, at: datetime) -> None:
    criterion = Criterion(
        level=new.level,
        place=place,
        code=new.code,
        words=new.words,
        evidence=new.evidence,
        at_least=new.at_least,
        verdict=first_verdict(new.evidence),
        changed_at=at,
        changed_by_id=by.account_id,
    )
    session.add(criterion)
    session.flush()
    note(session, "add", "criterion", criterion.id, by=by.account_id, at=at)


def _last_place(session: Session, level: Level) -> int:
    return session.scalar(sa.select(sa.func.max(Criterion.place)).where(Criterion.level == level)) or 0


def _sound(new: NewCriterion) -> None:
    if not new.words:
        raise QualityError("Enter the words of the criterion", field="words")
    if len(new.words) > MOST_WORDS:
        raise QualityError(f"The words must be {MOST_WORDS} characters or fewer", field="words")
    if len(new.code) > MOST_CODE:
        raise QualityError(f"The code must be {MOST_CODE} characters or fewer", field="code")
    if new.evidence is Evidence.NONE:
        if new.at_least is not None:
            raise QualityError("Notes alone have no number to reach: leave it empty", field="at_least")
        return
    most, unit = (100, "per cent") if new.evidence.is_share else (MOST_PAPERS, "papers")
    if new.at_least is None or not 1 <= new.at_least <= most:
        raise QualityError(f"Enter what is asked for at least, from 1 to {most} {unit}", field="at_least")
