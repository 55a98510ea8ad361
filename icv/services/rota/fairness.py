"""Fair shares: how many of the places that were taken each visitor might have had."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from icv.planner.problem import Span
from icv.store.planning import HeldPlace

Spans = Mapping[int, Sequence[Span]]


def carried_over(
    past: Sequence[HeldPlace], cleared: Spans, wanted: Mapping[int, float | None]
) -> dict[int, float]:
    """Places held above (or, negative, below) the fair share over the time before a rota, by person."""
    places: Counter[date] = Counter(place.week_starts_on for place in past if place.person_id in wanted)
    held: Counter[int] = Counter(place.person_id for place in past)
    due = shared_out(places, weights(wanted), cleared)
    return {who: round(held[who] - share, 2) for who, share in due.items()}


def shared_out(places: Mapping[date, int], weights: Mapping[int, float], cleared: Spans) -> dict[int, float]:
    """The places of each week, shared among those cleared on its first day by their weights."""
    due = dict.fromkeys(weights, 0.0)
    for week, count in places.items():
        able = [who for who in weights if any(_covers(span, week) for span in cleared[who])]
        whole = sum(weights[who] for who in able)
        for who in able:
            due[who] += count * weights[who] / whole if whole else 0.0
    return due


def weights(wanted: Mapping[int, float | None]) -> dict[int, float]:
    """By visits wanted a month; whoever has not said counts as the average of those who have."""
    said = [visits for visits in wanted.values() if visits is not None]
    usual = sum(said) / len(said) if said else 1.0
    return {who: usual if visits is None else visits for who, visits in wanted.items()}


def _covers(span: Span, day: date) -> bool:
    first, last = span
    return (first is None or first <= day) and (last is None or day <= last)
