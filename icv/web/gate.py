"""The gate before every view: closed unless the view says what it is for, or that it is open to all."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.web import kept
from icv.web.db import db
from icv.web.signins import asking

View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = object()


def needs(action: Action, *, by_script: bool = False) -> Callable[[View], View]:
    """Marks a view as being for one kind of act.

    `by_script`: what asks is a page's own script. Whoever is signed out then gets a bare 401 for its
    blueprint to put into words, never a page.
    """

    def mark(view: View) -> View:
        view.purpose = action  # type: ignore[attr-defined]
        view.by_script = by_script  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    view.purpose = _OPEN  # type: ignore[attr-defined]
    return view


def is_open_to_all() -> bool:
    """Whether the view of this request is one that strangers may use."""
    return _purpose() is _OPEN


def _purpose() -> object:
    return getattr(_view(), "purpose", None)


def _view() -> object:
    return current_app.view_functions.get(request.endpoint or "")


def close_the_gate(app: Flask) -> None:
    app.before_request(_ask)


def _ask() -> ResponseReturnValue | None:
    if request.method not in SAFE_METHODS:
        db.may_write()
    if request.endpoint is None or request.endpoint == "static":
        return None
    purpose = _purpose()
    if purpose is _OPEN:
        return None
    actor = asking()
    if actor is None:
        return _sign_in_first()
    if not isinstance(purpose, Action) or not actor.may(purpose):
        abort(403)
    return None


def _sign_in_first() -> ResponseReturnValue:
    if getattr(_view(), "by_script", False):
        abort(401)
    if request.method not in SAFE_METHODS:
        return kept.page_that_keeps_the_form()
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
