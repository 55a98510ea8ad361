"""The words, groups and bounds of a scheme’s choices: what the settings page says of each, and refuses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Any

from icv.rules.scheme import Need
from icv.rules.timeslots import Grid
from icv.rules.visits import ATTEMPTED, Outcome
from icv.rules.words import plural


class Form(StrEnum):
    """How a choice is asked for."""

    TEXT = "text"
    NUMBER = "number"
    NUMBER_OR_NONE = "number or none"
    YES_NO = "yes or no"
    NEEDS = "needs"
    OUTCOMES = "outcomes"
    BANDS = "bands"
    LIST = "list"


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
}
"""Every choice, by its name in `Choices`."""

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The scheme", ("scheme_name", "office_name", "records_marking", "papers_marking")),
    (
        "Before a visit",
        ("clearance_needs", "probation_months", "term_years", "vetting_overdue_days", "expiry_warning_days"),
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
            "feed_shows_suite",
        ),
    ),
    ("Visits and reports", ("report_due_days", "long_wait_minutes", "delay_rank")),
    ("Findings", ("finding_categories", "reply_due_days", "serious_reply_due_days")),
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

LONGEST_TEXT = 100
MOST_BANDS = 12
MOST_CATEGORIES = 40


def in_words(name: str, value: Any) -> str:
    """The value as a person reads it."""
    return _WORDS[ASKED[name].form](ASKED[name], value)


def fault(name: str, value: Any) -> str | None:
    """Why the scheme cannot choose so, as a sentence without its full stop; None: it can."""
    return _FAULTS[ASKED[name].form](ASKED[name], value)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _words_of_number(asked: Asked, value: Any) -> str:
    return "No limit" if value is None else plural(value, asked.unit, asked.units)


def _words_of_needs(asked: Asked, value: Any) -> str:
    return _capital("; ".join(need.words for need in Need if need in value)) or "Nothing but the appointment"


def _words_of_outcomes(asked: Asked, value: Any) -> str:
    return _capital(", ".join(outcome.words for outcome in Outcome if outcome in value))


_WORDS: dict[Form, Callable[[Asked, Any], str]] = {
    Form.TEXT: lambda asked, value: str(value),
    Form.NUMBER: _words_of_number,
    Form.NUMBER_OR_NONE: _words_of_number,
    Form.YES_NO: lambda asked, value: "Yes" if value else "No",
    Form.NEEDS: _words_of_needs,
    Form.OUTCOMES: _words_of_outcomes,
    Form.BANDS: lambda asked, value: ", ".join(Grid(value).band_names),
    Form.LIST: lambda asked, value: _capital(", ".join(value)),
}


def _fault_of_text(asked: Asked, value: str) -> str | None:
    if not value:
        return "Enter some words"
    return f"Use at most {LONGEST_TEXT} characters" if len(value) > LONGEST_TEXT else None


def _fault_of_number(asked: Asked, value: int | None) -> str | None:
    if value is None and asked.form is Form.NUMBER_OR_NONE:
        return None
    if value is None or not asked.least <= value <= asked.most:
        return f"Enter a whole number from {asked.least} to {asked.most}"
    return None


def _fault_of_outcomes(asked: Asked, value: frozenset[Outcome]) -> str | None:
    if Outcome.COMPLETED not in value:
        return "A visit recorded as completed always counts as one: tick “completed”"
    if not value <= ATTEMPTED:
        return "A visit at which nobody turned up cannot count as completed"
    return None


def _fault_of_bands(asked: Asked, value: tuple[time, ...]) -> str | None:
    if not 1 <= len(value) <= MOST_BANDS:
        return f"Enter from one to {MOST_BANDS} times"
    if list(value) != sorted(set(value)):
        return "Each band must begin later than the one before"
    return None


def _fault_of_list(asked: Asked, value: tuple[str, ...]) -> str | None:
    if not value:
        return "Enter at least one category"
    if len(value) > MOST_CATEGORIES or max(map(len, value)) > LONGEST_TEXT:
        return f"Enter at most {MOST_CATEGORIES}, each of at most {LONGEST_TEXT} characters"
    if len({category.casefold() for category in value}) < len(value):
        return "One of them is there twice"
    return None


_FAULTS: dict[Form, Callable[[Asked, Any], str | None]] = {
    Form.TEXT: _fault_of_text,
    Form.NUMBER: _fault_of_number,
    Form.NUMBER_OR_NONE: _fault_of_number,
    Form.YES_NO: lambda asked, value: None,
    Form.NEEDS: lambda asked, value: None,
    Form.OUTCOMES: _fault_of_outcomes,
    Form.BANDS: _fault_of_bands,
    Form.LIST: _fault_of_list,
}
