"""What waits about people: clearance that ends or has ended, and applications to read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.clearance import Standing, Step, clearance, cleared_spans, may_change, may_visit
from icv.rules.days import Period, add_months
from icv.rules.scheme import Choices
from icv.rules.stages import GONE, VISITING, Stage
from icv.rules.vetting import ON_BOARD
from icv.rules.words import plural
from icv.store.people import Person, standings, standings_ahead, step_on
from icv.store.today.waiting import About, Urgency, Waiting


@dataclass(frozen=True, slots=True)
class Current:
    """Somebody who is neither gone nor turned away. `stage` and `is_cleared` are of the day asked about.

    `standing` is asked for from vetting on: earlier there is nothing to clearance. It holds what counts on
    the day or later, and all of their record of visitors who are not cleared, to say why.
    """

    id: int
    name: str
    stage: Stage
    since: date | None
    probation_ends_on: date | None
    standing: Standing
    is_cleared: bool

    @property
    def is_visiting(self) -> bool:
        """Whether their stage lets them visit."""
        return self.stage in VISITING


def people_on(session: Session, choices: Choices, on: date) -> list[Current]:
    """By name."""
    rows = session.execute(_CURRENT, {"day": on}).all()
    held = {row.id: Step(row.stage, row.since) for row in rows if row.stage in ON_BOARD}
    of_each = standings_ahead(session, held, on, needs=choices.clearance_needs)
    cleared = {row.id for row in rows if row.stage in VISITING and may_visit(of_each[row.id], on, choices)}
    barred = [row.id for row in rows if row.stage in VISITING and row.id not in cleared]
    of_each |= standings(session, barred, needs=choices.clearance_needs)
    return [
        Current(number, name, stage, since, ends_on, of_each.get(number, Standing()), number in cleared)
        for number, name, stage, since, ends_on in rows
    ]


def clearances(people: Sequence[Current], choices: Choices, on: date) -> Iterator[Waiting]:
    """Visitors who may not visit today, and those who soon may not."""
    soon = Period(on, on + timedelta(days=choices.expiry_warning_days))
    for one in people:
        if not one.is_visiting:
            continue
        if not one.is_cleared:
            who = f"{one.name}: {clearance(one.standing, on, choices).reasons[0]}"
            since = _not_cleared_since(one.standing, choices, on)
            yield Waiting(Urgency.THIS_WEEK, About.PERSON, one.id, "Not cleared", who, since)
        elif may_change(one.standing, soon):
            ends_on = clearance(one.standing, on, choices).changes_on
            if ends_on is None or ends_on not in soon or may_visit(one.standing, ends_on, choices):
                continue
            urgency = Urgency.THIS_WEEK if ends_on - on <= timedelta(days=30) else Urgency.COMING
            yield Waiting(urgency, About.PERSON, one.id, "Clearance ends", one.name, ends_on)


def _not_cleared_since(standing: Standing, choices: Choices, on: date) -> date:
    """The day after the last on which the person was cleared; at most three years back."""
    past = Period(add_months(on, -36), on)
    spans = cleared_spans(standing, past, choices)
    return spans[-1][0].after if spans else past.first


def applications(people: Sequence[Current], on: date) -> Iterator[Waiting]:
    to_read = [one.since or on for one in people if one.stage is Stage.APPLIED]
    if to_read:
        who = f"{plural(len(to_read), 'person', 'people')} applied"
        yield Waiting(Urgency.THIS_WEEK, About.APPLICATIONS, 0, "Applications to read", who, min(to_read))


# Put together once.
_STEP, _IS_THEIRS = step_on(sa.bindparam("day"))
_STAGE = sa.func.coalesce(_STEP.stage, Stage.APPLIED)
_CURRENT = (
    sa.select(
        Person.id, Person.name, _STAGE.label("stage"), _STEP.on.label("since"), Person.probation_ends_on
    )
    .select_from(Person)
    .outerjoin(_STEP, _IS_THEIRS)
    .where(
        Person.left_on.is_(None) | (Person.left_on > sa.bindparam("day")),
        _STAGE.in_(set(Stage) - GONE),
    )
    .order_by(sa.func.lower(Person.name), Person.id)
)
