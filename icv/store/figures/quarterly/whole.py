"""The whole of what a quarterly return is filled from."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from icv.rules.days import Period
from icv.rules.scheme import Choices
from icv.store.figures.quarterly.concerns import (
    CategoryLine,
    Impact,
    categories,
    how_many_closed,
    impact,
    themes,
)
from icv.store.figures.quarterly.entry import Entry, entry
from icv.store.figures.quarterly.good import Positive, positives
from icv.store.findings import RaisedAgain, raised_again

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Quarterly:
    """`repeated` and `closed` count all, of which `again` and `impact` are the first."""

    entry: Entry
    categories: tuple[CategoryLine, ...]
    themes: tuple[tuple[str, int], ...]
    repeated: int
    again: tuple[RaisedAgain, ...]
    closed: int
    impact: tuple[Impact, ...]
    positives: tuple[Positive, ...]

    @property
    def raised(self) -> int:
        return sum(line.raised for line in self.categories)

    @property
    def settled(self) -> int:
        return sum(line.on_the_spot for line in self.categories)

    @property
    def is_empty(self) -> bool:
        return not (self.entry.attempted or self.raised or self.closed)


def quarterly(session: Session, period: Period, choices: Choices) -> Quarterly:
    """Of custody visits; findings raised in the period by day, and those closed in it. At most 200 a list."""
    return Quarterly(
        entry(session, period, choices, MOST_LISTED),
        categories(session, period),
        themes(session, period),
        *raised_again(session, period, MOST_LISTED),
        how_many_closed(session, period),
        impact(session, period, MOST_LISTED),
        positives(session, period, MOST_LISTED),
    )
