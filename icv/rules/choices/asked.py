"""What is asked of a scheme: each choice with its title, its hint and the bounds of its number."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a choice is asked for."""

    TEXT = "text"
    TEXT_OR_NONE = "text or none"
    LONG_TEXT = "long text"
    NUMBER = "number"
    NUMBER_OR_NONE = "number or none"
    YES_NO = "yes or no"
    NEEDS = "needs"
    OUTCOMES = "outcomes"
    BANDS = "bands"
    LIST = "list"
    LIST_OR_NONE = "list or none"
    CHECKS = "checks"
    REQUIREMENTS = "requirements"


@dataclass(frozen=True, slots=True)
class Asked:
    """One choice. `least` and `most` bound numbers, both included; `unit` is one of what they count."""

    title: str
    form: Form
    hint: str = ""
    unit: str = ""
    units: str = ""
    least: int = 0
    most: int = 0


def _number(title: str, unit: str, least: int, most: int, hint: str = "", units: str = "") -> Asked:
    return Asked(title, Form.NUMBER, hint, unit, units, least, most)


CHECKS_HINT = (
    "Empty a line to ask it no more, or write a new one below the last. Yes has to mean that all is well. A"
    " visit is reported on the form in force when its week begins, and a report that was sent keeps its own"
)

ASKED: dict[str, Asked] = {
    "scheme_name": Asked("Name of the scheme", Form.TEXT, "As visitors and the panel read it"),
    "office_name": Asked(
        "Name of the office", Form.TEXT, "The body that arranges the visits, as papers name it"
    ),
    "records_marking": Asked(
        "Marking of pages with personal records", Form.TEXT, "Shown at the top of each of them"
    ),
    "papers_marking": Asked("Marking of panel papers", Form.TEXT),
    "bands": Asked(
        "Timeslots of a day",
        Form.BANDS,
        "When each band begins, in order; the last runs past midnight until the first. Availability that was"
        " given on other bands has to be given again",
    ),
    "clearance_needs": Asked(
        "What a visitor must have before a visit",
        Form.NEEDS,
        "Besides being appointed. What is not ticked is warned of and does not keep anyone from visiting",
    ),
    "completed_outcomes": Asked(
        "Which visits count as completed",
        Form.OUTCOMES,
        "The definition printed under the share of completed visits. Schemes differ in it",
    ),
    "expected_visits_a_year": _number("Visits hoped for from each visitor a year", "visit", 0, 200),
    "least_visits_a_year": _number("Visits a year below which somebody is asked why", "visit", 0, 200),
    "expected_night_visits_a_year": _number(
        "Of them at night", "visit", 0, 200, "In the band that runs past midnight"
    ),
    "visits_a_week": _number("Most visits a visitor makes a week", "visit", 1, 7),
    "gap_weeks": _number("Weeks free between two visits of one visitor", "week", 0, 26),
    "most_visits_a_month": Asked(
        "Most visits a visitor makes a month",
        Form.NUMBER_OR_NONE,
        "Leave empty for no limit but their own",
        "visit",
        "",
        1,
        31,
    ),
    "probationers_in_pair": _number(
        "Most visitors on probation in a pair", "visitor", 0, 1, "Two on probation never visit together"
    ),
    "report_due_days": _number("A report is due within", "day", 0, 60, "After the end of the visit’s week"),
    "reply_due_days": _number("The police are asked to reply within", "day", 1, 180),
    "serious_reply_due_days": _number("To a serious finding within", "day", 1, 180),
    "vetting_overdue_days": _number("Vetting is late after", "day", 1, 365, "From the day it was asked for"),
    "expiry_warning_days": _number(
        "What runs out is shown ahead by", "day", 1, 365, "Vetting, terms, cards and training"
    ),
    "probation_months": _number("Length of probation", "month", 0, 36),
    "term_years": _number(
        "Length of a term", "year", 1, 20, "Terms may be renewed; no longest service is set anywhere"
    ),
    "delay_rank": Asked(
        "Lowest rank that may delay entry",
        Form.TEXT,
        "A delay on a lower rank’s word is flagged in the report",
    ),
    "long_wait_minutes": _number("A wait at the door is long after", "minute", 0, 240),
    "partner_contact_days": _number(
        "Partners see each other’s telephone number from", "day", 0, 90, "Before their week, to its end"
    ),
    "suppression_threshold": _number(
        "Counts that could identify a person, up to",
        "person",
        0,
        50,
        "Counts from 1 up to this are hidden in anything published; 0 hides none",
        "people",
    ),
    "feed_shows_suite": Asked(
        "Calendar feeds name the suite",
        Form.YES_NO,
        "Otherwise an entry says “ICV duty” and no more, whoever else sees the calendar",
    ),
    "finding_categories": Asked(
        "Categories of findings", Form.LIST, "One a line. Findings that have another keep it"
    ),
    "contact_checks": Asked("What is checked with each person", Form.CHECKS, CHECKS_HINT),
    "suite_checks": Asked("What is looked at in the suite", Form.CHECKS, CHECKS_HINT),
    "record_checks": Asked("What is looked for in a custody record", Form.CHECKS, CHECKS_HINT),
    "records_by_custody_number": Asked(
        "Record reviews name records by custody number",
        Form.YES_NO,
        "Otherwise by their number in the sample, as suits records that come redacted",
    ),
    "dog_checks": Asked("What is looked at on a dog-welfare visit", Form.CHECKS, CHECKS_HINT),
    "cover_closes_days": _number(
        "Cover and swaps are asked for up to", "day", 0, 60, "Before the week of the visit begins"
    ),
    "cover_ends_days": _number(
        "A request that nobody took ends", "day", 0, 60, "Before the week begins. Then the office looks"
    ),
    "draw_minutes": _number("Drawing a rota takes at most", "minute", 1, 60, "The best so far is kept"),
    "custody_number_pattern": Asked(
        "How a custody number looks",
        Form.TEXT_OR_NONE,
        "A for a letter and 0 for a figure: AA/00000/00. Empty: anything with a figure in it",
    ),
    "custody_numbers_kept_days": _number(
        "Custody numbers are kept for",
        "day",
        1,
        3650,
        "After the visit. Then they are removed from reports; what was seen and the counts stay",
    ),
    "finding_themes": Asked(
        "Themes of findings", Form.LIST_OR_NONE, "One a line: what runs through several categories"
    ),
    "reply_reminder_days": _number(
        "The police are reminded of a reply", "day", 0, 60, "Before it is due; 0: on the day itself"
    ),
    "escalation_days": _number(
        "A reply that is late is taken higher after", "day", 1, 180, "From the day it was due"
    ),
    "escalation_email": Asked(
        "Who hears of replies that stay late",
        Form.TEXT_OR_NONE,
        "An e-mail address, such as the superintendent’s. Empty: only the office is told",
    ),
    "finding_link_days": _number(
        "A link to answer findings is good for", "day", 1, 90, "For officers without an account"
    ),
    "publishes_findings": Asked(
        "Findings beside their replies are published",
        Form.YES_NO,
        "On a page without sign-in: only those you choose, in words without detainee or visitor",
    ),
    "before_shortlist": Asked("Required before the shortlist", Form.REQUIREMENTS),
    "before_interviewed": Asked("Required before somebody counts as interviewed", Form.REQUIREMENTS),
    "before_vetting": Asked("Required before vetting", Form.REQUIREMENTS),
    "before_training": Asked("Required before training", Form.REQUIREMENTS),
    "before_appointment": Asked("Required before an appointment", Form.REQUIREMENTS),
    "before_confirmation": Asked("Required before a probation ends well", Form.REQUIREMENTS),
    "references_wanted": _number("References wanted of each applicant", "reference", 0, 5),
    "reference_days": _number(
        "A referee has to answer within",
        "day",
        1,
        180,
        "After that the reference has failed",
    ),
    "reference_chase_days": _number("A referee is reminded once, after", "day", 1, 90),
    "stuck_days": _number("Somebody is stuck after", "day", 1, 365, "In one stage before an appointment"),
    "probation_visits": _number("Accompanied visits hoped for during probation", "visit", 0, 50),
    "agreement_version": Asked(
        "Memorandum of understanding in use",
        Form.TEXT_OR_NONE,
        "Its version, such as 3. Who has signed another is asked to sign this one. Empty: any version counts",
    ),
    "terrorism_vetting_levels": Asked(
        "Vetting that visits to terrorism detainees ask for",
        Form.LIST_OR_NONE,
        "Levels, one a line, such as SC. Empty: any level",
    ),
    "barred_roles": Asked(
        "Who may not be a visitor", Form.LIST_OR_NONE, "One a line, as an applicant reads it: I am not …"
    ),
    "application_notice": Asked(
        "Privacy notice of the application", Form.LONG_TEXT, "Read before anything is asked"
    ),
    "acknowledgement": Asked(
        "Acknowledgement of an application", Form.LONG_TEXT, "The letter that answers at once, after the name"
    ),
}
"""Every choice, by its name in `Choices`."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The scheme", ("scheme_name", "office_name", "records_marking", "papers_marking")),
    (
        "Recruitment",
        (
            "barred_roles",
            "application_notice",
            "acknowledgement",
            "before_shortlist",
            "before_interviewed",
            "before_vetting",
            "before_training",
            "before_appointment",
            "before_confirmation",
            "references_wanted",
            "reference_days",
            "reference_chase_days",
            "stuck_days",
        ),
    ),
    (
        "Before a visit",
        (
            "clearance_needs",
            "probation_months",
            "probation_visits",
            "term_years",
            "agreement_version",
            "terrorism_vetting_levels",
            "vetting_overdue_days",
            "expiry_warning_days",
        ),
    ),
    (
        "Rotas",
        (
            "bands",
            "visits_a_week",
            "gap_weeks",
            "most_visits_a_month",
            "probationers_in_pair",
            "partner_contact_days",
            "cover_closes_days",
            "cover_ends_days",
            "draw_minutes",
            "feed_shows_suite",
        ),
    ),
    (
        "Visits and reports",
        (
            "report_due_days",
            "long_wait_minutes",
            "delay_rank",
            "contact_checks",
            "suite_checks",
            "custody_number_pattern",
            "custody_numbers_kept_days",
        ),
    ),
    (
        "Other strands",
        (
            "record_checks",
            "records_by_custody_number",
            "dog_checks",
        ),
    ),
    (
        "Findings",
        (
            "finding_categories",
            "finding_themes",
            "reply_due_days",
            "serious_reply_due_days",
            "reply_reminder_days",
            "escalation_days",
            "escalation_email",
            "finding_link_days",
            "publishes_findings",
        ),
    ),
    (
        "Figures",
        (
            "completed_outcomes",
            "expected_visits_a_year",
            "least_visits_a_year",
            "expected_night_visits_a_year",
            "suppression_threshold",
        ),
    ),
)
"""How the settings page orders them."""
