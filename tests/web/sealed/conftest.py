"""A pair with a visit next week, each in a browser."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from icv.rules.access import Role
from icv.store.visits import Duty, Visit
from tests.web.browser import Browser
from tests.workshop import Workshop

NEXT_WEEK = date(2026, 3, 9)
ODD = "03:17"
"""A time that stands nowhere else."""


class Pair:
    """Two visitors with a visit next week, each at a browser."""

    def __init__(self, make: Workshop, browse_as: Callable[..., Browser], week: date = NEXT_WEEK) -> None:
        ada, bo = make.person(name="Ada"), make.person(name="Bo")
        self.suite = make.suite("Euston Street")
        self.visit: Visit = make.visit(self.suite, week=week)
        self.duties: list[Duty] = [
            make.duty(self.visit, person, place=place) for place, person in enumerate((ada, bo), 1)
        ]
        self.paths = [f"/duties/{duty.id}/time" for duty in self.duties]
        self.ada, self.bo = (browse_as(Role.VOLUNTEER, person=person) for person in (ada, bo))

    def propose(self, day: str = "2026-03-10", clock: str = ODD, **more: Any) -> Browser:
        fields = {"day": day, "clock": clock, **more}
        return self.ada.get(self.paths[0]).send(fields, button="Propose this time")

    def agreed(self) -> "Pair":
        self.propose()
        self.bo.get(self.paths[1]).send(button="Agree to this time")
        return self


@pytest.fixture
def pair(make: Workshop, browse_as: Callable[..., Browser]) -> Pair:
    return Pair(make, browse_as)
