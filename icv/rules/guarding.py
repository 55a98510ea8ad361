"""The identity guard: what in free words may give somebody away, pointed out before it is sent.

A warning, never a refusal: a pattern can be wrong, and its writer knows. The expressions are also read by
browsers, so they use only what Python and JavaScript both understand.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from icv.rules.name_words import ABBREVIATED, ALSO_WORDS, FORENAMES, NO_NAMES, WHOLE
from icv.rules.report.numbers import shape

YOUNGEST_DETAINEE = 10
"""The age of criminal responsibility in England and Wales: nobody in custody was born later."""
OLDEST_YEARS = 110


class Hint(StrEnum):
    """What it looks like."""

    BIRTH_DATE = "birth_date"
    TELEPHONE = "telephone"
    POSTCODE = "postcode"
    EMAIL = "email"
    NAME = "name"
    OUR_OWN = "our_own"
    CUSTODY_NUMBER = "custody_number"

    @property
    def words(self) -> str:
        return LOOKS_LIKE[self]


LOOKS_LIKE = {
    Hint.BIRTH_DATE: "looks like a date of birth",
    Hint.TELEPHONE: "looks like a telephone number",
    Hint.POSTCODE: "looks like a postcode",
    Hint.EMAIL: "is an e-mail address",
    Hint.NAME: "looks like somebody’s name",
    Hint.OUR_OWN: "is the name of somebody in the scheme",
    Hint.CUSTODY_NUMBER: "looks like a custody number",
}

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_BEYOND = "\u0100-\u017f"
"""Letters of names that neither English nor Latin-1 has. Written out: browsers know no other way."""
_LETTER = rf"[a-zA-ZÀ-ÖØ-öø-ÿ{_BEYOND}’'-]"
_CAPITAL = rf"[A-ZÀ-ÖØ-Þ{_BEYOND}]"
_ON = "[ \t\u00a0]"
"""Between words of one line: what stands under a title does not belong to it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Words that may give somebody away, as they were written, and what they look like."""

    hint: Hint
    excerpt: str

    @property
    def sentence(self) -> str:
        return f"“{self.excerpt}” {self.hint.words}"


@lru_cache
def expressions(year: int) -> dict[Hint, tuple[str, str]]:
    """For each hint its regular expression and its flags (`i` or none). `year` is that of the visit."""
    years = "|".join(str(one) for one in range(year - OLDEST_YEARS, year - YOUNGEST_DETAINEE + 1))
    short = "|".join(f"{one % 100:02d}" for one in range(year - 99, year - YOUNGEST_DETAINEE + 1))
    day, parting = r"\d{1,2}(?:st|nd|rd|th)?", r"[ ./-]"
    last = rf"(?:[ ./,-]{{1,2}}(?:{years})|(?:[ ./,-]{{1,2}}['’‘]?|['’‘])(?:{short}))"
    month = rf"(?:\d{{1,2}}|(?:{_MONTHS})[a-z]*)"
    return {
        Hint.BIRTH_DATE: (
            rf"\b(?:{day}{parting}(?:of )?{month}{last}(?!\d)"
            rf"|(?:{years})-\d{{2}}-\d{{2}}\b"
            r"|(?:born|d\.?o\.?b\.?|date of birth)[ :]{1,3}(?:on |in )?[\dA-Z][\w ./-]{3,16}\d)",
            "i",
        ),
        Hint.TELEPHONE: (r"(?:\+44|\b0044|\b0)(?:[ ().-]{0,2}\d){9,10}(?!\d)", ""),
        Hint.POSTCODE: (r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b", "i"),
        Hint.EMAIL: (r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", ""),
        Hint.NAME: (
            rf"\b(?:(?:{_both(ABBREVIATED)}|mr|mrs)\.?|{_both(WHOLE)}){_ON}{{1,2}}"
            rf"(?:[A-Z]\.?{_ON})?(?:(?:de|van|von|bin|al)[ -])?"
            rf"(?!(?:{_both(NO_NAMES)})\b){_CAPITAL}{_LETTER}+"
            rf"|\b{_CAPITAL}{_LETTER}+,{_ON}?(?:{_both(FORENAMES)})\b",
            "",
        ),
    }


def _both(words: Iterable[str]) -> str:
    """As they are written, and in capitals."""
    listed = list(words)
    return "|".join(dict.fromkeys([*listed, *(word.upper() for word in listed)]))


def clues(
    words: str,
    year: int,
    *,
    people: Iterable[str] = (),
    pair: Iterable[str] = (),
    number_pattern: str | None = None,
) -> list[Clue]:
    """What in these words may give somebody away, each excerpt once, in the order they stand.

    `people` are whole names of the scheme's own: both parts must follow each other, or the other way round
    with a comma. Of the `pair` who write, either part alone is enough: they call each other by it; but not
    where it is also a word that begins a sentence. `number_pattern` is the scheme's pattern of
    custody numbers, or empty, for words that the public reads; None within the scheme and for the police,
    to whom a detainee is known by it.
    """
    found = [*_by_expression(words, year), *_by_name(words, people, pair), *_by_number(words, number_pattern)]
    seen: set[str] = set()
    kept = []
    for _, clue in sorted(found, key=lambda one: one[0]):
        if clue.excerpt.casefold() not in seen:
            seen.add(clue.excerpt.casefold())
            kept.append(clue)
    return kept


def _by_expression(words: str, year: int) -> Iterator[tuple[int, Clue]]:
    for hint, expression in _compiled(year).items():
        for match in expression.finditer(words):
            yield match.start(), Clue(hint, match.group().strip())


@lru_cache
def _compiled(year: int) -> dict[Hint, re.Pattern[str]]:
    return {
        hint: re.compile(expression, re.IGNORECASE if flags == "i" else 0)
        for hint, (expression, flags) in expressions(year).items()
    }


_USUAL_NUMBER = r"[A-Z]{1,4}[/-][0-9]{3,7}(?:[/-][0-9]{2,4})?"


def _by_number(words: str, pattern: str | None) -> Iterator[tuple[int, Clue]]:
    if pattern is None:
        return
    looks = shape(pattern).pattern if pattern else _USUAL_NUMBER
    for match in re.finditer(rf"(?<![\w/-])(?:{looks})(?![\w/-])", words, re.IGNORECASE):
        yield match.start(), Clue(Hint.CUSTODY_NUMBER, match.group())


_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def _by_name(words: str, people: Iterable[str], pair: Iterable[str]) -> Iterator[tuple[int, Clue]]:
    """Looked up word by word: thousands of names cost no more than a few."""
    written = list(_WORD.finditer(words))
    whole = {tuple(_parts(name)[:: max(1, len(_parts(name)) - 1)]) for name in people}
    alone = {part for name in pair for part in _parts(name) if len(part) > 2}
    for here, following in zip_longest(written, written[1:]):
        if following and _is_whole(words, here, following, whole):
            yield here.start(), Clue(Hint.OUR_OWN, words[here.start() : following.end()])
        elif here.group()[0].isupper() and here.group().casefold() in alone and not _may_begin(words, here):
            yield here.start(), Clue(Hint.OUR_OWN, here.group())


def _is_whole(
    words: str, here: re.Match[str], following: re.Match[str], whole: Collection[tuple[str, ...]]
) -> bool:
    first, last = here.group().casefold(), following.group().casefold()
    is_turned = words[here.end() : following.start()].strip() == ","
    return (first, last) in whole or (is_turned and (last, first) in whole)


def _may_begin(words: str, here: re.Match[str]) -> bool:
    """Whether it stands at the head of a sentence, and any sentence may begin so."""
    if here.group().casefold() not in ALSO_WORDS:
        return False
    before = words[: here.start()].rstrip(" \t\u00a0“\"'(")
    return not before or before[-1] in ".!?:\n-–"


def _parts(name: str) -> list[str]:
    return [part.casefold() for part in _WORD.findall(name)]
