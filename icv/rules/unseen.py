"""Signs that nobody can see: left out of whatever is typed or imported."""

import re

_LINE_ENDS = re.compile(r"[\x0b\x0c]")  # word processors break lines so
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def without_unseen(text: str) -> str:
    """Without control characters: PostgreSQL refuses NUL in any text; no workbook, document or feed may hold
    the others. Those that turn the order of signs round make words read as others than they are.
    """
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
