"""Drafts that another rota has overtaken: where they plan visits there are visits already."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.visits import Outcome
from icv.services.rota.blocking import SuiteWeek
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.visits import Visit


@dataclass(frozen=True, slots=True)
class Overtaken:
    """`taken` of the draft's `visits` are scheduled already. `by_id`: the latest rota with them, if any."""

    taken: int
    visits: int
    by_id: int | None


def overtaken(session: Session) -> Mapping[int, Overtaken]:
    """By draft; one that may still be published is not among them."""
    planned: defaultdict[int, list[SuiteWeek]] = defaultdict(list)
    for rota_id, suite_id, week in session.execute(
        sa.select(DraftVisit.rota_id, DraftVisit.suite_id, DraftVisit.week_starts_on)
        .join(Rota, Rota.id == DraftVisit.rota_id)
        .where(Rota.state == RotaState.DRAFT)
    ):
        planned[rota_id].append((suite_id, week))
    weeks = {week for visits in planned.values() for _, week in visits}
    scheduled = _scheduled(session, min(weeks), max(weeks)) if weeks else {}
    found = {}
    for rota_id, visits in planned.items():
        taken = [scheduled[one] for one in visits if one in scheduled]
        if taken:
            rotas = [by_id for by_id in taken if by_id is not None]
            found[rota_id] = Overtaken(len(taken), len(visits), max(rotas, default=None))
    return found


def _scheduled(session: Session, first: date, last: date) -> dict[SuiteWeek, int | None]:
    """Suites and weeks that have visits, cancelled ones left out, each with the rota they came from."""
    rows = session.execute(
        sa.select(Visit.suite_id, Visit.week_starts_on, Visit.rota_id)
        .where(
            Visit.is_scheduled,
            Visit.week_starts_on.between(first, last),
            Visit.outcome.is_distinct_from(Outcome.CANCELLED),
        )
        .order_by(Visit.id)
    )
    return {(suite_id, week): rota_id for suite_id, week, rota_id in rows}
