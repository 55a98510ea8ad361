"""What was typed when a sign-in had ended: kept on the page, and sent again after signing in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import HTTPException

from icv.web.pages import page
from icv.web.signins import asking

MOST_CHARACTERS = 200_000
NEVER_KEPT = frozenset({"csrf_token", "password", "new_password"})


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that was refused only for want of a sign-in: where it was going, and its fields in order."""

    path: str
    fields: list[tuple[str, str]]

    def packed(self) -> str:
        packed = _serializer().dumps([self.path, self.fields])
        return packed if isinstance(packed, str) else packed.decode()


def unpacked(packed: str) -> KeptForm | None:
    """The form again; None if it is not one that this service packed, or leads to no page that takes it."""
    if not packed:
        return None
    try:
        path, fields = _serializer().loads(packed)
        current_app.create_url_adapter(request).match(urlsplit(path).path, method="POST")  # type: ignore[union-attr]
    except (BadSignature, HTTPException):
        return None
    return KeptForm(path, [(name, value) for name, value in fields])


def page_that_keeps_the_form() -> ResponseReturnValue:
    """Keeps what was typed, unless another site sent it: to be sent again at once, or after signing in."""
    if asking() is None:
        kept = _gather() if _came_from_here() else None
        return page("accounts/signed-out.html", status=401, kept=kept.packed() if kept else "")
    return page_that_sends_again()


def page_that_sends_again() -> ResponseReturnValue:
    """The same where nobody has to sign in first."""
    kept = _gather() if _came_from_here() else None
    return page("accounts/send-again.html", status=400, waiting=kept)


def words_typed() -> list[str]:
    """Of a form whose subject is gone: what is of several words. Choices, days and tokens are none of it."""
    sent = [value.strip() for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    return [value for value in sent if len(value.split()) > 1]


def _gather() -> KeptForm | None:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]
    if not fields or sum(len(value) for _, value in fields) > MOST_CHARACTERS:
        return None
    return KeptForm(request.full_path.rstrip("?"), fields)


def _came_from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is not None and urlsplit(origin).netloc == request.host


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kept form")
