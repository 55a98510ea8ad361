"""The scheme's own choices, with the default of each. Each takes effect on a day; the past keeps its own."""

from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum

from icv.rules.findings import CATEGORIES
from icv.rules.timeslots import Grid
from icv.rules.visits import Outcome


class Need(StrEnum):
    """What a scheme may ask of a person before a visit, besides being appointed."""

    VETTING = "vetting"
    TRAINING = "training"
    TERM = "term"
    AGREEMENT = "agreement"
    CARD = "card"
    COURSES = "courses"

    @property
    def words(self) -> str:
        return NEED_TITLES[self]


NEED_TITLES = {
    Need.VETTING: "vetting cleared and not expired",
    Need.TRAINING: "initial training done",
    Need.TERM: "appointed and the term not over",
    Need.AGREEMENT: "memorandum of understanding signed",
    Need.CARD: "identity card in date",
    Need.COURSES: "latest training course in date",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Every choice of a scheme, as in force on one day. Durations are whole days, months or years."""

    scheme_name: str = "Custody visiting scheme"
    office_name: str = "Office of the Police and Crime Commissioner"
    records_marking: str = "OFFICIAL-SENSITIVE"
    papers_marking: str = "OFFICIAL"
    bands: tuple[time, ...] = Grid().starts
    clearance_needs: frozenset[Need] = frozenset({Need.VETTING, Need.TRAINING, Need.TERM})
    completed_outcomes: frozenset[Outcome] = frozenset({Outcome.COMPLETED})
    expected_visits_a_year: int = 12
    least_visits_a_year: int = 6
    expected_night_visits_a_year: int = 1
    visits_a_week: int = 1
    gap_weeks: int = 0
    most_visits_a_month: int | None = None
    probationers_in_pair: int = 1
    report_due_days: int = 3
    reply_due_days: int = 14
    serious_reply_due_days: int = 5
    vetting_overdue_days: int = 30
    expiry_warning_days: int = 90
    probation_months: int = 6
    term_years: int = 3
    delay_rank: str = "inspector"
    long_wait_minutes: int = 10
    partner_contact_days: int = 14
    suppression_threshold: int = 4
    feed_shows_suite: bool = False
    finding_categories: tuple[str, ...] = CATEGORIES

    @property
    def grid(self) -> Grid:
        return Grid(self.bands)


CHOICE_NAMES = tuple(choice.name for choice in fields(Choices))
