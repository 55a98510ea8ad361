"""The identity guard over a report: parts are read by their words, and the scheme's people by their names."""

from sqlalchemy.orm import Session

from icv.rules.report import ContactNote, FindingNote, Remarks
from icv.rules.report.free_words import free_words
from icv.services.reports.guarding import clues_in_parts, clues_in_words
from tests.workshop import NOW, Workshop


def test_only_what_was_typed_as_words_is_read() -> None:
    contact = ContactNote(custody_number="EU/01234/26", was_seen=True, remarks="Cold", grounds="None given")
    assert sorted(free_words(contact).splitlines()) == ["Cold", "None given"]
    assert free_words(FindingNote(category="welfare")) == ""


def test_each_clue_is_told_with_its_part(session: Session, make: Workshop) -> None:
    make.person(name="Asha Patel")
    make.person(name="Tom Okafor")
    parts = {
        "contact-1": ContactNote(custody_number="EU/01234/26", remarks="Mr Brown was cold"),
        "finding-1": FindingNote(category="welfare", detail="No blanket", put_right_by="The sergeant did"),
        "remarks": Remarks(positives="Asha Patel and I were let in at once", other="Grace rang 07700 900123"),
    }
    found = clues_in_parts(session, parts, ("Grace Lee", "Will Field"), at=NOW)
    assert [(one.part, one.clue.excerpt) for one in found] == [
        ("contact-1", "Mr Brown"),
        ("remarks", "Asha Patel"),
        ("remarks", "Grace"),
        ("remarks", "07700 900123"),
    ]


def test_words_that_stand_alone_are_read_with_everybodys_names(session: Session, make: Workshop) -> None:
    make.person(name="Asha Patel")
    assert [clue.excerpt for clue in clues_in_words(session, "Ask Asha Patel", at=NOW)] == ["Asha Patel"]
    assert clues_in_words(session, "", at=NOW) == []
