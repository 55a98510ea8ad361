"""The names of a report's parts, and what each of them holds."""

from collections.abc import Mapping

from icv.rules.report.absent import AbsentNote
from icv.rules.report.arrival import Arrival
from icv.rules.report.contacts import ContactNote, ContactsNote
from icv.rules.report.counts import Headcount
from icv.rules.report.findings import FindingNote, FindingsNote
from icv.rules.report.parts import Part, Section
from icv.rules.report.remarks import Remarks
from icv.rules.report.strands import DayNote, DogsNote, RecordNote, RecordsNote
from icv.rules.report.suite import SuiteNote
from icv.rules.report.terrorism import TerrorismNote
from icv.rules.report.trainee import TraineeNote

ABSENT = "absent"
"""The name of what is told instead of a report: that the partner did not come."""

IN_NUMBERS = frozenset({"contact", "record", "finding"})
"""Parts that come one by one: contact-1, contact-2."""

KINDS: dict[str, type[Part]] = {
    Section.ARRIVAL: Arrival,
    Section.TERRORISM: TerrorismNote,
    Section.COUNTS: Headcount,
    Section.CONTACTS: ContactsNote,
    Section.SUITE: SuiteNote,
    Section.FINDINGS: FindingsNote,
    Section.REMARKS: Remarks,
    Section.TRAINEE: TraineeNote,
    ABSENT: AbsentNote,
    Section.DAY: DayNote,
    Section.RECORDS: RecordsNote,
    Section.DOGS: DogsNote,
    "contact": ContactNote,
    "record": RecordNote,
    "finding": FindingNote,
}
"""What the name of a part, up to its number, holds: `arrival`, `contact-2`."""


def kind_of(name: str) -> type[Part]:
    """What a part of this name holds. Raises KeyError for a name that no part has."""
    word, _, number = name.partition("-")
    if bool(number) != (word in IN_NUMBERS):
        raise KeyError(name)
    return KINDS[word]


def number_of(name: str) -> int:
    return int(name.partition("-")[2])


def next_name(word: str, names: Mapping[str, object]) -> str:
    """contact-3, where contact-2 is the last so far."""
    taken = [number_of(name) for name in names if name.startswith(f"{word}-")]
    return f"{word}-{max(taken, default=0) + 1}"
