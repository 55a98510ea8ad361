"""People: one record each from application to leaving, what clearance is made from, and questions of them."""

from icv.store.people.signing import SignedIn, signed_in
from icv.store.people.standings import standings
from icv.store.people.tables import (
    Agreement,
    Card,
    Conflict,
    Person,
    Round,
    StageStep,
    Term,
    Training,
    Vetting,
)

__all__ = [
    "Agreement",
    "Card",
    "Conflict",
    "Person",
    "Round",
    "SignedIn",
    "StageStep",
    "Term",
    "Training",
    "Vetting",
    "signed_in",
    "standings",
]
