"""The few figures by which a period is held against another, and how much they changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from icv.rules.days import Period
from icv.rules.figures.weeks import Step
from icv.rules.visits import Mode, VisitKind


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The first day to which anything recorded belongs, None before there is any; `visits_until` the last."""

    visits: date | None = None
    visits_until: date | None = None
    findings: date | None = None
    members: date | None = None

    @property
    def weeks(self) -> Period | None:
        if self.visits is None or self.visits_until is None:
            return None
        return Period(self.visits, max(self.visits, self.visits_until))


@dataclass(frozen=True, slots=True)
class Strands:
    """Each strand's own counter: visits attempted by kind, custody ones by mode; records read, dogs seen.

    Nothing here is ever added together.
    """

    custody: Mapping[Mode, int]
    others: Mapping[VisitKind, int]
    counted: Mapping[VisitKind, int]


@dataclass(frozen=True, slots=True)
class Headline:
    """Of a period; None where nothing of the kind is on record: that is not the same as none."""

    share: Step
    undertaken: int | None
    in_custody: int | None
    offered: int | None
    raised: int | None
    serious: int | None
    closing: int | None
    strands: Strands

    @property
    def period(self) -> Period:
        return self.share.period


def change(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def change_in_percent(now: int | None, before: int | None) -> float | None:
    """To one decimal, half away from zero; None where either is not known, or before there was none."""
    if now is None or not before:
        return None
    tenths = (2000 * abs(now - before) + before) // (2 * before)
    return (tenths if now >= before else -tenths) / 10
