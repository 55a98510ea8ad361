"""The reference on the receipt of a filed report."""

import hashlib
from collections.abc import Iterator

REFERENCE_LETTERS = "23456789CDFGHJKMNPQRTVWX"
"""Read aloud, none is taken for another; without vowels they make no words."""


def references(digest: str, visit_reference: str) -> Iterator[str]:
    """Receipt references of a filed report, R-7K3M-9Q: the first, and others should that one be taken."""
    number = int(hashlib.sha256(f"{visit_reference}:{digest}".encode()).hexdigest(), 16)
    while number:
        letters = ""
        for _ in range(6):
            number, letter = divmod(number, len(REFERENCE_LETTERS))
            letters += REFERENCE_LETTERS[letter]
        yield f"R-{letters[:4]}-{letters[4:]}"
