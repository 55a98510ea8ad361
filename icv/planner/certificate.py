"""The certificate of a rota in plain words: what is proven, and what might still be better."""

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
