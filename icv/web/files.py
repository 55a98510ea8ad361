"""Answers that are files, kept by whoever asked for them."""

from flask import Response

CSV = "text/csv; charset=utf-8"
JSON = "application/json"


def as_file(content: bytes | str, name: str, content_type: str) -> Response:
    """Kept under this name, in letters that no system stumbles over, and not shown."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=content_type, headers=headers)
