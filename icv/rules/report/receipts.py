"""What vouches for a filed report: its digest, and the reference on the receipt."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

REFERENCE_LETTERS = "23456789CDFGHJKMNPQRTVWX"
"""Read aloud, none is taken for another; without vowels they make no words."""


def digest_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the content in one fixed spelling: sorted keys, no spaces, UTF-8."""
    spelled = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def references(digest: str, visit_reference: str) -> Iterator[str]:
    """Receipt references of a filed report, R-7K3M-9Q: the first, and others should that one be taken."""
    number = int(hashlib.sha256(f"{visit_reference}:{digest}".encode()).hexdigest(), 16)
    while number:
        letters = ""
        for _ in range(6):
            number, letter = divmod(number, len(REFERENCE_LETTERS))
            letters += REFERENCE_LETTERS[letter]
        yield f"R-{letters[:4]}-{letters[4:]}"
