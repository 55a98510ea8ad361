"""What a stage requires and a person lacks, on a page: each with the page on which it is recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for

from icv.rules.progress import Progress, lacking
from icv.rules.requirements import Requirement
from icv.rules.scheme import Choices
from icv.rules.stages import Stage

PAGES: dict[Requirement, tuple[str, str, dict[str, Any]]] = {
    Requirement.DECLARATION: ("Record the declaration", "people.declare", {}),
    Requirement.INTERVIEW: ("Note the interview", "references.note_interview", {}),
    Requirement.REFERENCES: ("References", "references.show", {}),
    Requirement.VETTING: ("Record vetting", "people.add_record", {"kind": "vetting"}),
    Requirement.TRAINING: ("Record training", "people.add_record", {"kind": "training"}),
    Requirement.AGREEMENT: ("Record the agreement", "people.add_record", {"kind": "agreement"}),
    Requirement.CARD: ("Record an identity card", "people.add_record", {"kind": "card"}),
    Requirement.REVIEW: ("Record the review", "people.review", {}),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """`label` and `href` lead to where it is recorded."""

    words: str
    label: str
    href: str


def lacks_before(
    progress: Progress, stages: list[Stage], choices: Choices, day: date, person_id: int
) -> dict[Stage, list[Lack]]:
    """By stage; those for which nothing is missing are left out."""
    found = {stage: lacking(progress, stage, choices, day) for stage in stages}
    return {
        stage: [_lack(one, words, person_id) for one, words in lacks.items()]
        for stage, lacks in found.items()
        if lacks
    }


def _lack(requirement: Requirement, words: str, person_id: int) -> Lack:
    label, endpoint, more = PAGES[requirement]
    return Lack(words, label, url_for(endpoint, person_id=person_id, **more))
