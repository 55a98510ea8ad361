"""People and times in one model: nobody goes on a visit but in a timeslot in which they are free."""

from collections.abc import Mapping

from icv.planner.draft import Draft
from icv.planner.patterns import Liking
from icv.planner.solving.assigning import Assigning
from icv.planner.solving.fault_floors import FaultFloor, rounded_up
from icv.planner.solving.model import Answer
from icv.planner.timeslots import SuiteTimes


class Together:
    """Adds the times to a model of who goes where, which from then on seeks the fewest faults."""

    def __init__(
        self, people: Assigning, scratch: Draft, hopeless: frozenset[int], may_be_empty: int
    ) -> None:
        self.people, self.scratch = people, scratch
        people.seek({})
        liking = Liking(people.ground)
        suites = sorted({people.ground.suite[at] for at in people.filled})
        self.parts: list[FaultFloor] = []
        self.costs: dict[int, list[tuple[int, float]]] = {}
        """What the faults of each suite cost, by column."""
        for suite in suites:
            part = FaultFloor(SuiteTimes(scratch, suite), liking, hopeless, may_be_empty, people.model)
            part.add_clashes()
            self.parts.append(part)
            self.costs[suite] = part.costs()
        self.times = {at: columns for part in self.parts for at, columns in part.columns.items()}
        for at, filled in people.filled.items():
            self._bind(at, filled)

    def _bind(self, at: int, filled: int) -> None:
        ground, model, columns = self.people.ground, self.people.model, self.times.get(at, {})
        model.row(0, 0, [*((column, 1.0) for column in columns.values()), (filled, -1.0)])
        for who in self.people.crew[at]:
            free = ground.times(who, at)
            then = [(column, -1.0) for slot, column in columns.items() if free >> slot & 1]
            model.at_most(0, [(self.people.column[who, at], 1.0), *then])

    @property
    def could_be_gained(self) -> int:
        return sum(part.could_be_gained for part in self.parts)

    def hold_faults(self, faults: int) -> None:
        """From now on no more than these."""
        terms = [term for costs in self.costs.values() for term in costs]
        self.people.model.at_most(faults - self.could_be_gained + 0.5, terms)

    def hold_floors(self, floors: Mapping[int, int]) -> None:
        """From now on no more than these at each suite."""
        for part, (suite, costs) in zip(self.parts, self.costs.items(), strict=True):
            self.people.model.at_most(floors[suite] - part.could_be_gained + 0.5, costs)

    def least_faults(self, answer: Answer) -> int:
        return rounded_up(answer.bound + self.could_be_gained)

    def aims(self) -> dict[int, int]:
        """As they were set."""
        target = self.scratch.target
        return {at: target[at].bit_length() - 1 for at in self.times if target[at]}

    def set_times(self, answer: Answer) -> None:
        for part in self.parts:
            times = SuiteTimes(self.scratch, self.people.ground.suite[next(iter(part.columns))])
            for at, columns in part.columns.items():
                times.drop(at)
                for slot, column in columns.items():
                    if answer.takes(column):
                        times.choose(at, slot)
