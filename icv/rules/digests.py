"""Content in the one spelling that its digest is of, whether it is kept, sent or passed on."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def record_of(content: Mapping[str, Any]) -> bytes:
    """JSON that can be written in one way only: keys sorted, no spaces, UTF-8, half characters escaped.

    A phone's keyboard can leave half of an emoji behind; a browser writes that half as \\ud83d.
    """
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return HALF_CHARACTER.sub(lambda half: f"\\u{ord(half[0]):04x}", spelled).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of its record: anybody can count it again."""
    return hashlib.sha256(record_of(content)).hexdigest()
