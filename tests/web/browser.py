"""A browser with manners: every page that any test opens is looked over, and bad form is an error."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from icv.services import accounts as desk
from icv.store.accounts import Account
from icv.web.db import db

MOST_QUERIES = 30
"""Most pages ask fewer than twenty."""
MOST_OF_A_PERIOD = 45
"""A page of a whole period counts all there is to count of it."""
OF_A_PERIOD = ("/panel/", "/statistics/")
MAY_CHANGE_ON_GET = frozenset({"trail", "feeds"})
IN_A_LINE = frozenset({"a", "abbr", "b", "code", "small", "span", "strong", "time"})
HIDDEN = frozenset({"hidden", "submit", "button", "image", "reset"})


class Browser:
    """Follows links and sends forms as a person would, tokens and all. Pages it opened are well-formed."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.queries: list[str] = []
        self.page: Any = None
        self.answer: TestResponse | None = None

    # -- getting about

    def get(self, path: str, *, status: int = 200, follow: bool = True) -> "Browser":
        with self._watching(path) as seen:
            self.answer = self.client.get(path)
        wrote = {table for table in map(_table_written, seen) if table} - MAY_CHANGE_ON_GET
        assert not wrote, f"GET {path} wrote to {wrote}: only a POST may change things"
        return self._arrived(path, status, follow)

    def post(
        self, path: str, fields: dict[str, Any] | None = None, *, status: int = 200, follow: bool = True
    ) -> "Browser":
        """Sends fields to a path with the CSRF token of the page in hand, or of the sign-in page."""
        token = self.token()
        with self._watching(path):
            self.answer = self.client.post(path, data={"csrf_token": token, **(fields or {})})
        return self._arrived(path, status, follow)

    def send(
        self,
        fields: dict[str, Any] | None = None,
        *,
        button: str | None = None,
        form: int | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> "Browser":
        """Fills the page's form (the one with the button, or the form-th of the main part) and sends it."""
        chosen = self._form(button, form)
        sent = _fields_of(chosen)
        for name, value in (fields or {}).items():
            assert name in sent or _has_control(chosen, name), (
                f"The form has no control “{name}”: {sorted(sent)}"
            )
            sent[name] = value
        if button:
            pressed = next(b for b in chosen.iter("button") if _text(b).startswith(button))
            if pressed.get("name"):
                sent[pressed.get("name")] = pressed.get("value", "")
        path = chosen.get("action") or self.path
        with self._watching(path):
            self.answer = self.client.post(
                path, data=sent, content_type="multipart/form-data" if chosen.get("enctype") else None
            )
        self.answer.request.environ["wsgi.input"].close()  # large files lie in one that nobody else closes
        return self._arrived(path, status, follow)

    def follow(self, words: str, *, status: int = 200) -> "Browser":
        """Follows the first link whose words begin so."""
        for link in self.page.iter("a"):
            if _text(link).startswith(words):
                return self.get(link.get("href"), status=status)
        raise AssertionError(f"No link “{words}” among {[_text(link) for link in self.page.iter('a')]}")

    # -- what is seen

    @property
    def path(self) -> str:
        assert self.answer is not None
        return urlsplit(self.answer.request.url).path

    @property
    def text(self) -> str:
        """All words of the main part, in one line."""
        return _text(next(self.page.iter("main"), self.page))

    @property
    def html(self) -> str:
        assert self.answer is not None
        return self.answer.get_data(as_text=True)

    @property
    def heading(self) -> str:
        return _text(next(self.page.iter("h1")))

    # -- manners

    def _arrived(self, path: str, status: int, follow: bool) -> "Browser":
        assert self.answer is not None
        if follow and self.answer.status_code in {301, 302, 303, 307, 308}:
            return self.get(self.answer.headers["Location"], status=status)
        said = self.answer.get_data(as_text=True)[:3000] if self.answer.status_code >= 500 else ""
        assert self.answer.status_code == status, (
            f"{path} answered {self.answer.status_code}, not {status}. {said}"
        )
        self._nothing_left_uncommitted()
        if self.answer.mimetype == "text/html":
            self._look_over(path)
        return self

    def _look_over(self, path: str) -> None:
        assert self.answer is not None
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        self.page = parser.parse(self.answer.get_data(as_text=True))
        assert not parser.errors, f"{path} is not well-formed HTML: {parser.errors[:3]}"
        headings = [_text(h1) for h1 in self.page.iter("h1")]
        assert len(headings) == 1, f"{path} has {len(headings)} h1, not one: {headings}"
        title = _text(next(self.page.iter("title")))
        assert title.startswith(headings[0]), (
            f"{path}: the title “{title}” does not begin with the h1 “{headings[0]}”"
        )
        ids = [element.get("id") for element in self.page.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), (
            f"{path} uses an id twice: {sorted(i for i in ids if ids.count(i) > 1)}"
        )
        assert "style=" not in self.html, f"{path} has a style attribute: the content policy forbids it"
        assert not list(self.page.iter("style")), f"{path} has inline style"
        assert all(script.get("src") for script in self.page.iter("script")), f"{path} has an inline script"
        handlers = {name for one in self.page.iter() for name in one.keys() if name.startswith("on")}  # noqa: SIM118
        assert not handlers, f"{path} has script in its attributes {handlers}: the content policy forbids it"
        for link in self.page.iter("a"):
            assert link.get("href"), f"{path}: a link goes nowhere: {_text(link)}"
        for form in self.page.iter("form"):
            self._look_over_form(path, form, ids)

    def _look_over_form(self, path: str, form: Any, ids: list[str]) -> None:
        assert form.get("action"), f"{path}: a form without an action"
        if form.get("method", "get").lower() == "post":
            names = [control.get("name") for control in form.iter("input")]
            assert "csrf_token" in names, f"{path}: the form to {form.get('action')} has no CSRF field"
        labels = {label.get("for") for label in self.page.iter("label")}
        wrapped = {control for label in form.iter("label") for control in _controls(label)}
        for control in _controls(form):
            if control.get("type") in HIDDEN or control.get("hidden") is not None:
                continue
            assert control.get("id") in labels or control in wrapped or control.get("aria-label"), (
                f"{path}: the control “{control.get('name')}” has no label"
            )
        for button in form.iter("button"):
            assert _text(button), f"{path}: a button without words"

    def _nothing_left_uncommitted(self) -> None:
        with self.app.app_context():
            pool = db.engine.pool
            assert pool.checkedout() == 0, "A connection was left open after the page"  # type: ignore[attr-defined]

    # -- the insides

    def _form(self, button: str | None, number: int | None) -> Any:
        forms = list(next(self.page.iter("main")).iter("form"))
        if button:
            forms = [form for form in forms if any(_text(b).startswith(button) for b in form.iter("button"))]
        assert forms, f"No form with a button “{button}” on {self.path}: {self.text[:500]}"
        return forms[number or 0]

    def token(self) -> str:
        """A CSRF token of this browser, from the page in hand or else from the sign-in page."""
        if self.page is None or not self._token_here():
            self.get("/sign-in")
        return self._token_here()

    def _token_here(self) -> str:
        return next((i.get("value") for i in self.page.iter("input") if i.get("name") == "csrf_token"), "")

    def _watching(self, path: str) -> "Watched":
        """The test's own work is committed first: pages see it, and its lock is not in their way."""
        self.app.extensions["icv_session_of_the_test"].commit()
        return Watched(self, MOST_OF_A_PERIOD if path.startswith(OF_A_PERIOD) else MOST_QUERIES)


class Watched:
    """Collects the statements of a request, and refuses more than a page needs."""

    def __init__(self, browser: Browser, most: int) -> None:
        self.browser, self.most = browser, most
        with browser.app.app_context():
            self.engine = db.engine

    def __enter__(self) -> list[str]:
        self.browser.queries = []
        sa.event.listen(self.engine, "before_cursor_execute", self._note)
        return self.browser.queries

    def __exit__(self, *error: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self._note)
        count = len(self.browser.queries)
        assert error[0] or count <= self.most, f"{count} queries for one page: {self.browser.queries}"

    def _note(self, connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.browser.queries.append(statement)


def signed_in_as(app: Flask, session: Session, account: Account) -> Browser:
    """A browser in which the account is signed in, as it is after a one-time link or a password."""
    token = desk.sign_in(session, account.id, device="unknown device", at=app.extensions["icv_clock"]())
    session.commit()
    browser = Browser(app)
    with browser.client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return browser


def _table_written(statement: str) -> str | None:
    found = re.match(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", statement)
    return found[1] if found else None


def _controls(element: Any) -> list[Any]:
    return [one for one in element.iter() if one.tag in {"input", "select", "textarea"}]


def _text(element: Any) -> str:
    """The words in one line; what stands in lines or cells of its own is parted by a space."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield (" " if child.tag not in IN_A_LINE else "") + (child.tail or "")


def _fields_of(form: Any) -> dict[str, Any]:
    """What the form sends untouched."""
    sent: dict[str, Any] = {}
    for control in _controls(form):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or kind in {"submit", "button", "file"}:
            continue
        if control.tag == "select":
            options = list(control.iter("option"))
            value = next(
                (o.get("value") for o in options if o.get("selected") is not None),
                options[0].get("value") if options else "",
            )
            sent[name] = value
        elif control.tag == "textarea":
            sent[name] = control.text or ""
        elif kind in {"checkbox", "radio"}:
            if control.get("checked") is not None:
                sent.setdefault(name, []).append(
                    control.get("value", "on")
                ) if kind == "checkbox" else sent.update({name: control.get("value", "on")})
        else:
            sent[name] = control.get("value", "")
    return sent


def _has_control(form: Any, name: str) -> bool:
    return any(control.get("name") == name for control in _controls(form))
