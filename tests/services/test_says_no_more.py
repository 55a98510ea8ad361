"""When a second copy of a report says nothing that is not on record: part by part."""

import pytest

from icv.rules.report import (
    ContactNote,
    ContactsNote,
    Draft,
    FindingNote,
    FindingsNote,
    Part,
    RecordNote,
    RecordsNote,
    Remarks,
)
from icv.services.reports.apart import says_no_more

SEEN = ContactNote(custody_number="AB/00001/26", was_seen=True)
READ = RecordNote(custody_number="AB/00002/26")
RAISED = FindingNote(category="medical", detail="No inhaler was given")


@pytest.mark.parametrize(
    ("name", "part", "filed", "other"),
    [
        ("contacts", ContactsNote(why_fewer="One slept"), {"why_fewer_contacts": "One slept"}, {}),
        ("contact-1", SEEN, {"contacts": [SEEN.answers()]}, {"contacts": []}),
        ("records", RecordsNote(sample="Every tenth"), {"sample": "Every tenth"}, {"sample": "All of May"}),
        ("record-1", READ, {"records_read": [READ.answers()]}, {}),
        ("findings", FindingsNote(nothing_to_raise=True), {"findings": []}, {"findings": [RAISED.answers()]}),
        ("finding-1", RAISED, {"findings": [RAISED.answers()]}, {"findings": []}),
        ("remarks", Remarks(other="Calm"), {"remarks": Remarks(other="Calm").answers()}, {"remarks": {}}),
    ],
)
def test_a_part_needs_no_copy_only_where_the_same_is_filed(
    name: str, part: Part, filed: dict[str, object], other: dict[str, object]
) -> None:
    assert says_no_more(filed, Draft({name: part}))
    assert not says_no_more(other, Draft({name: part}))


def test_what_was_opened_and_left_empty_says_nothing() -> None:
    assert says_no_more({}, Draft({"records": RecordsNote(), "contacts": ContactsNote()}))
