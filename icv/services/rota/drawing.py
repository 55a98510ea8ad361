"""Drawing a rota and keeping it as a draft. What is drawn is told as JSON in the form of the command line."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.planner import explain, greedy
from icv.planner.problem import Planned
from icv.planner.rota import Drawn
from icv.planner.rota import Rota as Plan
from icv.rules.days import Period, london_day
from icv.rules.figures.shares import percent
from icv.rules.scheme import Choices
from icv.services.rota.asking import Asked, problem_for
from icv.services.rota.drafts import SIX_DAYS, Where, numbered
from icv.services.rota.judging import judgement
from icv.services.rota.refusals import RotaError
from icv.store.rota import DraftLine, DraftVisit, Rota, RotaState, draft_visits
from icv.store.scheme import choices_on
from icv.store.trail import note

NOTHING_TO_PLAN = (
    "No visit is needed in these weeks: no suite is open for a whole week that ends in the period."
    " Choose other dates, or look at the suites' open periods in the settings."
)


@dataclass(frozen=True, slots=True)
class Built:
    """A rota as the planner gave it, not yet kept."""

    period: Period
    asked: Asked
    plan: Plan
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """As `icv rota build --json` promises it; reasons are words to read after their number."""
        quality = self.plan.quality
        pairs = list(zip(self.asked.problem.visits, self.plan.drawn, strict=True))
        return {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "seed": self.plan.seed,
            "status": self.plan.status.value,
            "seconds": round(self.seconds, 3),
            "time_limit_hit": self.plan.was_stopped,
            "taken_as_free": self.plan.assumed_free,
            "visits": [self._filled(visit, drawn) for visit, drawn in pairs if drawn.is_filled],
            "unfilled": [self._unfilled(visit) for visit, drawn in pairs if not drawn.is_filled],
            "quality": {
                "unfilled": quality.unfilled,
                "visits_per_volunteer_min": quality.visits_per_visitor_min,
                "visits_per_volunteer_max": quality.visits_per_visitor_max,
                "repeated_pairs": quality.repeated_pairs,
                "timeslots_reachable_percent": percent(quality.timeslots_reachable, quality.timeslots),
            },
        }

    def _week(self, visit: Planned) -> dict[str, str]:
        return {
            "suite": self.asked.suites[visit.suite],
            "week_starts": visit.week_starts.isoformat(),
            "week_ends": (visit.week_starts + SIX_DAYS).isoformat(),
        }

    def _filled(self, visit: Planned, drawn: Drawn) -> dict[str, Any]:
        return {
            **self._week(visit),
            "visitors": [self.asked.people[who].email for who in drawn.visitors if who is not None],
            "suggested_timeslots": [self.asked.grid.name_of(slot) for slot in drawn.timeslots],
        }

    def _unfilled(self, visit: Planned) -> dict[str, Any]:
        why = explain.why_empty(self.asked.problem, self.plan, visit.key)
        reasons = [{"reason": bar.short, "volunteers": count} for bar, count in why.removed]
        if why.left:
            reasons.append({"reason": "could go, but a visit needs two", "volunteers": why.left})
        return {**self._week(visit), "reasons": reasons}


def new_seed() -> int:
    return secrets.randbelow(2**31)


def plan_for(asked: Asked, period: Period, *, time_limit: float | None = None) -> Built:
    """Draws the rota. It may take seconds and asks nothing of a database: hold no transaction meanwhile.

    `time_limit` is in seconds; when it is reached the best so far is given.
    """
    began = time.perf_counter()
    ends = None if time_limit is None else began + time_limit
    plan = greedy.draw(asked.problem, stop=None if ends is None else lambda: time.perf_counter() >= ends)
    return Built(period, asked, plan, time.perf_counter() - began)


def build(
    session: Session,
    period: Period,
    *,
    seed: int | None,
    time_limit: float | None,
    choices: Choices,
) -> Built:
    """Draws a rota for the open suites and keeps nothing; without a seed, by chance. Raises RotaError."""
    asked = problem_for(session, period, seed=new_seed() if seed is None else seed, choices=choices)
    return plan_for(asked, period, time_limit=time_limit)


def draw(session: Session, period: Period, seed: int | None, *, by: int | None, at: datetime) -> Rota:
    """Draws a rota with the choices of the day and keeps it as a draft."""
    choices = choices_on(session, london_day(at))
    built = build(session, period, seed=seed, time_limit=None, choices=choices)
    return save_built(session, built, by=by, at=at)


def save_built(
    session: Session,
    built: Built,
    *,
    kept: Mapping[Where, DraftLine] | None = None,
    by: int | None,
    at: datetime,
) -> Rota:
    """Keeps what was drawn as a draft, with the reasons recorded for places that were locked in `kept`.

    Raises RotaError where there is nothing to keep.
    """
    visits = built.asked.problem.visits
    if not visits:
        raise RotaError(NOTHING_TO_PLAN)
    rota = Rota(
        first_on=min(visit.week_starts for visit in visits),
        last_on=max(visit.week_starts for visit in visits) + SIX_DAYS,
        seed=built.plan.seed,
        certificate={},
        made_at=at,
        made_by_id=by,
    )
    session.add(rota)
    session.flush()
    session.execute(sa.insert(DraftVisit), _draft_visits(rota.id, built, kept or {}))
    ids = {visit.key: line.id for visit, line in zip(visits, draft_visits(session, rota.id), strict=True)}
    rota.certificate = judgement(built.asked, built.plan, ids)
    note(session, "draw rota", "rota", rota.id, by=by, at=at, visits=len(visits))
    session.flush()
    return rota


def _draft_visits(rota_id: int, built: Built, kept: Mapping[Where, DraftLine]) -> list[dict[str, Any]]:
    """By week and suite, as the problem has them."""
    visits = built.asked.problem.visits
    places = numbered((visit.suite, visit.week_starts) for visit in visits)
    return [
        {
            "rota_id": rota_id,
            "suite_id": visit.suite,
            "week_starts_on": visit.week_starts,
            "week_ends_on": visit.week_starts + SIX_DAYS,
            "visitor_1_id": drawn.visitors[0],
            "visitor_2_id": drawn.visitors[1],
            "is_locked_1": visit.locked[0] is not None,
            "is_locked_2": visit.locked[1] is not None,
            "overridden_1": kept[where].overridden[0] if visit.locked[0] is not None else "",
            "overridden_2": kept[where].overridden[1] if visit.locked[1] is not None else "",
            "suggested_slots": [list(slot) for slot in drawn.timeslots],
        }
        for visit, drawn, where in zip(visits, built.plan.drawn, places, strict=True)
    ]


def discard(session: Session, rota: Rota, *, by: int | None, at: datetime) -> None:
    """Puts a draft away; published rotas stay."""
    if rota.state is not RotaState.DRAFT:
        raise RotaError("Only a draft can be discarded. Visits of a published rota are cancelled one by one.")
    rota.state = RotaState.DISCARDED
    note(session, "discard rota", "rota", rota.id, by=by, at=at)
