"""Shares: percentages that round half up and never claim all or nothing of what is only nearly so."""


def percent(part: int, whole: int) -> float | None:
    """To one decimal, as tables show it; None where there is no whole to have a share of."""
    tenths = _share(part, whole, of=1000)
    return None if tenths is None else tenths / 10


def percent_in_words(part: int, whole: int) -> str | None:
    """97%: whole per cent, as a sentence shows it; None where there is no whole."""
    whole_percent = _share(part, whole, of=100)
    return None if whole_percent is None else f"{whole_percent}%"


def _share(part: int, whole: int, *, of: int) -> int | None:
    """In whole numbers throughout: a float would turn some halves down."""
    if whole == 0:
        return None
    rounded = (2 * of * part + whole) // (2 * whole)
    if 0 < part < whole:
        return min(max(rounded, 1), of - 1)
    return rounded
