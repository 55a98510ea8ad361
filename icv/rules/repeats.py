"""Repeats: how often the same has been raised at a suite, so that a third time reads as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from icv.rules.days import MONTHS, add_months
from icv.rules.visits import TO_DETAINEES, VisitKind

WITHIN_MONTHS = 12
RULE = (
    f"Counted together: findings at the same suite in the {WITHIN_MONTHS} months up to this one that share"
    " its category or one of its themes, whatever became of them. What one visit found counts once."
)
_ORDINALS = (
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)


@dataclass(frozen=True, slots=True)
class Raised:
    """A finding as far as repeats go."""

    finding_id: int
    visit_id: int
    suite_id: int
    kind: VisitKind
    category: str
    raised_on: date
    themes: frozenset[str] = frozenset()

    def is_repeated_by(self, later: "Raised") -> bool:
        """Whether `later` raises the same again, of another visit of the same strand."""
        return (
            self.suite_id == later.suite_id
            and self.visit_id != later.visit_id
            and (self.kind == later.kind or {self.kind, later.kind} <= TO_DETAINEES)
            and (self.raised_on, self.finding_id) < (later.raised_on, later.finding_id)
            and self.raised_on > add_months(later.raised_on, -WITHIN_MONTHS)
            and (self.category == later.category or not self.themes.isdisjoint(later.themes))
        )


@dataclass(frozen=True, slots=True)
class Repeat:
    """The how manieth time something is raised, this one included, and the day of the first."""

    times: int
    first_on: date
    raised_on: date
    earlier: tuple[int, ...]

    @property
    def words(self) -> str:
        """third time since May"""
        time = _ORDINALS[self.times - 2] if self.times - 2 < len(_ORDINALS) else _figure(self.times)
        year = "" if self.first_on.year == self.raised_on.year else f" {self.first_on.year}"
        return f"{time} time since {MONTHS[self.first_on.month - 1]}{year}"


def repeat_of(one: Raised, others: Iterable[Raised]) -> Repeat | None:
    """None where it is the first time. `earlier` are the findings before it, oldest first."""
    earlier = sorted(
        (other for other in others if other.is_repeated_by(one)),
        key=lambda other: (other.raised_on, other.finding_id),
    )
    if not earlier:
        return None
    visits = {other.visit_id for other in earlier}
    numbers = tuple(other.finding_id for other in earlier)
    return Repeat(len(visits) + 1, earlier[0].raised_on, one.raised_on, numbers)


def _figure(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
