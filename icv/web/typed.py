"""What is typed into forms and addresses, without what no database keeps and nobody can see."""

from collections.abc import Iterable
from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from icv.rules import unseen


class Typed(ImmutableMultiDict[str, Any]):
    """The fields of a request, without control characters."""

    def __init__(self, fields: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__([(name, without_unseen(value)) for name, value in fields])


class TypedRequest(Request):
    parameter_storage_class = Typed


def without_unseen(value: Any) -> Any:
    """The text without them; a file as it is."""
    return unseen.without_unseen(value) if isinstance(value, str) else value
