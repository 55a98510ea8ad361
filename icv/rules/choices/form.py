"""How a choice is asked for: its title, its hint and the bounds of its number."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a choice is asked for."""

    TEXT = "text"
    TEXT_OR_NONE = "text or none"
    LONG_TEXT = "long text"
    NUMBER = "number"
    NUMBER_OR_NONE = "number or none"
    YES_NO = "yes or no"
    NEEDS = "needs"
    OUTCOMES = "outcomes"
    BANDS = "bands"
    LIST = "list"
    LIST_OR_NONE = "list or none"
    CHECKS = "checks"
    REQUIREMENTS = "requirements"


@dataclass(frozen=True, slots=True)
class Asked:
    """One choice. `least` and `most` bound numbers, both included; `unit` is one of what they count."""

    title: str
    form: Form
    hint: str = ""
    unit: str = ""
    units: str = ""
    least: int = 0
    most: int = 0


def number(title: str, unit: str, least: int, most: int, hint: str = "", units: str = "") -> Asked:
    return Asked(title, Form.NUMBER, hint, unit, units, least, most)
