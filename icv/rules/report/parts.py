"""What all parts of a report share: what it is held to, faults, lines in words, and how answers are kept."""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeVar

from icv.rules.checks import CONTACT_CHECKS, DOG_CHECKS, RECORD_CHECKS, SUITE_CHECKS, Check, titles
from icv.rules.days import Period, day_in_words, london
from icv.rules.scheme import Choices
from icv.rules.visits import VisitKind

FORM_VERSION = 3
"""2 added how a visit went for a visitor on probation. 3 added who showed the visitors round, counts by age
and by sex, children and vulnerable people, themes, what showed a finding, and terrorism visits. From then on
a report keeps the words of the checks it was asked. What a version did not have is empty.
"""
NOT_ASKED = "Not asked or looked at"


class Section(StrEnum):
    """The parts a visitor fills in one by one, in the order of a visit."""

    DAY = "day"
    RECORDS = "records"
    DOGS = "dogs"
    ARRIVAL = "arrival"
    TERRORISM = "terrorism"
    COUNTS = "counts"
    CONTACTS = "contacts"
    SUITE = "suite"
    FINDINGS = "findings"
    REMARKS = "remarks"
    TRAINEE = "trainee"

    @property
    def words(self) -> str:
        return SECTIONS[self]


SECTIONS = {
    Section.DAY: "The day",
    Section.RECORDS: "Records you read",
    Section.DOGS: "The dogs",
    Section.ARRIVAL: "Arrival and entry",
    Section.TERRORISM: "Terrorism detention",
    Section.COUNTS: "Counts",
    Section.CONTACTS: "People you met",
    Section.SUITE: "The suite",
    Section.FINDINGS: "Findings",
    Section.REMARKS: "Remarks",
    Section.TRAINEE: "The visitor on probation",
}
MINUTES = {
    Section.DAY: 1,
    Section.RECORDS: 5,
    Section.DOGS: 3,
    Section.ARRIVAL: 2,
    Section.TERRORISM: 1,
    Section.COUNTS: 2,
    Section.CONTACTS: 2,
    Section.SUITE: 2,
    Section.FINDINGS: 2,
    Section.REMARKS: 1,
    Section.TRAINEE: 2,
}
"""About how long each takes; for people met, each of them."""


class Three(StrEnum):
    """The answer to a check."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Questions:
    """The form a visit is reported on: its kind, and the checks by key with the words they had."""

    kind: VisitKind = VisitKind.CUSTODY
    contact_checks: Mapping[str, str] = field(default_factory=lambda: titles(CONTACT_CHECKS))
    suite_checks: Mapping[str, str] = field(default_factory=lambda: titles(SUITE_CHECKS))
    record_checks: Mapping[str, str] = field(default_factory=lambda: titles(RECORD_CHECKS))
    dog_checks: Mapping[str, str] = field(default_factory=lambda: titles(DOG_CHECKS))

    @classmethod
    def of(cls, choices: Choices, kind: VisitKind = VisitKind.CUSTODY) -> "Questions":
        return cls(
            kind,
            titles(choices.contact_checks),
            titles(choices.suite_checks),
            titles(choices.record_checks),
            titles(choices.dog_checks),
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report is held to: the visit's week, the time it is saved, the choices its week began with."""

    week: Period
    now: datetime
    choices: Choices
    kind: VisitKind = VisitKind.CUSTODY

    @property
    def questions(self) -> Questions:
        return Questions.of(self.choices, self.kind)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong or missing, as a sentence, and the field it is about."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """An answer as it is read: the question's label, and the answer in words."""

    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a report. `READ` makes a field's value of what was kept or typed; empty gives None."""

    READ: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}

    def faults(self, frame: Frame) -> list[Fault]:
        """What cannot be so, and is refused at saving."""
        return []

    def missing(self, frame: Frame) -> list[Fault]:
        """What may be saved without, but not sent."""
        return []

    def doubts(self, frame: Frame) -> list[Fault]:
        """What looks wrong and may be right: pointed out, and never in the way."""
        return []

    def lines(self) -> list[Line]:
        """The answers in words, in order; what does not apply is left out."""
        return []

    def asked(self, questions: Questions) -> Self:
        """The same part, its checks with the words of this form."""
        return self

    def answers(self) -> dict[str, Any]:
        """In the form that is kept: JSON, times in UTC."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self) if is_kept(one)}


AnyPart = TypeVar("AnyPart", bound=Part)


def read(kind: type[AnyPart], answers: Mapping[str, Any]) -> AnyPart:
    """The part again from its answers; those it does not know are left out."""
    return kind(
        **{
            one.name: _read(kind.READ.get(one.name), answers[one.name])
            for one in fields(kind)
            if one.name in answers and is_kept(one)
        }
    )


def words_of(checks: tuple[Check, ...]) -> Any:
    """A field for the words of a part's checks: they are of the form, and not kept with the answers."""
    return field(default_factory=lambda: titles(checks), compare=False, repr=False, metadata={"kept": False})


def is_kept(one: Field[Any]) -> bool:
    return bool(one.metadata.get("kept", True))


def moment(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def day_of(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def three_ways(checks: Mapping[str, str]) -> dict[str, Three]:
    return {check: Three(answer or Three.NOT_ASKED) for check, answer in checks.items()}


def at_in_words(at: datetime) -> str:
    """3 December 2023 at 14:05, in London"""
    local = london(at)
    return f"{day_in_words(local.date())} at {local:%H:%M}"


def answered(labels_and_words: list[tuple[str, str | None]]) -> list[Line]:
    """Lines of what has an answer."""
    return [Line(label, words) for label, words in labels_and_words if words]


def checks_in_words(
    checks: Mapping[str, Three], titles: Mapping[str, str], unsaid: str = NOT_ASKED
) -> list[tuple[str, str | None]]:
    """What is in order and what is not by name, and of how many nothing is said."""
    by_answer: dict[Three, list[str]] = {answer: [] for answer in Three}
    for check, title in titles.items():
        by_answer[checks.get(check, Three.NOT_ASKED)].append(title)
    unasked = len(by_answer[Three.NOT_ASKED])
    return [
        ("Not in order", "; ".join(by_answer[Three.NO])),
        ("In order", "; ".join(by_answer[Three.YES])),
        (unsaid, f"{unasked} of {len(titles)} checks" if unasked else None),
    ]


def differences(theirs: Part, yours: Part) -> list[tuple[str, str, str]]:
    """Where two versions of a part differ: the label, what they say, what you say."""
    other = {line.label: line.words for line in theirs.lines()}
    own = {line.label: line.words for line in yours.lines()}
    labels = [*own, *(label for label in other if label not in own)]
    return [
        (label, other.get(label, ""), own.get(label, ""))
        for label in labels
        if other.get(label) != own.get(label)
    ]


def _read(reader: Callable[[Any], Any] | None, value: Any) -> Any:
    if reader is None:
        return value
    return None if value in (None, "") else reader(value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
