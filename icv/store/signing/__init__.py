"""What is said beside a filed report: the other visitor's word, addenda, and whose word is waited for."""

from icv.store.signing.asking import (
    ToSign,
    pair_of,
    partners_of,
    reports_signed_for_others,
    reports_to_ask_of,
    reports_to_sign_seen_by,
)
from icv.store.signing.beside import Added, Awaited, Beside, Word, beside
from icv.store.signing.lists import (
    Disagreement,
    Unsigned,
    disagreements,
    how_many_disagreements,
    how_many_unsigned,
    unsigned,
)

__all__ = [
    "Added",
    "Awaited",
    "Beside",
    "Disagreement",
    "ToSign",
    "Unsigned",
    "Word",
    "beside",
    "disagreements",
    "how_many_disagreements",
    "how_many_unsigned",
    "pair_of",
    "partners_of",
    "reports_signed_for_others",
    "reports_to_ask_of",
    "reports_to_sign_seen_by",
    "unsigned",
]
