"""Words fit for a document: without signs that no document may hold, or that turn what stands beside them."""

import unicodedata
from typing import Any

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They would set the rest of a line backwards. Names that are read from the right need none of them."""


def legible(written: Any) -> Any:
    """The same JSON with each text legible; new lines stay."""
    match written:
        case str():
            return legible_words(written)
        case dict():
            return {key: legible(value) for key, value in written.items()}
        case list():
            return [legible(value) for value in written]
    return written


def legible_words(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, text.replace("\r\n", "\n").replace("\r", "\n")))


def _sign(sign: str) -> str:
    if sign in "\n\N{ZERO WIDTH JOINER}":
        return sign
    match unicodedata.category(sign):
        case "Cc":
            return " " if sign.isspace() else ""
        case "Cs" | "Cn" | "Co":
            return UNKNOWN
        case "Zl" | "Zp":
            return "\n"
    return "" if sign in _TURNING else sign
