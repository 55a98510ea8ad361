"""References: the names by which visits and findings are spoken of, in the order in which they came."""

import re
from collections.abc import Container
from datetime import date
from itertools import count


def week_and_suite(suite: str, week_starts_on: date) -> str:
    """2026-W12-EUS: the ISO week and the suite's first letters. A visit's reference begins so."""
    year, week, _ = week_starts_on.isocalendar()
    letters = re.sub(r"[^A-Z]", "", suite.upper())[:3] or "SUI"
    return f"{year}-W{week:02}-{letters}"


def next_reference(stem: str, taken: Container[str]) -> str:
    """V001-1 for V001-, or the first number after it that is not taken."""
    return next(made for number in count(1) if (made := f"{stem}{number}") not in taken)
