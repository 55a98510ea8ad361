"""Answers that show something amiss: each is offered as a finding, with its category filled in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from icv.rules.checks import Check
from icv.rules.report.arrival import Arrival
from icv.rules.report.contacts import ContactNote
from icv.rules.report.strands import DogsNote, RecordNote
from icv.rules.report.suite import SuiteNote
from icv.rules.report.waits import Delay, is_below
from icv.rules.scheme import Choices
from icv.rules.visits import Outcome

DELAYS_TO_ENTRY = "delays to entry"
COMPLAINT = "no_complaint"
"""The check of which a no is not the lack of something."""


@dataclass(frozen=True, slots=True)
class Shown:
    """`key` is kept with the finding that is made of it; `section` is where it was answered."""

    key: str
    words: str
    category: str
    section: str
    themes: tuple[str, ...] = ()


def of_arrival(arrival: Arrival, choices: Choices) -> Iterator[Shown]:
    themes = tuple(theme for theme in choices.finding_themes if theme == DELAYS_TO_ENTRY)
    is_low = is_below(arrival.rank, choices.delay_rank)
    if arrival.outcome is Outcome.NO_ACCESS:
        yield Shown("entry.refused", "You were not let in", "rights and information", "arrival", themes)
        return
    if arrival.delay is not None and arrival.delay is not Delay.SAFETY:
        words = "You had to wait for another reason than your own safety"
        yield Shown("entry.delay", words, "staffing", "arrival", themes)
    if arrival.delay is not None and is_low:
        words = f"The wait was decided by somebody below the rank of {choices.delay_rank}"
        yield Shown("entry.rank", words, "staffing", "arrival", themes)


def of_contacts(contacts: Iterable[ContactNote], choices: Choices) -> Iterator[Shown]:
    """One of each check, however many people answered no to it."""
    contacts = list(contacts)
    found: dict[str, list[str]] = {}
    for contact in contacts:
        for key in contact.noes:
            found.setdefault(key, []).append(contact.custody_number)
    checks = _by_key(choices.contact_checks)
    for contact in contacts:
        for key, title in contact.titles.items():
            if key in found:
                numbers = ", ".join(found.pop(key))
                words = f"A complaint: {numbers}" if key == COMPLAINT else f"{title}: no for {numbers}"
                yield Shown(f"contact.{key}", words, _category(checks, key), "contacts")
    refused = [contact for contact in contacts if contact.is_refused]
    if refused:
        numbers = ", ".join(contact.custody_number for contact in refused)
        words = f"The police refused that you see {numbers}"
        yield Shown("contact.refused", words, "rights and information", "contacts")


def of_suite(suite: SuiteNote, choices: Choices) -> Iterator[Shown]:
    checks = _by_key(choices.suite_checks)
    for key in suite.noes:
        yield Shown(f"suite.{key}", f"{suite.titles[key]}: no", _category(checks, key), "suite")


def of_records(records: Iterable[RecordNote], choices: Choices) -> Iterator[Shown]:
    """One of each check, however many records answer no to it."""
    records, checks = list(records), _by_key(choices.record_checks)
    noes = [(key, record) for record in records for key in record.noes]
    for key in dict.fromkeys(key for key, _ in noes):
        found = [record for other, record in noes if other == key]
        numbers = ", ".join(record.custody_number for record in found)
        words = f"{found[0].titles[key]}: no in {numbers}"
        yield Shown(f"record.{key}", words, _category(checks, key), "records")


def of_dogs(dogs: DogsNote, choices: Choices) -> Iterator[Shown]:
    checks = _by_key(choices.dog_checks)
    for key in dogs.noes:
        yield Shown(f"dogs.{key}", f"{dogs.titles[key]}: no", _category(checks, key), "dogs")


def _by_key(checks: Iterable[Check]) -> dict[str, Check]:
    return {check.key: check for check in checks}


def _category(checks: Mapping[str, Check], key: str) -> str:
    return checks[key].category if key in checks else ""
