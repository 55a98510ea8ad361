"""What is typed into forms and addresses, without what no database keeps and nobody can see."""

from collections.abc import Iterable
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

NUL = "\0"


class Typed(ImmutableMultiDict[str, Any]):
    """The fields of a request. NUL characters, which PostgreSQL refuses in any text, are left out."""

    def __init__(self, fields: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, _without_nul(value)) for name, value in fields])


class TypedRequest(Request):
    parameter_storage_class = Typed


def _without_nul(value: Any) -> Any:
    """The text without them; a file as it is."""
    return value.replace(NUL, "") if isinstance(value, str) else value
