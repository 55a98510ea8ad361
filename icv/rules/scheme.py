"""The scheme's own choices, with the default of each. Each takes effect on a day; the past keeps its own."""

from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum

from icv.rules.checks import CONTACT_CHECKS, DOG_CHECKS, RECORD_CHECKS, SUITE_CHECKS, Check
from icv.rules.findings import CATEGORIES, THEMES
from icv.rules.requirements import Requirement
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
    DECLARATIONS = "declarations"

    @property
    def words(self) -> str:
        return NEED_TITLES[self]


NEED_TITLES = {
    Need.VETTING: "vetting cleared and not expired",
    Need.TRAINING: "initial training done",
    Need.TERM: "appointed and the term not over",
    Need.AGREEMENT: "memorandum of understanding signed",
    Need.CARD: "identity card in date",
    Need.COURSES: "courses that everybody keeps up in date",
    Need.DECLARATIONS: "eligibility declared, and no declared change waiting",
}

BARRED_ROLES = (
    "a magistrate",
    "a police officer or a member of police staff",
    "a special constable",
    "a Police and Crime Commissioner, or a member of their staff",
)
"""Who may not visit while they serve, as schemes print it. A scheme may add to it."""

APPLICATION_NOTICE = (
    "We use what you tell us to decide on your application and, if you are appointed, to run the scheme."
    " Only the office that arranges the visits reads it. Your referees are asked about you, and the police"
    " are asked to vet you. If you are not appointed, your application is deleted when the scheme’s retention"
    " period ends. You may ask at any time to see what is held about you, to have it corrected, or to"
    " withdraw."
)
ACKNOWLEDGEMENT = (
    "Thank you for applying to become an independent custody visitor. We read every application, and write to"
    " you when this round has closed, or sooner. You need do nothing until then."
)


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
    before_shortlist: frozenset[Requirement] = frozenset()
    before_interviewed: frozenset[Requirement] = frozenset({Requirement.INTERVIEW})
    before_vetting: frozenset[Requirement] = frozenset()
    before_training: frozenset[Requirement] = frozenset({Requirement.REFERENCES, Requirement.VETTING})
    before_appointment: frozenset[Requirement] = frozenset(
        {Requirement.DECLARATION, Requirement.VETTING, Requirement.TRAINING, Requirement.AGREEMENT}
    )
    before_confirmation: frozenset[Requirement] = frozenset({Requirement.CARD, Requirement.REVIEW})
    references_wanted: int = 2
    reference_days: int = 28
    reference_chase_days: int = 10
    stuck_days: int = 42
    probation_visits: int = 6
    agreement_version: str = ""
    terrorism_vetting_levels: tuple[str, ...] = ()
    barred_roles: tuple[str, ...] = BARRED_ROLES
    application_notice: str = APPLICATION_NOTICE
    acknowledgement: str = ACKNOWLEDGEMENT
    cover_closes_days: int = 2
    cover_ends_days: int = 1
    draw_minutes: int = 2
    custody_number_pattern: str = ""
    custody_numbers_kept_days: int = 180
    finding_themes: tuple[str, ...] = THEMES
    contact_checks: tuple[Check, ...] = CONTACT_CHECKS
    suite_checks: tuple[Check, ...] = SUITE_CHECKS
    record_checks: tuple[Check, ...] = RECORD_CHECKS
    records_by_custody_number: bool = False
    dog_checks: tuple[Check, ...] = DOG_CHECKS
    reply_reminder_days: int = 3
    escalation_days: int = 7
    escalation_email: str = ""
    finding_link_days: int = 14
    publishes_findings: bool = False
    publishes_statistics: bool = False
    target_percent: int | None = None
    accessibility_contact: str = ""

    @property
    def grid(self) -> Grid:
        return Grid(self.bands)


CHOICE_NAMES = tuple(choice.name for choice in fields(Choices))
