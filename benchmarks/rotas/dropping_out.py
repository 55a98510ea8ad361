"""One visitor of a published rota drops out: what is suggested, and the fewest changes there could be."""

from dataclasses import dataclass
from time import perf_counter, process_time

from icv.planner import greedy
from icv.planner.problem import Problem
from icv.planner.rebuilding import Kept, Rebuilding, Rebuilt, suggest
from icv.planner.solving.confirming import confirm
from icv.planner.solving.highs import Highs


@dataclass(frozen=True, slots=True)
class Rebuild:
    suggested: Rebuilt
    confirmed: Rebuilt
    seconds: float
    processor: float
    """Of the suggestion, as `seconds`; the confirmation's stand apart."""
    confirming: float
    confirming_processor: float


def rebuild(problem: Problem) -> Rebuild:
    """The busiest visitor drops out, so that as many visits as can be are to fill."""
    drawn = greedy.draw(problem, tries=1, rounds=0).drawn
    kept = tuple(Kept(one.visit, one.visitors, next(iter(one.timeslots), None)) for one in drawn)
    busy = max(problem.visitors, key=lambda one: sum(one.key in each.visitors for each in kept))
    asked = Rebuilding(problem, kept, gone=frozenset([busy.key]))
    began, at = perf_counter(), process_time()
    suggested = suggest(asked)
    seconds, processor = perf_counter() - began, process_time() - at
    began, at = perf_counter(), process_time()
    confirmed = confirm(asked, Highs(lambda: False))
    return Rebuild(suggested, confirmed, seconds, processor, perf_counter() - began, process_time() - at)
