"""Forgetting custody numbers: who was met becomes “person 1”, wherever the report said the number."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

SHORTEST_IN_WORDS = 5
"""Shorter numbers are left in free words: they might be a time, a cell or a count."""
_KEY = "custody_number"
_STAND_IN = re.compile(r"person \d+")


def numbers_in(content: Any) -> list[str]:
    """The custody numbers that answers hold, at any depth, each once and in order."""
    return list(dict.fromkeys(number for number in _walk(content) if number))


def stand_ins(numbers: Iterable[str]) -> dict[str, str]:
    """What each number becomes. Those that are stand-ins already stay themselves, and theirs alone."""
    known = list(numbers)
    free = (stand_in for place in count(1) if (stand_in := f"person {place}") not in known)
    return {number: number if _STAND_IN.fullmatch(number) else next(free) for number in known}


def without_numbers(content: Any, known: Mapping[str, str]) -> Any:
    """The same answers with each known number as its stand-in, in its own field and within words."""
    if isinstance(content, Mapping):
        return {
            key: _field(value, known) if key == _KEY else without_numbers(value, known)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [without_numbers(value, known) for value in content]
    return words_without(content, known) if isinstance(content, str) else content


def words_without(words: str, known: Mapping[str, str]) -> str:
    """Free words with each known number that is long enough as its stand-in, whatever its case."""
    told = {number.casefold(): stand_in for number, stand_in in known.items()}
    long = sorted((number for number in known if len(number) >= SHORTEST_IN_WORDS), key=len, reverse=True)
    if not long:
        return words
    either = "|".join(re.escape(number) for number in long)
    return re.sub(
        rf"(?<!\w)(?:{either})(?!\w)", lambda found: told[found[0].casefold()], words, flags=re.IGNORECASE
    )


def _walk(content: Any) -> Iterator[str]:
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _numbers(value) if key == _KEY else _walk(value)
    elif isinstance(content, list):
        for value in content:
            yield from _walk(value)


def _numbers(value: Any) -> Iterator[str]:
    """Of an answer: one, or a list of one as browsers post it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))


def _field(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_field(one, known) for one in value]
    return known.get(value, value) if isinstance(value, str) else value
