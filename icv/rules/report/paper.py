"""A report that was written on paper: times and counts must be there, of the rest what the paper says."""

from collections.abc import Iterator
from typing import Any

from icv.rules.report.parts import Fault, Frame, Section
from icv.rules.report.whole import Draft
from icv.rules.visits import TO_DETAINEES


def missing_on_paper(draft: Draft, frame: Frame) -> list[tuple[Section, Fault]]:
    """What the paper has to say and does not, and what contradicts itself; nobody can be asked any more."""
    return [(section, fault) for section, fault in draft.missing(frame) if _matters(draft, section)]


def _matters(draft: Draft, section: Section) -> bool:
    if draft.questions.kind not in TO_DETAINEES:
        return True
    counts = draft.headcount.counts
    match section:
        case Section.ARRIVAL | Section.COUNTS:
            return True
        case Section.CONTACTS:
            return bool(draft.contacts and counts and counts.in_custody == 0)
        case Section.REMARKS:
            return draft.remarks.saw_serious is not None
    return False


def content_from_paper(draft: Draft) -> dict[str, Any]:
    """What is filed of it: nothing is said of pages on which the paper says nothing."""
    said = set(_said(draft))
    filed = {
        name: value for name, value in draft.content().items() if name not in set(Section) or name in said
    }
    return {**filed, "from_paper": True}


def _said(draft: Draft) -> Iterator[str]:
    yield from draft.parts
    if draft.contacts:
        yield Section.CONTACTS
    if draft.findings:
        yield Section.FINDINGS
