"""The report as a whole: the sections this visit needs, what is done, missing, and filed."""

from dataclasses import dataclass
from typing import Any

from icv.rules.report import showing
from icv.rules.report.contacts import ContactNote
from icv.rules.report.names import KINDS
from icv.rules.report.parts import FORM_VERSION, MINUTES, Fault, Frame, Section
from icv.rules.report.showing import Shown
from icv.rules.report.strands import RecordNote
from icv.rules.report.wanted import needed, optional
from icv.rules.report.written import ONCE, Parts
from icv.rules.scheme import Choices
from icv.rules.words import plural


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
class Draft(Parts):
    """What is written so far, and what the visit still needs of it."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those this visit needs, and those it does not need in which something was said."""
        wanted = self._needed | {section for section in self.optional if self._says_something(section)}
        return tuple(section for section in Section if section in wanted)

    @property
    def optional(self) -> tuple[Section, ...]:
        """What may be answered besides, in order: how many were in custody, though a visit was broken off."""
        return optional(self.arrival.outcome, self.arrival.mode, self._needed)

    @property
    def _needed(self) -> frozenset[Section]:
        counts = self.headcount.counts
        is_empty = bool(counts and counts.in_custody == 0 and not self.contacts)
        return needed(
            self.arrival.outcome,
            self.arrival.mode,
            self.questions.kind,
            is_empty=is_empty,
            is_accompanied=self.trainee is not None,
        )

    def _says_something(self, section: Section) -> bool:
        match section:
            case Section.CONTACTS:
                return bool(self.contacts)
            case Section.RECORDS:
                return bool(self.records)
            case Section.FINDINGS:
                return bool(self.findings)
            case Section.SUITE:
                return self.suite.says_something
        return bool(self.one(section, KINDS[section]).lines())

    def shown(self, choices: Choices) -> list[Shown]:
        """Answers that may be findings and are none yet, in the order of the form."""
        wanted = self.sections
        found = list(showing.of_arrival(self.arrival.pruned, choices)) if Section.ARRIVAL in wanted else []
        if Section.CONTACTS in wanted:
            found += showing.of_contacts(self.contacts.values(), choices)
        if Section.SUITE in wanted:
            found += showing.of_suite(self.suite, choices)
        if Section.RECORDS in wanted:
            found += showing.of_records(self.records.values(), choices)
        if Section.DOGS in wanted:
            found += showing.of_dogs(self.dogs, choices)
        raised = {finding.check for finding in self.findings.values()}
        return [one for one in found if one.key not in raised]

    def doubts(self, frame: Frame) -> list[tuple[str, Fault]]:
        """What looks wrong and may be right, with the name of the part it is in."""
        names = [*self.contacts] if Section.CONTACTS in self.sections else []
        names += [*self.records] if Section.RECORDS in self.sections else []
        return [(name, doubt) for name in names for doubt in self.parts[name].doubts(frame)]

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

    def twice(self, name: str, one: ContactNote | RecordNote) -> bool:
        """Whether another contact, or another record, has this number."""
        key = one.custody_number.casefold()
        others = self.contacts if isinstance(one, ContactNote) else self.records
        return any(other.custody_number.casefold() == key for named, other in others.items() if named != name)

    def content(self) -> dict[str, Any]:
        """What is filed: every section this visit needs, contacts and findings as lists."""
        wanted = self.sections
        filed: dict[str, Any] = {"form_version": FORM_VERSION, "kind": self.questions.kind}
        filed.update(
            {section: self.one(section, KINDS[section]).answers() for section in wanted if section in ONCE}
        )
        if Section.ARRIVAL in wanted:
            filed[Section.ARRIVAL] = self.arrival.pruned.answers()
        if Section.RECORDS in wanted:
            filed["records_read"] = [record.answers() for record in self.records.values()]
            filed["sample"] = self.sample
        filed["form"] = self._form()
        if Section.CONTACTS in wanted:
            filed["contacts"] = [contact.answers() for contact in self.contacts.values()]
            filed["why_fewer_contacts"] = self.why_fewer_contacts
        if self.trainee and Section.TRAINEE in wanted:
            filed[Section.TRAINEE] = {**self.trainee_note.answers(), "person_id": self.trainee.person_id}
        filed["findings"] = [finding.answers() for finding in self.findings.values()]
        return filed

    def _form(self) -> dict[str, Any]:
        """The words of the checks that were asked: a filed report shows its own for ever."""
        form: dict[str, Any] = {}
        if Section.CONTACTS in self.sections:
            form["contact_checks"] = dict(self.questions.contact_checks)
        if Section.SUITE in self.sections:
            form["suite_checks"] = dict(self.questions.suite_checks)
        if Section.RECORDS in self.sections:
            form["record_checks"] = dict(self.questions.record_checks)
        if Section.DOGS in self.sections:
            form["dog_checks"] = dict(self.questions.dog_checks)
        return form

    def _is_started(self, section: Section) -> bool:
        if section is Section.CONTACTS:
            return bool(self.contacts or self.why_fewer_contacts or self.headcount.counts)
        if section is Section.RECORDS:
            return bool(self.records or self.sample)
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
            case Section.RECORDS:
                return [] if self.records else [Fault("sample", "Enter each record you read, at least one")]
            case Section.FINDINGS:
                return self._missing_findings()
            case Section.SUITE:
                return [] if section in self.parts else [Fault("checks", "Say what you saw of the suite")]
            case Section.REMARKS:
                return self.remarks.missing(frame) + self._serious_contradicted()
        part = self.one(section, KINDS[section])
        return part.faults(frame) + part.missing(frame)

    def _missing_contacts(self) -> list[Fault]:
        counts = self.headcount.counts
        if counts and counts.in_custody == 0:
            sentence = "You entered people, but the counts say nobody was in custody: change one or the other"
            return [Fault("why_fewer", sentence)]
        if not self.contacts_short or self.why_fewer_contacts:
            return []
        people = (
            "person who accepted a visit is"
            if self.contacts_short == 1
            else "people who accepted a visit are"
        )
        return [Fault("why_fewer", f"{self.contacts_short} {people} not entered: add them, or say why not")]

    def _missing_findings(self) -> list[Fault]:
        if self.findings or self.nothing_to_raise or Section.FINDINGS not in self._needed:
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
