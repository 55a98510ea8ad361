"""Custody numbers: the shape a scheme says they have, and what looks like a name instead."""

import re
from functools import lru_cache

CUSTODY_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 /.-]{0,19}", re.ASCII)
MOST_CHARACTERS_OF_NUMBER = 20
_LIKE_A_NAME = re.compile(r"[^\W\d_][a-zà-ÿ]{2}")


@lru_cache(maxsize=64)
def shape(pattern: str) -> re.Pattern[str]:
    """A pattern of a scheme as an expression: A is any letter, 0 any figure, anything else itself."""
    parts = {"A": "[A-Za-z]", "0": "[0-9]"}
    return re.compile("".join(parts.get(one, re.escape(one)) for one in pattern), re.ASCII | re.IGNORECASE)


def fits(pattern: str, number: str) -> bool:
    """Whether the number has the scheme's shape; without a pattern, whether it looks like a number at all."""
    if pattern:
        return bool(shape(pattern).fullmatch(number))
    return bool(CUSTODY_NUMBER.fullmatch(number)) and not _LIKE_A_NAME.search(number)


def doubt(pattern: str, number: str) -> str | None:
    """What to look at again, as a sentence; None where nothing is odd."""
    if fits(pattern, number):
        return None
    like = f", like {pattern}" if pattern else ""
    return f"“{number}” does not look like a custody number{like}. Change it, or leave it if it is right"
