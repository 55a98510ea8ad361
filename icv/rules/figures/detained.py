"""Figures of people in custody beyond their counts: why not seen, of what age and sex, and who is first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from icv.rules.report.contacts import WhyNotSeen
from icv.rules.report.split import Group


class First(StrEnum):
    """Who is to be seen before anybody else. A child who is vulnerable counts as a child."""

    CHILD = "child"
    VULNERABLE = "vulnerable"

    @property
    def words(self) -> str:
        return {"child": "Children", "vulnerable": "Vulnerable adults"}[self.value]


@dataclass(frozen=True, slots=True)
class Met:
    """Of those whom reports enter one by one, how many were seen and how many were not."""

    seen: int = 0
    not_seen: int = 0

    @property
    def entered(self) -> int:
        return self.seen + self.not_seen


@dataclass(frozen=True, slots=True)
class Detained:
    """`reasons` are those that reports give for people one by one. `groups`: of what age and sex people were.

    A group counts at visits whose report splits all who were in custody; nobody knows the others' ages.
    """

    reasons: Mapping[WhyNotSeen, int] = field(default_factory=dict)
    first: Mapping[First, Met] = field(default_factory=dict)
    groups: Mapping[Group, int] = field(default_factory=dict)

    def not_seen(self, in_custody: int, accepted: int) -> int:
        """Everybody in custody who accepted no visit; more only where reports give a reason for more."""
        return max(in_custody - accepted, sum(self.reasons.values()))
