"""What is typed into forms and addresses, without what no database keeps and nobody can see."""

import re
from collections.abc import Iterable
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

_LINE_ENDS = re.compile(r"[\x0b\x0c]")  # word processors break lines so
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class Typed(ImmutableMultiDict[str, Any]):
    """The fields of a request, without control characters.

    PostgreSQL refuses NUL in any text; no workbook, document or feed may hold the others. Those that turn the
    order of signs round make words read as others than they are.
    """

    def __init__(self, fields: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, without_unseen(value)) for name, value in fields])


class TypedRequest(Request):
    parameter_storage_class = Typed


def without_unseen(value: Any) -> Any:
    """The text without them; a file as it is."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", value)) if isinstance(value, str) else value
