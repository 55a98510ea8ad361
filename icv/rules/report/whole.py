"""The report as a whole: the sections this visit needs, what is done, missing, and filed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from icv.rules.days import london_day
from icv.rules.report.arrival import Arrival
from icv.rules.report.contacts import ContactNote, ContactsNote
from icv.rules.report.counts import Headcount
from icv.rules.report.findings import FindingNote, FindingsNote
from icv.rules.report.names import KINDS, kind_of, number_of
from icv.rules.report.parts import FORM_VERSION, MINUTES, Fault, Frame, Part, Section, read
from icv.rules.report.remarks import Remarks
from icv.rules.report.suite import SuiteNote
from icv.rules.report.trainee import Trainee, TraineeNote
from icv.rules.visits import Mode, Outcome
from icv.rules.words import plural

_ONCE = frozenset({Section.ARRIVAL, Section.COUNTS, Section.SUITE, Section.REMARKS, Section.TRAINEE})

Kind = TypeVar("Kind", bound=Part)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is. Started or not, `missing` says what it still needs."""

    section: Section
    is_started: bool
    missing: tuple[Fault, ...]
    minutes: int

    @property
    def is_done(self) -> bool:
        return self.is_started and not self.missing


@dataclass(frozen=True, slots=True)
class Draft:
    """All parts by name, as saved so far.

    `on_probation` says of each day of the visit's week who of the pair is on probation beside one who is not.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    on_probation: Mapping[date, Trainee | None] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        kept: Mapping[str, Mapping[str, Any]],
        on_probation: Mapping[date, Trainee | None] = MappingProxyType({}),
    ) -> "Draft":
        return cls({name: read(kind_of(name), answers) for name, answers in kept.items()}, on_probation)

    @classmethod
    def filed(cls, content: Mapping[str, Any]) -> "Draft":
        """A filed report again, from its content."""
        kept: dict[str, Any] = {section: content[section] for section in _ONCE if section in content}
        for word, many in (("contact", "contacts"), ("finding", "findings")):
            kept.update({f"{word}-{number}": one for number, one in enumerate(content.get(many, []), 1)})
        draft = cls.of(kept)
        if Section.TRAINEE not in kept or draft.arrival.arrived_at is None:
            return draft
        trainee = Trainee(kept[Section.TRAINEE]["person_id"])
        return cls(draft.parts, {london_day(draft.arrival.arrived_at): trainee})

    @property
    def arrival(self) -> Arrival:
        return self._one(Section.ARRIVAL, Arrival)

    @property
    def headcount(self) -> Headcount:
        return self._one(Section.COUNTS, Headcount)

    @property
    def suite(self) -> SuiteNote:
        return self._one(Section.SUITE, SuiteNote)

    @property
    def remarks(self) -> Remarks:
        return self._one(Section.REMARKS, Remarks)

    @property
    def trainee_note(self) -> TraineeNote:
        return self._one(Section.TRAINEE, TraineeNote)

    @property
    def trainee(self) -> Trainee | None:
        """Who is on probation on the visit's day; on its week's last day while the day is not known."""
        day = max(self.on_probation, default=None)
        if self.arrival.arrived_at is not None:
            day = london_day(self.arrival.arrived_at)
        return self.on_probation.get(day) if day else None

    @property
    def contacts(self) -> dict[str, ContactNote]:
        return dict(self._many("contact", ContactNote))

    @property
    def findings(self) -> dict[str, FindingNote]:
        return dict(self._many("finding", FindingNote))

    @property
    def why_fewer_contacts(self) -> str:
        return self._one(Section.CONTACTS, ContactsNote).why_fewer

    @property
    def nothing_to_raise(self) -> bool:
        return self._one(Section.FINDINGS, FindingsNote).nothing_to_raise and not self.findings

    @property
    def sections(self) -> tuple[Section, ...]:
        """Only those this visit needs: nobody is asked about cells they were not let into."""
        if self.arrival.outcome not in {None, Outcome.COMPLETED}:
            return (Section.ARRIVAL, Section.FINDINGS, Section.REMARKS)
        counts = self.headcount.counts
        left_out = set()
        if counts and counts.in_custody == 0:
            left_out.add(Section.CONTACTS)
        if self.arrival.mode in {Mode.TELEPHONE, Mode.VIDEO}:
            left_out.add(Section.SUITE)
        if self.trainee is None:
            left_out.add(Section.TRAINEE)
        return tuple(section for section in Section if section not in left_out)

    @property
    def contacts_short(self) -> int:
        """How many of those who accepted a visit are not entered as seen."""
        counts = self.headcount.counts
        seen = sum(contact.was_seen is True for contact in self.contacts.values())
        return max(0, counts.accepted - seen) if counts else 0

    def progress(self, frame: Frame) -> list[Progress]:
        return [
            Progress(section, self._is_started(section), tuple(self._missing(section, frame)), minutes)
            for section in self.sections
            for minutes in [self._minutes(section)]
        ]

    def missing(self, frame: Frame) -> list[tuple[Section, Fault]]:
        """What stands in the way of sending, in the order of the sections."""
        return [(section, fault) for section in self.sections for fault in self._missing(section, frame)]

    def twice(self, name: str, contact: ContactNote) -> bool:
        """Whether another contact has this custody number."""
        key = contact.custody_number.casefold()
        return any(
            other.custody_number.casefold() == key for named, other in self.contacts.items() if named != name
        )

    def content(self) -> dict[str, Any]:
        """What is filed: every section this visit needs, contacts and findings as lists."""
        wanted = self.sections
        filed: dict[str, Any] = {"form_version": FORM_VERSION}
        filed.update(
            {section: self._one(section, KINDS[section]).answers() for section in wanted if section in _ONCE}
        )
        if Section.CONTACTS in wanted:
            filed["contacts"] = [contact.answers() for contact in self.contacts.values()]
            filed["why_fewer_contacts"] = self.why_fewer_contacts
        if self.trainee and Section.TRAINEE in wanted:
            filed[Section.TRAINEE] = {**self.trainee_note.answers(), "person_id": self.trainee.person_id}
        filed["findings"] = [finding.answers() for finding in self.findings.values()]
        return filed

    def _one(self, name: str, kind: type[Kind]) -> Kind:
        part = self.parts.get(name)
        return part if isinstance(part, kind) else kind()

    def _many(self, word: str, kind: type[Kind]) -> Iterator[tuple[str, Kind]]:
        named = {number_of(name): name for name in self.parts if name.startswith(f"{word}-")}
        for number in sorted(named):
            part = self.parts[named[number]]
            if isinstance(part, kind):
                yield named[number], part

    def _is_started(self, section: Section) -> bool:
        if section is Section.CONTACTS:
            return bool(self.contacts or self.why_fewer_contacts or self.headcount.counts)
        if section is Section.FINDINGS:
            return bool(self.findings or self.nothing_to_raise)
        return section in self.parts

    def _minutes(self, section: Section) -> int:
        if section is Section.CONTACTS and self.contacts_short:
            return MINUTES[section] * self.contacts_short
        return MINUTES[section]

    def _missing(self, section: Section, frame: Frame) -> list[Fault]:
        match section:
            case Section.CONTACTS:
                return self._missing_contacts()
            case Section.FINDINGS:
                return self._missing_findings()
            case Section.SUITE:
                return [] if section in self.parts else [Fault("checks", "Say what you saw of the suite")]
            case Section.REMARKS:
                return self.remarks.missing(frame) + self._serious_contradicted()
        part = self._one(section, KINDS[section])
        return part.faults(frame) + part.missing(frame)

    def _missing_contacts(self) -> list[Fault]:
        if not self.contacts_short or self.why_fewer_contacts:
            return []
        people = (
            "person who accepted a visit is"
            if self.contacts_short == 1
            else "people who accepted a visit are"
        )
        return [Fault("why_fewer", f"{self.contacts_short} {people} not entered: add them, or say why not")]

    def _missing_findings(self) -> list[Fault]:
        if self.findings or self.nothing_to_raise:
            return []
        return [Fault("nothing_to_raise", "Add what you found, or say that there was nothing to raise")]

    def _serious_contradicted(self) -> list[Fault]:
        serious = sum(finding.is_serious for finding in self.findings.values())
        if self.remarks.saw_serious and not serious:
            return [Fault("saw_serious", "You saw something serious: add it as a finding marked serious")]
        if self.remarks.saw_serious is False and serious:
            sentence = f"You say nothing serious was seen, but {plural(serious, 'finding')} marked serious"
            return [Fault("saw_serious", f"{sentence}: change one or the other")]
        return []
