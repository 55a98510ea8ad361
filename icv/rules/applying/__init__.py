"""The application: what is asked on each page, what is wrong with an answer, and who may not apply."""

from icv.rules.applying.bars import Bar, bar
from icv.rules.applying.faults import Fault, faults, missing
from icv.rules.applying.pages import (
    MOST,
    NO_TIE,
    ONE_OF_THEM,
    TIES,
    Answers,
    Page,
    following,
    minutes,
    page_named,
    pages,
    tidied,
)
from icv.rules.applying.words import (
    Section,
    connections,
    declared,
    name_of,
    referees,
    reference,
    sections,
)

__all__ = [
    "MOST",
    "NO_TIE",
    "ONE_OF_THEM",
    "TIES",
    "Answers",
    "Bar",
    "Fault",
    "Page",
    "Section",
    "bar",
    "connections",
    "declared",
    "faults",
    "following",
    "minutes",
    "missing",
    "name_of",
    "page_named",
    "pages",
    "referees",
    "reference",
    "sections",
    "tidied",
]
