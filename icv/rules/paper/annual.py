"""The annual report, under the headings schemes use; what nobody can count waits for somebody's words."""

from collections.abc import Mapping, Sequence
from datetime import date

from icv.rules.exhibits import Exhibit
from icv.rules.exhibits.told import listed
from icv.rules.figures import Figures
from icv.rules.paper.committee import summed_up
from icv.rules.paper.document import Block, Paragraph
from icv.rules.paper.extracts import MOST_SUITES
from icv.rules.paper.sections import Section, Shown, blocks_of
from icv.rules.scheme import Choices
from icv.rules.words import plural_in_words, sentence, were

PROMPTS = {
    "foreword.words": (
        "A few sentences from the commissioner, the panel’s chair or the coordinator: what the year was like,"
        " and thanks to those who gave their time."
    ),
    "changes.words": (
        "What is different in custody because visitors raised it: blankets bought, a cell repaired, a way of"
        " working changed. Say where, and since when."
    ),
    "feedback.words": (
        "What visitors, detainees, custody staff and others said of the scheme, and what was done about it."
    ),
    "join.words": "Who may become a visitor, what it asks of them, and how to apply: an address or a page.",
}
"""Paragraphs nobody can count, by key, with what to write there. Empty ones are left out of the paper."""


def annual(
    now: Figures, exhibits: Mapping[str, Exhibit], choices: Choices, as_of: date | None = None
) -> tuple[Block, ...]:
    return blocks_of(
        (
            _to_write("foreword", "Foreword"),
            summed_up(now, as_of),
            Section("estate", "The custody suites", ahead=(Paragraph("estate.words", _estate(now)),)),
            Section("scheme", "The scheme", ahead=(Paragraph("scheme.words", _scheme(now, choices)),)),
            *_COUNTED,
            _to_write("changes", "Changes brought about"),
            *_VOLUNTEERS,
            _to_write("feedback", "Feedback"),
            _to_write("join", "How to join"),
        ),
        exhibits,
    )


def _to_write(key: str, title: str) -> Section:
    return Section(key, title, ahead=(Paragraph(f"{key}.words", ""),))


_COUNTED = (
    Section(
        "visits",
        "Visits and detainees",
        (
            Shown("completion"),
            Shown("compared"),
            Shown("trend"),
            Shown("spread", drawings=None),
            Shown("modes"),
            Shown("detained"),
            Shown("entry"),
        ),
    ),
    Section("findings", "Findings and replies", (Shown("findings"), Shown("replies"))),
)
_VOLUNTEERS = (
    Section(
        "volunteers",
        "Volunteers and diversity",
        (Shown("visitors"), Shown("recruitment"), Shown("diversity")),
    ),
    Section("terrorism", "Terrorism detainees and other strands", (Shown("strands"),)),
)


def _estate(now: Figures) -> str:
    visited = [one.suite for one in now.suites if one.scheduled]
    others = [one.suite for one in now.suites if not one.scheduled]
    said = []
    if visited:
        what = plural_in_words(len(visited), "custody suite")
        said.append(f"Visits were scheduled to {what}{_by_name(visited)}.")
    else:
        said.append("No visits to a custody suite were scheduled and due.")
    if others:
        what = plural_in_words(len(others), "other suite" if visited else "suite")
        said.append(sentence(f"{what} on record had none{_by_name(others)}"))
    return " ".join(said)


def _by_name(suites: Sequence[str]) -> str:
    """More names would fill a page, and each stands in a table all the same."""
    return f": {listed(suites)}" if len(suites) <= MOST_SUITES else ""


def _scheme(now: Figures, choices: Choices) -> str:
    visitors = now.volunteers.closing
    expected = plural_in_words(choices.expected_visits_a_year, "visit")
    return (
        f"{choices.scheme_name} is run by {choices.office_name}. Volunteers call at custody suites"
        " unannounced, in pairs, to see that people held there are treated properly; what they find is put to"
        f" the police. At the period’s end there {were(visitors)}"
        f" {plural_in_words(visitors, 'visitor')}. Each is expected to make {expected} a year."
    )
