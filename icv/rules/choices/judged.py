"""A choice in words, and why one cannot be made so."""

from collections.abc import Callable
from datetime import time
from typing import Any

from icv.rules.checks import Check
from icv.rules.choices.asked import ASKED
from icv.rules.choices.form import Asked, Form
from icv.rules.requirements import Requirement
from icv.rules.scheme import Need
from icv.rules.timeslots import Grid
from icv.rules.visits import ATTEMPTED, Outcome
from icv.rules.words import capital, plural

LONGEST_TEXT = 100
LONGEST_LONG_TEXT = 4000
MOST_BANDS = 12
MOST_LINES = 40


def in_words(name: str, value: Any) -> str:
    """The value as a person reads it."""
    return _WORDS[ASKED[name].form](ASKED[name], value)


def fault(name: str, value: Any) -> str | None:
    """Why the scheme cannot choose so, as a sentence without its full stop; None: it can."""
    return _FAULTS[ASKED[name].form](ASKED[name], value)


def _words_of_number(asked: Asked, value: Any) -> str:
    return "No limit" if value is None else plural(value, asked.unit, asked.units)


def _words_of_needs(asked: Asked, value: Any) -> str:
    return capital("; ".join(need.words for need in Need if need in value)) or "Nothing but the appointment"


def _words_of_requirements(asked: Asked, value: Any) -> str:
    return capital("; ".join(one.words for one in Requirement if one in value)) or "Nothing"


def _words_of_outcomes(asked: Asked, value: Any) -> str:
    return capital(", ".join(outcome.words for outcome in Outcome if outcome in value))


_WORDS: dict[Form, Callable[[Asked, Any], str]] = {
    Form.TEXT: lambda asked, value: str(value),
    Form.TEXT_OR_NONE: lambda asked, value: str(value) or "None",
    Form.LONG_TEXT: lambda asked, value: str(value),
    Form.NUMBER: _words_of_number,
    Form.NUMBER_OR_NONE: _words_of_number,
    Form.YES_NO: lambda asked, value: "Yes" if value else "No",
    Form.NEEDS: _words_of_needs,
    Form.OUTCOMES: _words_of_outcomes,
    Form.BANDS: lambda asked, value: ", ".join(Grid(value).band_names),
    Form.LIST: lambda asked, value: capital(", ".join(value)),
    Form.LIST_OR_NONE: lambda asked, value: capital(", ".join(value)) or "None",
    Form.CHECKS: lambda asked, value: "; ".join(check.title for check in value),
    Form.REQUIREMENTS: _words_of_requirements,
}


def _fault_of_text(asked: Asked, value: str) -> str | None:
    if not value:
        return "Enter some words"
    return f"Use at most {LONGEST_TEXT} characters" if len(value) > LONGEST_TEXT else None


def _fault_of_long_text(asked: Asked, value: str) -> str | None:
    if not value.strip():
        return "Enter some words"
    return f"Use at most {LONGEST_LONG_TEXT:,} characters" if len(value) > LONGEST_LONG_TEXT else None


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
        return "Enter at least one line" if asked.form is Form.LIST else None
    if len(value) > MOST_LINES or max(map(len, value)) > LONGEST_TEXT:
        return f"Enter at most {MOST_LINES}, each of at most {LONGEST_TEXT} characters"
    if len({category.casefold() for category in value}) < len(value):
        return "One of them is there twice"
    return None


def _fault_of_checks(asked: Asked, value: tuple[Check, ...]) -> str | None:
    if not value:
        return "Enter at least one line"
    titles = tuple(check.title for check in value)
    if len({check.key for check in value}) < len(value):
        return "One of them is there twice"
    return _fault_of_list(asked, titles)


_FAULTS: dict[Form, Callable[[Asked, Any], str | None]] = {
    Form.TEXT: _fault_of_text,
    Form.TEXT_OR_NONE: lambda asked, value: _fault_of_text(asked, value) if value else None,
    Form.LONG_TEXT: _fault_of_long_text,
    Form.NUMBER: _fault_of_number,
    Form.NUMBER_OR_NONE: _fault_of_number,
    Form.YES_NO: lambda asked, value: None,
    Form.NEEDS: lambda asked, value: None,
    Form.OUTCOMES: _fault_of_outcomes,
    Form.BANDS: _fault_of_bands,
    Form.LIST: _fault_of_list,
    Form.LIST_OR_NONE: _fault_of_list,
    Form.CHECKS: _fault_of_checks,
    Form.REQUIREMENTS: lambda asked, value: None,
}
