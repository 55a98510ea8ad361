"""A visitor now or once, and on which days they can go."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from icv.rules.days import ONE_DAY, Period


@dataclass(slots=True)
class Member:
    """`gaps` are days of membership on which they may not or cannot visit."""

    id: int
    team: int
    appointed_on: date
    probation_ends_on: date
    left_on: date | None
    account: int | None
    gaps: list[Period] = field(default_factory=list)

    def is_away(self, first: date, last: date) -> None:
        self.gaps.append(Period(first, last))

    def cannot_after(self, day: date) -> None:
        """As nothing on record says that they still may."""
        self.is_away(day + ONE_DAY, date.max)

    def can_go(self, monday: date) -> bool:
        """On every day of the week."""
        sunday = monday + timedelta(days=6)
        if self.appointed_on > monday or (self.left_on and self.left_on <= sunday):
            return False
        return not any(gap.first <= sunday and gap.last >= monday for gap in self.gaps)

    def is_new(self, monday: date) -> bool:
        """Whether on probation on any day of the week."""
        return self.probation_ends_on >= monday
