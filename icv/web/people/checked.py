"""A file that was checked, kept on the page itself until it is imported: nothing of it lies on the server."""

import hashlib
from dataclasses import dataclass

from flask import current_app
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from icv.papers.sheets import Sheet

LASTS_SECONDS = 3600
MOST_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The rows as read, and what was asked with them. `sha256` is of the file they came from.

    `seen` stands for what the check showed: another one comes of records that changed since.
    """

    kind: str
    file_name: str
    is_update: bool
    sheet: Sheet
    sha256: str
    seen: str = ""

    @classmethod
    def of(cls, kind: str, file_name: str, is_update: bool, sheet: Sheet, content: bytes) -> "CheckedFile":
        return cls(kind, file_name, is_update, sheet, hashlib.sha256(content).hexdigest())

    def packed(self) -> str | None:
        """Sealed, for whoever checked it alone; None if a browser should not be made to carry so much."""
        sheet = self.sheet
        sealed = _serializer().dumps(
            [
                current_user.actor.account_id,
                self.kind,
                self.file_name,
                self.is_update,
                sheet.header,
                sheet.rows,
                sheet.blank_rows,
                self.sha256,
                self.seen,
            ]
        )
        text = sealed if isinstance(sealed, str) else sealed.decode()
        return text if len(text) <= MOST_CHARACTERS else None


def unpacked(packed: str) -> CheckedFile | None:
    """The file again; None where it is older than an hour, or nothing that this person has checked here."""
    try:
        account_id, kind, file_name, is_update, header, rows, blank_rows, sha256, seen = _serializer().loads(
            packed, max_age=LASTS_SECONDS
        )
    except BadData:
        return None
    if account_id != current_user.actor.account_id:
        return None
    sheet = Sheet(tuple(header), [(number, texts) for number, texts in rows], blank_rows)
    return CheckedFile(kind, file_name, is_update, sheet, sha256, seen)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="checked import")
