"""The certificate of a rota in plain words: what is proven, and what might still be better."""

from collections.abc import Sequence
from dataclasses import dataclass

from icv.planner.rota import Aim, Goal, Rota, Status

NOTHING_BETTER = {
    Aim.UNFILLED: "leaves fewer visits empty",
    Aim.LOAD: "shares the visits more evenly",
    Aim.TIMESLOTS: "covers the timeslots better",
    Aim.REPEATED_PAIRS: "repeats fewer pairs",
    Aim.SAME_SUITE: "sends fewer visitors to the same suite twice running",
    Aim.MET_BEFORE: "brings fewer pairs together again",
}


def certificate_words(rota: Rota) -> str:
    """One or two sentences; goals after the first that is not proven are not spoken of."""
    if not rota.drawn:
        return "There was no visit to plan."
    if rota.status is Status.INFEASIBLE:
        return "The rules let nobody fill any of these visits."
    proven = [goal for goal in rota.certificate if goal.proven]
    open_goal = next((goal for goal in rota.certificate if not goal.proven), None)
    said = [f"No rota for these people and rules {_joined(proven)}."] if proven else []
    if open_goal is not None:
        said.append(f"Whether another {NOTHING_BETTER[open_goal.aim]} is not proven.")
    return " ".join(said)


def _joined(goals: list[Goal]) -> str:
    claims = [NOTHING_BETTER[goal.aim] for goal in goals]
    return claims[0] if len(claims) == 1 else f"{', '.join(claims[:-1])} or {claims[-1]}"


@dataclass(frozen=True, slots=True)
class GoalInWords:
    """One goal for whoever has to answer for the rota: what is wanted, what was reached, what is known."""

    wanted: str
    reached: str
    known: str
    is_proven: bool


WANTED = {
    Aim.UNFILLED: "As few visits as can be without a pair",
    Aim.LOAD: "Visits shared fairly, by what each visitor can and wishes to do",
    Aim.TIMESLOTS: "Every time of the week visited, and no habit to be guessed",
    Aim.REPEATED_PAIRS: "Different pairs each time",
    Aim.SAME_SUITE: "Nobody at the same suite twice running",
    Aim.MET_BEFORE: "Pairs that have not gone together before",
}
COUNTED = {
    Aim.UNFILLED: ("visit without a pair", "visits without a pair"),
    Aim.TIMESLOTS: (
        "weekday, time of day or quota short of the pattern wanted",
        "weekdays, times of day or quotas short of the pattern wanted",
    ),
    Aim.REPEATED_PAIRS: ("visit whose pair goes together again", "visits whose pair goes together again"),
    Aim.SAME_SUITE: (
        "visit by somebody who was at that suite the time before",
        "visits by somebody who was at that suite the time before",
    ),
    Aim.MET_BEFORE: (
        "earlier visit that today’s pairs had made together",
        "earlier visits that today’s pairs had made together",
    ),
}


def goals_in_words(goals: Sequence[Goal], fewest: int, most: int) -> tuple[GoalInWords, ...]:
    """Each goal in the order in which it counts; visits a visitor has are from `fewest` to `most`."""
    found = []
    is_first_open = True
    for goal in goals:
        known = _known(goal, is_first_open)
        found.append(GoalInWords(WANTED[goal.aim], _reached(goal, fewest, most), known, goal.proven))
        is_first_open = is_first_open and goal.proven
    return tuple(found)


def _reached(goal: Goal, fewest: int, most: int) -> str:
    if goal.aim is Aim.LOAD:
        return f"{most} visits each" if fewest == most else f"from {fewest} to {most} visits each"
    one, several = COUNTED[goal.aim]
    return f"{goal.value or 'no'} {one if goal.value == 1 else several}"


def _known(goal: Goal, are_met: bool) -> str:
    """`are_met`: every goal before is proven, so that this one's bound says something of all rotas."""
    if goal.proven:
        return "Proven: no rota for these people and rules does better."
    if goal.value == 0:
        return "Nothing is better than none."
    if not are_met:
        return "Not proven: it hangs on a goal above that is not proven."
    if not goal.bound or goal.aim is Aim.LOAD:
        return "Not proven: a better rota may exist."
    return f"Not proven: it is known only that no rota has fewer than {goal.bound}."
