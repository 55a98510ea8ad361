"""The three sizes that everything is measured at, and how they come about."""

from dataclasses import dataclass

MONTHLY = 4
"""Weeks from one visit to the next at a suite that is visited about monthly."""


@dataclass(frozen=True, slots=True)
class Size:
    """A scheme's people in office, its suites, and the weeks on record before and after this one.

    `contacts` and `findings` are kept to within a few in the hundred: they come by chance.
    """

    name: str
    what: str
    visitors: int
    teams: int
    weekly_suites: int
    monthly_suites: int
    weeks_past: int
    weeks_ahead: int
    extra_visits: int
    contacts: int
    findings: int

    @property
    def suites(self) -> int:
        return self.weekly_suites + self.monthly_suites

    @property
    def visits_a_week(self) -> float:
        return self.weekly_suites + self.monthly_suites / MONTHLY

    @property
    def past_visits(self) -> float:
        return self.weeks_past * self.visits_a_week + self.extra_visits


SIZES = {
    size.name: size
    for size in (
        # What the best open peers were measured at: 31 people, and 312 visits published and still to come.
        Size("small", "one scheme, 312 visits to come", 31, 1, 6, 0, 26, 52, 6, 650, 80),
        Size("london", "ten years of the largest scheme", 350, 32, 36, 0, 507, 13, 1_280, 80_000, 10_000),
        # England and Wales make 7,361 visits a year: ten years of all of them in one database.
        Size("national", "ten years of every scheme", 2_000, 43, 125, 75, 507, 13, 250, 300_000, 40_000),
    )
}
