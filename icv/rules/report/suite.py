"""The suite itself: what visitors look at, besides people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from icv.rules.report.parts import Line, Part, Three, answered, checks_in_words, three_ways

SUITE_CHECKS = {
    "clean": "Cells and corridors clean",
    "repair": "In good repair, nothing to hurt oneself on",
    "heat_light": "Warm, aired and lit as they should be",
    "food": "Food in date, enough of it, and for every diet",
    "cctv": "Cameras and call bells working",
    "clothing": "Stocks of clothing and blankets",
    "hygiene": "Stocks of soap, towels and hygiene packs",
    "religion": "Religious items kept with care",
    "kitchen": "Kitchen clean",
    "medical_room": "Medical room clean and locked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteNote(Part):
    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"checks": three_ways}

    checks: Mapping[str, Three] = field(default_factory=dict)
    notes: str = ""

    def lines(self) -> list[Line]:
        return answered([*checks_in_words(self.checks, SUITE_CHECKS), ("Notes", self.notes)])
