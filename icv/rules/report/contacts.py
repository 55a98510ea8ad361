"""People met or looked for on a visit, by custody number only: consents, why not seen, and the checks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, ClassVar

from icv.rules.checks import CONTACT_CHECKS, titles
from icv.rules.report.numbers import MOST_CHARACTERS_OF_NUMBER, doubt
from icv.rules.report.parts import (
    Fault,
    Frame,
    Line,
    Part,
    Questions,
    Three,
    answered,
    checks_in_words,
    three_ways,
    words_of,
)
from icv.rules.report.waits import Rank


class WhyNotSeen(StrEnum):
    ASLEEP = "asleep"
    INTERVIEW = "interview"
    SOLICITOR = "solicitor"
    HEALTH = "health"
    APPROPRIATE_ADULT = "appropriate_adult"
    INTOXICATED = "intoxicated"
    VIOLENT = "violent"
    WASHING = "washing"
    DECLINED = "declined"
    REFUSED_BY_POLICE = "refused_by_police"
    OTHER = "other"

    @property
    def words(self) -> str:
        return WHY_NOT_SEEN[self]


WHY_NOT_SEEN = {
    WhyNotSeen.DECLINED: "Did not want to be seen",
    WhyNotSeen.ASLEEP: "Asleep",
    WhyNotSeen.INTERVIEW: "In interview",
    WhyNotSeen.SOLICITOR: "With a solicitor",
    WhyNotSeen.HEALTH: "With a health professional",
    WhyNotSeen.APPROPRIATE_ADULT: "With an appropriate adult",
    WhyNotSeen.INTOXICATED: "Intoxicated",
    WhyNotSeen.VIOLENT: "Violent",
    WhyNotSeen.WASHING: "In the shower or medical room",
    WhyNotSeen.REFUSED_BY_POLICE: "The police refused",
    WhyNotSeen.OTHER: "Another reason",
}
NEEDS_GROUNDS = frozenset({WhyNotSeen.REFUSED_BY_POLICE, WhyNotSeen.OTHER})

CHECKS = titles(CONTACT_CHECKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNote(Part):
    """`grounds` are what was said for a refusal by the police or another reason, `refused_by` on whose word.

    `titles` are the words of the checks, of the form it was asked on.
    """

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "why_not_seen": WhyNotSeen,
        "checks": three_ways,
        "refused_by": Rank,
    }

    custody_number: str = ""
    was_seen: bool | None = None
    why_not_seen: WhyNotSeen | None = None
    grounds: str = ""
    consents_to_talk: bool | None = None
    consents_to_record: bool | None = None
    checks: Mapping[str, Three] = field(default_factory=dict)
    remarks: str = ""
    is_child: bool = False
    is_vulnerable: bool = False
    refused_by: Rank | None = None
    titles: Mapping[str, str] = words_of(CONTACT_CHECKS)

    @property
    def comes_first(self) -> bool:
        return self.is_child or self.is_vulnerable

    def faults(self, frame: Frame) -> list[Fault]:
        found = []
        if not self.custody_number:
            found.append(Fault("custody_number", "Enter the custody number"))
        elif len(self.custody_number) > MOST_CHARACTERS_OF_NUMBER:
            found.append(Fault("custody_number", "A custody number is shorter. Never write a name"))
        elif not re.search(r"\d", self.custody_number):
            sentence = "A custody number has figures in it, like EU/01234/26. Never write a name"
            found.append(Fault("custody_number", sentence))
        if self.was_seen is None:
            found.append(Fault("was_seen", "Say whether you saw this person"))
        if self.was_seen is False:
            found += self._faults_of_not_seen()
        return found

    def _faults_of_not_seen(self) -> list[Fault]:
        if self.why_not_seen is None:
            return [Fault("why_not_seen", "Say why you did not see this person")]
        if self.why_not_seen in NEEDS_GROUNDS and not self.grounds:
            return [Fault("grounds", "Write down the grounds that were given, and who gave them")]
        return []

    def doubts(self, frame: Frame) -> list[Fault]:
        sentence = doubt(frame.choices.custody_number_pattern, self.custody_number)
        found = [Fault("custody_number", sentence)] if sentence else []
        if self.is_refused and self.refused_by is None:
            named = f"{self.custody_number}: the police refused"
            found.append(Fault("refused_by", f"{named}. Say who decided: only an inspector or above may"))
        return found

    @property
    def is_refused(self) -> bool:
        return self.was_seen is False and self.why_not_seen is WhyNotSeen.REFUSED_BY_POLICE

    def asked(self, questions: Questions) -> "ContactNote":
        return replace(self, titles=questions.contact_checks)

    @property
    def noes(self) -> list[str]:
        """Checks answered no, in order: each may be a finding."""
        return [check for check in self.titles if self.was_seen and self.checks.get(check) is Three.NO]

    def lines(self) -> list[Line]:
        if not self.was_seen:
            why = self.why_not_seen.words if self.why_not_seen else None
            who = self.refused_by.words if self.refused_by else None
            refused = [("Grounds", self.grounds), ("Decided by", who)]
            return answered([*self._first(), ("Seen", "No"), ("Why not", why), *refused, *self._remark()])
        return answered(
            [
                *self._first(),
                ("Seen", "Yes"),
                ("Agreed to talk", _yes_no(self.consents_to_talk)),
                ("Agreed to the record being read", _yes_no(self.consents_to_record)),
                *checks_in_words(self.checks, self.titles),
                *self._remark(),
            ]
        )

    def _first(self) -> list[tuple[str, str | None]]:
        who = ["Child"] * self.is_child + ["Vulnerable"] * self.is_vulnerable
        return [("Comes first", ", ".join(who))]

    def _remark(self) -> list[tuple[str, str | None]]:
        return [("Remarks", self.remarks)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsNote(Part):
    """Said of all contacts together: why fewer people are entered as seen than accepted a visit."""

    why_fewer: str = ""


def _yes_no(answer: bool | None) -> str | None:
    return {True: "Yes", False: "No", None: "Not asked"}[answer]
