"""What lists share: numbers asked for in the address, and which page of how many."""

from flask import request


def number_asked(name: str) -> int | None:
    """A whole number in the query, None where there is none."""
    asked = request.args.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def pages_of(total: int, size: int) -> tuple[int, int]:
    """The page asked for, held to those there are, and the last one."""
    last = max(1, -(-total // size))
    return min(max(number_asked("page") or 1, 1), last), last


def ticked(name: str) -> set[int]:
    """The numbers of what was chosen in a list, sent or in the address; what is no number is left out."""
    sent = request.values.getlist(name)
    return {int(number) for number in sent if number.isascii() and number.isdigit() and len(number) < 10}
