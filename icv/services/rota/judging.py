"""What is kept beside a rota of how good it is: proof, loads and shares, and why visits are empty."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from icv.planner import explain
from icv.planner.certificate import GoalInWords, certificate_words, goals_in_words
from icv.planner.explain import Inquiry, WhyEmpty
from icv.planner.problem import Problem
from icv.planner.rota import Aim, Goal
from icv.planner.rota import Rota as Plan
from icv.planner.wire import plain
from icv.services.rota.asking import Asked
from icv.services.rota.fairness import shared_out, weights

MOST_SHORT = 2


def judgement(asked: Asked, plan: Plan, ids: Mapping[int, int] | None = None) -> dict[str, Any]:
    """As JSON for the rota's row; `ids` are those under which the visits are kept, by the plan's own."""
    inquiry = explain.Inquiry(asked.problem, plan)
    empty = {
        str(ids[one.visit] if ids else one.visit): why_empty(asked, inquiry, one.visit)
        for one in plan.drawn
        if not one.is_filled
    }
    return {
        "status": plan.status.value,
        "words": certificate_words(plan),
        "goals": plain(plan.certificate),
        "quality": plain(plan.quality),
        "taken_as_free": plan.assumed_free,
        "was_stopped": plan.was_stopped,
        "capacity": explain.capacity(asked.problem).sentence,
        "empty": empty,
        "shares": {str(who): share for who, share in _shares(asked.problem, plan).items()},
        "carried": {str(one.key): one.carried_visits for one in asked.problem.visitors if one.carried_visits},
    }


def goals_of(certificate: Mapping[str, Any]) -> tuple[GoalInWords, ...]:
    """What is kept of each goal, in words; none of a rota that was judged otherwise."""
    quality = certificate.get("quality", {})
    aims = {aim.value for aim in Aim}
    goals = [
        Goal(Aim(one["aim"]), one["value"], one["bound"], one["proven"])
        for one in certificate.get("goals", ())
        if one["aim"] in aims
    ]
    fewest, most = quality.get("visits_per_visitor_min", 0), quality.get("visits_per_visitor_max", 0)
    return goals_in_words(goals, fewest, most)


def why_empty(asked: Asked, inquiry: Inquiry, visit: int) -> dict[str, str]:
    """`short`, to read in a cell of the grid, and `full`, in a sentence or two."""
    why = inquiry.why_empty(visit)
    names = {who: person.name for who, person in asked.people.items()}
    way_out = explain.way_out(asked.problem, why, names)
    return {"short": in_short(why), "full": f"{why.sentence}. {way_out}".strip()}


def in_short(why: WhyEmpty) -> str:
    """What stands in the way of most: "8 away, 14 not free"."""
    most = sorted(why.removed, key=lambda one: -one[1])[:MOST_SHORT]
    return ", ".join(f"{count} {bar.short}" for bar, count in most) or "nobody to go with"


def _shares(problem: Problem, plan: Plan) -> dict[int, float]:
    """Everybody's fair share of the places taken, in visits."""
    weeks = {visit.key: visit.week_starts for visit in problem.visits}
    places: Counter[date] = Counter(
        weeks[one.visit] for one in plan.drawn for who in one.visitors if who is not None
    )
    cleared = {one.key: one.cleared for one in problem.visitors}
    shares = shared_out(places, weights({one.key: one.wanted_a_month for one in problem.visitors}), cleared)
    return {who: round(share, 1) for who, share in shares.items()}
