"""The suite itself: what visitors look at, besides people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from icv.rules.checks import SUITE_CHECKS as CHECKS_OF_SUITE
from icv.rules.checks import titles
from icv.rules.report.parts import (
    Line,
    Part,
    Questions,
    Three,
    answered,
    checks_in_words,
    three_ways,
    words_of,
)

SUITE_CHECKS = titles(CHECKS_OF_SUITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteNote(Part):
    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {"checks": three_ways}

    checks: Mapping[str, Three] = field(default_factory=dict)
    notes: str = ""
    titles: Mapping[str, str] = words_of(CHECKS_OF_SUITE)

    @property
    def noes(self) -> list[str]:
        """What is not in order, in order of the form: each may be a finding."""
        return [check for check in self.titles if self.checks.get(check) is Three.NO]

    @property
    def says_something(self) -> bool:
        return bool(self.notes) or any(answer is not Three.NOT_ASKED for answer in self.checks.values())

    def asked(self, questions: Questions) -> "SuiteNote":
        return replace(self, titles=questions.suite_checks)

    def lines(self) -> list[Line]:
        return answered([*checks_in_words(self.checks, self.titles), ("Notes", self.notes)])
