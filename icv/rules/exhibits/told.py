"""Turns of phrase that several exhibits share."""

from collections.abc import Iterable, Sequence

from icv.rules.words import number_in_words, plural

MOST_NAMED = 3
"""So many suites are named in a sentence; more are counted."""


def listed(names: Sequence[str], conjunction: str = "and") -> str:
    """North, South and West"""
    *others, last = names
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def named_or_counted(names: Sequence[str], of: int) -> str:
    """Euston Street and Keyham Lane; 12 of 36 suites"""
    return listed(names) if len(names) <= MOST_NAMED else f"{len(names):,} of {plural(of, 'suite')}"


def told_alike(numbers: Iterable[int]) -> list[str]:
    """one, two; but 1 and 170, where one of them is too great for a word"""
    told = list(numbers)
    return [number_in_words(number) if max(told) < 100 else f"{number:,}" for number in told]
