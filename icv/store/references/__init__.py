"""References: the links that ask an applicant's referees, what they answered, and what of it waits."""

from icv.store.people.referees import Referee
from icv.store.references.lines import (
    RefereeLine,
    Reference,
    ReferenceWaiting,
    ToAsk,
    people_to_ask_about,
    referees_seen_by,
    reference_seen_by,
    references_waiting,
)
from icv.store.references.links import Asked, Open, asked_by_link
from icv.store.references.tables import ReferenceLink

__all__ = [
    "Asked",
    "Open",
    "Referee",
    "RefereeLine",
    "Reference",
    "ReferenceLink",
    "ReferenceWaiting",
    "ToAsk",
    "asked_by_link",
    "people_to_ask_about",
    "referees_seen_by",
    "reference_seen_by",
    "references_waiting",
]
