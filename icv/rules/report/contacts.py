"""People met or looked for on a visit, by custody number only: consents, why not seen, and the checks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from icv.rules.report.parts import Fault, Frame, Line, Part, Three, answered, checks_in_words, three_ways

CUSTODY_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 /.-]{0,19}", re.ASCII)


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

CHECKS = {
    "rights": "Rights and the written notice given, and understood",
    "someone_told": "Somebody told of the detention, if wished",
    "solicitor": "Solicitor offered",
    "phone": "Phone call offered",
    "medical": "Medical attention and medication, if needed",
    "adult": "Appropriate adult called, if needed",
    "interpreter": "Interpreter or translation, if needed",
    "food": "Food and drink offered",
    "bedding": "Mattress, pillow and blanket",
    "washing": "Wash and shower offered",
    "clothing": "Enough clothing",
    "reading": "Something to read offered",
    "religion": "Religious needs met",
    "dependants": "Dependants and pets at home seen to",
    "female": "Woman or girl: female officer named, hygiene pack offered",
    "reviews": "Detention reviewed on time",
    "no_complaint": "No complaint to make",
}

CATEGORY_OF = {
    "rights": "rights and information",
    "someone_told": "rights and information",
    "solicitor": "rights and information",
    "phone": "rights and information",
    "medical": "medical",
    "adult": "mental health and vulnerability",
    "interpreter": "rights and information",
    "food": "food and drink",
    "bedding": "welfare",
    "washing": "washing and hygiene",
    "clothing": "welfare",
    "reading": "welfare",
    "religion": "welfare",
    "dependants": "welfare",
    "female": "welfare",
    "reviews": "rights and information",
    "no_complaint": "complaints route",
}
"""The category of the finding that a check answered no may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNote(Part):
    """`grounds` are what was said for a refusal by the police or another reason."""

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {
        "why_not_seen": WhyNotSeen,
        "checks": three_ways,
    }

    custody_number: str = ""
    was_seen: bool | None = None
    why_not_seen: WhyNotSeen | None = None
    grounds: str = ""
    consents_to_talk: bool | None = None
    consents_to_record: bool | None = None
    checks: Mapping[str, Three] = field(default_factory=dict)
    remarks: str = ""

    def faults(self, frame: Frame) -> list[Fault]:
        found = []
        if not self.custody_number:
            found.append(Fault("custody_number", "Enter the custody number"))
        elif not CUSTODY_NUMBER.fullmatch(self.custody_number) or not re.search(r"\d", self.custody_number):
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

    @property
    def noes(self) -> list[str]:
        """Checks answered no, in order: each may be a finding."""
        return [check for check in CHECKS if self.was_seen and self.checks.get(check) is Three.NO]

    def lines(self) -> list[Line]:
        if not self.was_seen:
            why = self.why_not_seen.words if self.why_not_seen else None
            return answered([("Seen", "No"), ("Why not", why), ("Grounds", self.grounds), *self._remark()])
        return answered(
            [
                ("Seen", "Yes"),
                ("Agreed to talk", _yes_no(self.consents_to_talk)),
                ("Agreed to the record being read", _yes_no(self.consents_to_record)),
                *checks_in_words(self.checks, CHECKS),
                *self._remark(),
            ]
        )

    def _remark(self) -> list[tuple[str, str | None]]:
        return [("Remarks", self.remarks)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsNote(Part):
    """Said of all contacts together: why fewer people are entered as seen than accepted a visit."""

    why_fewer: str = ""


def _yes_no(answer: bool | None) -> str | None:
    return {True: "Yes", False: "No", None: "Not asked"}[answer]
