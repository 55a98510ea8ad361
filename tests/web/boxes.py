"""A day as it is typed into a form."""

from datetime import date


def day(on: date, name: str = "on") -> dict[str, str]:
    """In the three boxes of the field of that name."""
    return {f"{name}-{part}": str(getattr(on, part)) for part in ("day", "month", "year")}
