"""Fair shares over the year before a rota: who has done more than theirs, and who less."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from icv.rules.clearance import Cleared
from icv.rules.days import Period
from icv.store.availability import Answer
from icv.store.planning import HeldPlace

Spans = Sequence[tuple[Period, Cleared]]


def carried_over(
    past: Sequence[HeldPlace], cleared: Mapping[int, Spans], answers: Mapping[int, Answer]
) -> dict[int, float]:
    """Places held above (or, negative, below) the fair share, in visits, by person.

    The places of each week are shared among those cleared when it began, by how often they wish to visit.
    """
    weights = _weights(cleared, answers)
    places: Counter[date] = Counter(place.week_starts_on for place in past if place.person_id in weights)
    held: Counter[int] = Counter(place.person_id for place in past)
    due = dict.fromkeys(weights, 0.0)
    for week, count in places.items():
        able = [who for who in weights if any(week in span for span, _ in cleared[who])]
        whole = sum(weights[who] for who in able)
        for who in able:
            due[who] += count * weights[who] / whole if whole else 0.0
    return {who: round(held[who] - share, 2) for who, share in due.items()}


def _weights(cleared: Mapping[int, Spans], answers: Mapping[int, Answer]) -> dict[int, float]:
    """Whoever has not said how often counts as the average of those who have."""
    wanted = [one.wanted_a_month for one in answers.values() if one.wanted_a_month is not None]
    usual = sum(wanted) / len(wanted) if wanted else 1.0
    weights = {}
    for who in cleared:
        answer = answers.get(who)
        said = answer.wanted_a_month if answer else None
        weights[who] = usual if said is None else float(said)
    return weights
