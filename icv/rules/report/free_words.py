"""The free words of a part: what its writer typed as sentences, and neither chose nor counted."""

from dataclasses import fields

from icv.rules.report.parts import Part

CHOSEN = frozenset({"category", "check", "custody_number"})
"""Text that is one of a list, or a number that has a rule of its own."""


def free_words(part: Part) -> str:
    """All of them, an answer a line; empty where nothing is written."""
    written = (getattr(part, field.name) for field in fields(part) if field.name not in CHOSEN)
    return "\n".join(answer for answer in written if type(answer) is str and answer)
