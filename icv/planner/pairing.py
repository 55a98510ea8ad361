"""The hard rules, each in its own words: why a visitor may not go, and why two may not go together."""

from datetime import date
from enum import StrEnum

from icv.planner.grid import ALL_DAYS, days_of, days_within, without_days
from icv.planner.problem import Planned, Visitor


class Bar(StrEnum):
    """A reason against, in the order in which they are asked; each visitor is counted at the first."""

    NOT_CLEARED = "not_cleared"
    BARRED_SUITE = "barred_suite"
    OTHER_TEAM = "other_team"
    AWAY = "away"
    NOT_FREE = "not_free"
    PERIOD_FULL = "period_full"
    MONTH_FULL = "month_full"
    WEEK_TAKEN = "week_taken"
    TOO_SOON = "too_soon"
    ALREADY_ON_VISIT = "already_on_visit"
    CONFLICT = "conflict"
    PROBATION = "probation"
    NO_COMMON_TIME = "no_common_time"
    NO_PARTNER = "no_partner"
    ALL_ON_PROBATION = "all_on_probation"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]

    @property
    def short(self) -> str:
        """After a number: "5 not cleared"."""
        return SHORT[self]


SENTENCES = {
    Bar.NOT_CLEARED: "Not cleared to visit on every day of this week on which they could go.",
    Bar.BARRED_SUITE: "Has declared a conflict with this suite.",
    Bar.OTHER_TEAM: "Belongs to a team that does not visit this suite.",
    Bar.AWAY: "Away this week on the days on which they are usually free.",
    Bar.NOT_FREE: "Free in none of the timeslots of this week.",
    Bar.PERIOD_FULL: "Already has as many visits in this period as they may make.",
    Bar.MONTH_FULL: "Already has as many visits this month as they may make.",
    Bar.WEEK_TAKEN: "Already on another visit this week.",
    Bar.TOO_SOON: "Has a visit too close to this week: the gap between visits would be too short.",
    Bar.ALREADY_ON_VISIT: "Already has the other place on this visit.",
    Bar.CONFLICT: "One of the two has declared a conflict with the other.",
    Bar.PROBATION: "Both are on probation, and a probationer goes with an experienced visitor.",
    Bar.NO_COMMON_TIME: "The two have no free timeslot in common this week.",
    Bar.NO_PARTNER: "Nobody who could go this week may go together with them.",
    Bar.ALL_ON_PROBATION: "Everybody who could go this week is on probation, more than a pair may have.",
}

SHORT = {
    Bar.NOT_CLEARED: "not cleared",
    Bar.BARRED_SUITE: "barred from this suite",
    Bar.OTHER_TEAM: "in a team that does not visit it",
    Bar.AWAY: "away",
    Bar.NOT_FREE: "not free",
    Bar.PERIOD_FULL: "with all their visits of the period",
    Bar.MONTH_FULL: "with all their visits of the month",
    Bar.WEEK_TAKEN: "on another visit that week",
    Bar.TOO_SOON: "on a visit too close to that week",
    Bar.ALREADY_ON_VISIT: "already on this visit",
    Bar.CONFLICT: "in conflict with the other visitor",
    Bar.PROBATION: "on probation like the other visitor",
    Bar.NO_COMMON_TIME: "without a time in common with the other visitor",
    Bar.NO_PARTNER: "with nobody they may go with",
    Bar.ALL_ON_PROBATION: "on probation, who may not go together",
}


class Week:
    """When one visitor could go in one week, and the first reason why not at all."""

    __slots__ = ("bar", "bits")

    def __init__(self, visitor: Visitor, monday: date, free: int, bands: int) -> None:
        away, cleared = days_within(visitor.away, monday), days_within(visitor.cleared, monday)
        self.bar: Bar | None = None
        if free and not away and cleared == ALL_DAYS:
            self.bits = free
            return
        could = without_days(free, away, bands)
        days = days_of(could, bands)
        is_cleared = days & ~cleared == 0 if days else cleared != 0
        if not is_cleared:
            self.bar = Bar.NOT_CLEARED
        elif not could:
            self.bar = Bar.AWAY if free or away == ALL_DAYS else Bar.NOT_FREE
        self.bits = 0 if self.bar else could


def is_probationer(visitor: Visitor, monday: date) -> bool:
    """A probationer on any day of the week, since the pair chooses the day."""
    return days_within(visitor.probation, monday) != 0


def bar_at_suite(visitor: Visitor, suite: int) -> Bar | None:
    if suite in visitor.barred_suites:
        return Bar.BARRED_SUITE
    if visitor.suites is not None and suite not in visitor.suites:
        return Bar.OTHER_TEAM
    return None


def bars_alone(visitor: Visitor, visit: Planned, week: Week, open_bits: int) -> tuple[Bar, ...]:
    """The reasons against one visitor on one visit, whoever else goes where, in the order of `Bar`."""
    in_week = week.bar or (None if week.bits & open_bits else Bar.NOT_FREE)
    at_suite = bar_at_suite(visitor, visit.suite)
    bars = (in_week, at_suite) if in_week is Bar.NOT_CLEARED else (at_suite, in_week)
    return tuple(bar for bar in bars if bar is not None)


def bar_together(
    one: Visitor, other: Visitor, probationers: int, most_probationers: int, common: int
) -> Bar | None:
    """The first reason against a pair; `common` are the timeslots in which both could go."""
    if one.key == other.key:
        return Bar.ALREADY_ON_VISIT
    if other.key in one.barred_people or one.key in other.barred_people:
        return Bar.CONFLICT
    if probationers > most_probationers:
        return Bar.PROBATION
    return None if common else Bar.NO_COMMON_TIME
