"""Checking what a file from elsewhere says, piece by piece: of the right kind, in bounds, and no more."""

import math
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Any

from icv.rules.days import Period
from icv.rules.figures.periods import FIRST_YEAR, LAST_YEAR
from icv.rules.refusals import Refusal

MOST = 1_000_000_000
"""No count of visits, people or findings comes near it."""
MOST_LETTERS = 200
MOST_WORDS = 2_000
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class FiguresFileError(Refusal):
    """Why a figures file is not taken, naming the place in it; the text may be shown."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


def wrong(where: str, what: str) -> FiguresFileError:
    return FiguresFileError(f"The file cannot be used: {where} {what}.")


def keys(found: Any, names: Collection[str], where: str, *, may_lack: bool = False) -> dict[str, Any]:
    """An object of these keys. One not known is refused: nobody knows what it says of whom."""
    if not isinstance(found, dict):
        raise wrong(where, "is not an object of names and values")
    unknown = sorted(set(found) - set(names))
    if unknown:
        raise wrong(where, f"has a name that does not belong there: {shortened(unknown[0])}")
    missing = sorted(set(names) - set(found))
    if missing and not may_lack:
        raise wrong(where, f"lacks {missing[0]}")
    return found


def members(found: Any, most: int, where: str) -> list[Any]:
    if not isinstance(found, list):
        raise wrong(where, "is not a list")
    if len(found) > most:
        raise wrong(where, f"has more than {most} members")
    return found


def text(found: Any, where: str, most: int = MOST_LETTERS, *, may_be_empty: bool = False) -> str:
    """Words on one line. What steers a screen or turns the direction of writing is refused."""
    if not isinstance(found, str):
        raise wrong(where, "is not text")
    if len(found) > most:
        raise wrong(where, f"is longer than {most} characters")
    if not may_be_empty and not found.strip():
        raise wrong(where, "is empty")
    if any(unicodedata.category(letter) in _UNSEEN for letter in found):
        raise wrong(where, "has characters in it that cannot be seen")
    return found


def fitted(name: str) -> str:
    """A name of our own as `text` takes it: whoever reads our file refuses what cannot be seen."""
    seen = "".join("" if unicodedata.category(letter) in _UNSEEN - {"Cc"} else letter for letter in name)
    plain = " ".join("".join(" " if unicodedata.category(one) == "Cc" else one for one in seen).split())
    return (plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 1]}…") or "–"


def whole(found: Any, where: str, least: int = 0, most: int = MOST) -> int:
    if isinstance(found, bool) or not isinstance(found, int):
        raise wrong(where, "is not a whole number")
    if not least <= found <= most:
        raise wrong(where, f"is not between {least:,} and {most:,}")
    return found


def number(found: Any, where: str, least: int = 0) -> int | float:
    if isinstance(found, float):
        if math.isfinite(found) and least <= found <= MOST:
            return found
        raise wrong(where, f"is not between {least:,} and {MOST:,}")
    return whole(found, where, least)


def day(found: Any, where: str) -> date:
    words = text(found, where, len("2026-03-04"))
    try:
        read = date.fromisoformat(words)
    except ValueError as fault:
        raise wrong(where, "is not a day like 2026-03-04") from fault
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise wrong(where, f"is not between {FIRST_YEAR} and {LAST_YEAR}")
    return read


def period(found: Any) -> Period:
    both = keys(found, ("from", "to"), "“period”")
    first, last = day(both["from"], "“period”, “from”"), day(both["to"], "“period”, “to”")
    if last < first:
        raise wrong("“period”", "ends before it begins")
    return Period(first, last)


def shortened(words: str) -> str:
    plain = "".join(letter if letter.isprintable() else "?" for letter in words[:40])
    return f"“{plain}{'…' if len(words) > 40 else ''}”"
