"""Signs that nobody can see: left out of whatever is typed or imported."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"[\x0b\x0c]")  # word processors break lines so
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_UNSEEN_ALONE = frozenset({"Cc", "Cf"})
"""Kinds of signs that have their place between others, as a joiner of letters has, and say nothing alone."""
_BLANK = re.compile(r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0]")
"""Letters, marks and symbols that are drawn as nothing."""


def without_unseen(text: str) -> str:
    """Without control characters: PostgreSQL refuses NUL in any text; no workbook, document or feed may hold
    the others. Those that turn the order of signs round make words read as others than they are.

    Nothing is left of what has no sign in it that can be seen: a name of zero width is no name.
    """
    kept = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    return kept if kept.isspace() or any(map(_is_seen, kept)) else ""


def _is_seen(sign: str) -> bool:
    if sign.isspace() or unicodedata.category(sign) in _UNSEEN_ALONE:
        return False
    return not _BLANK.fullmatch(sign)
