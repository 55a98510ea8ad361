"""How long the findings that wait for somebody have been waiting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.findings import AGES, YOUNGEST
from icv.store.findings.listing import OPEN_TRAYS, Sought, Tray, wanted
from icv.store.findings.tables import Finding
from icv.store.visits import Visit


@dataclass(frozen=True, slots=True)
class Age:
    """The open findings of about one age, by where they lie."""

    words: str
    counts: Mapping[Tray, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def open_by_age(session: Session, sought: Sought, today: date) -> list[Age]:
    """Every age, the oldest first, those without findings included. An age counts from the day of raising."""
    age = sa.case(
        *((Finding.raised_on <= today - timedelta(days=days), place) for place, (_, days) in enumerate(AGES)),
        else_=len(AGES),
    )
    states = frozenset[object]().union(*(tray.states for tray in OPEN_TRAYS))
    asked = (
        sa.select(age.label("age"), Finding.state, sa.func.count())
        .where(Finding.state.in_(states), *wanted(sought))
        .group_by(sa.text("1"), Finding.state)
    )
    if sought.suite_id is not None:
        asked = asked.join(Visit, Visit.id == Finding.visit_id)
    counted = {(place, state): number for place, state, number in session.execute(asked)}
    names = [*(words for words, _ in AGES), YOUNGEST]
    return [
        Age(
            words,
            {tray: sum(counted.get((place, state), 0) for state in tray.states) for tray in OPEN_TRAYS},
        )
        for place, words in enumerate(names)
    ]
