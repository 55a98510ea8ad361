"""Where the pages of a report's parts are: the pair's own, or the coordinator's who enters it from paper."""

from typing import Any

from flask import request, url_for

PAPER = "paper"
"""The blueprint of the coordinator's pages."""

ANY_SECTION = "/<any(arrival, terrorism, counts, suite, remarks, trainee, day, dogs):name>"
ANY_IN_NUMBERS = "/<any(contact, record, finding):word>"
"""Where pages of sections are, and of what is entered one by one."""


def is_from_paper() -> bool:
    return request.blueprint == PAPER


def report_url(page: str, **values: Any) -> str:
    """The address of a page by its name, such as `contacts`, for whoever is writing."""
    return url_for(f"{PAPER if is_from_paper() else 'reports'}.{page}", **values)
