"""The parts of a report by name, each read as what it holds: a draft's, or those of a filed report again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Self, TypeVar

from icv.rules.days import london_day
from icv.rules.report.arrival import Arrival
from icv.rules.report.contacts import ContactNote, ContactsNote
from icv.rules.report.counts import Headcount
from icv.rules.report.findings import FindingNote, FindingsNote
from icv.rules.report.names import kind_of, number_of
from icv.rules.report.parts import Part, Questions, Section, read
from icv.rules.report.remarks import Remarks
from icv.rules.report.strands import DayNote, DogsNote, RecordNote, RecordsNote
from icv.rules.report.suite import SuiteNote
from icv.rules.report.terrorism import TerrorismNote
from icv.rules.report.trainee import Trainee, TraineeNote
from icv.rules.visits import VisitKind

ONCE = frozenset(Section) - {Section.CONTACTS, Section.RECORDS, Section.FINDINGS}
LISTED = (("contact", "contacts"), ("record", "records_read"), ("finding", "findings"))
"""Parts that come one by one, and under what a filed report lists them."""

Kind = TypeVar("Kind", bound=Part)


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts by name, as saved so far.

    `on_probation` says of each day of the visit's week who of the pair is on probation beside one who is not.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    on_probation: Mapping[date, Trainee | None] = field(default_factory=dict)
    questions: Questions = field(default_factory=Questions)

    @classmethod
    def of(
        cls,
        kept: Mapping[str, Mapping[str, Any]],
        on_probation: Mapping[date, Trainee | None] = MappingProxyType({}),
        questions: Questions | None = None,
    ) -> Self:
        form = questions or Questions()
        parts = {name: read(kind_of(name), answers).asked(form) for name, answers in kept.items()}
        return cls(parts, on_probation, form)

    @classmethod
    def filed(cls, content: Mapping[str, Any]) -> Self:
        """A filed report again, from its content."""
        kept: dict[str, Any] = {section: content[section] for section in ONCE if section in content}
        if "sample" in content:
            kept[Section.RECORDS] = {"sample": content["sample"]}
        for word, many in LISTED:
            kept.update({f"{word}-{number}": one for number, one in enumerate(content.get(many, []), 1)})
        draft = cls.of(kept, questions=_questions_of(content))
        if Section.TRAINEE not in kept or draft.arrival.arrived_at is None:
            return draft
        trainee = Trainee(kept[Section.TRAINEE]["person_id"])
        return replace(draft, on_probation={london_day(draft.arrival.arrived_at): trainee})

    @property
    def arrival(self) -> Arrival:
        return self.one(Section.ARRIVAL, Arrival)

    @property
    def terrorism(self) -> TerrorismNote:
        return self.one(Section.TERRORISM, TerrorismNote)

    @property
    def headcount(self) -> Headcount:
        return self.one(Section.COUNTS, Headcount)

    @property
    def suite(self) -> SuiteNote:
        return self.one(Section.SUITE, SuiteNote)

    @property
    def remarks(self) -> Remarks:
        return self.one(Section.REMARKS, Remarks)

    @property
    def trainee_note(self) -> TraineeNote:
        return self.one(Section.TRAINEE, TraineeNote)

    @property
    def trainee(self) -> Trainee | None:
        """Who is on probation on the visit's day; on its week's last day while the day is not known."""
        day = max(self.on_probation, default=None)
        if self.arrival.arrived_at is not None:
            day = london_day(self.arrival.arrived_at)
        return self.on_probation.get(day) if day else None

    @property
    def contacts(self) -> dict[str, ContactNote]:
        return dict(self.many("contact", ContactNote))

    @property
    def day(self) -> DayNote:
        return self.one(Section.DAY, DayNote)

    @property
    def made_on(self) -> date | None:
        """The day of the visit, where it is known."""
        return london_day(self.arrival.arrived_at) if self.arrival.arrived_at else self.day.on

    @property
    def dogs(self) -> DogsNote:
        return self.one(Section.DOGS, DogsNote)

    @property
    def sample(self) -> str:
        return self.one(Section.RECORDS, RecordsNote).sample

    @property
    def records(self) -> dict[str, RecordNote]:
        return dict(self.many("record", RecordNote))

    @property
    def findings(self) -> dict[str, FindingNote]:
        return dict(self.many("finding", FindingNote))

    @property
    def why_fewer_contacts(self) -> str:
        return self.one(Section.CONTACTS, ContactsNote).why_fewer

    @property
    def nothing_to_raise(self) -> bool:
        return self.one(Section.FINDINGS, FindingsNote).nothing_to_raise and not self.findings

    def one(self, name: str, kind: type[Kind]) -> Kind:
        part = self.parts.get(name)
        return part if isinstance(part, kind) else kind()

    def many(self, word: str, kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        named = {number_of(name): name for name in self.parts if name.startswith(f"{word}-")}
        for number in sorted(named):
            part = self.parts[named[number]]
            if isinstance(part, kind):
                yield named[number], part


def _questions_of(content: Mapping[str, Any]) -> Questions:
    """The form a filed report was written on; before version 3 the words were the delivered ones."""
    form, delivered = content.get("form", {}), Questions()
    return Questions(
        VisitKind(content.get("kind", VisitKind.CUSTODY)),
        form.get("contact_checks", delivered.contact_checks),
        form.get("suite_checks", delivered.suite_checks),
        form.get("record_checks", delivered.record_checks),
        form.get("dog_checks", delivered.dog_checks),
    )
