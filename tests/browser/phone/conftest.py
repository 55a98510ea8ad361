"""A service with pairs who have reports to write, and a phone that is ready to work without signal."""

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from icv.config import ROOT
from icv.store.engine import open_engine
from icv.store.everything import METADATA
from tests.browser.conftest import PATIENCE_MS, Service, served
from tests.browser.phone.phones import LOOKS, Pair, Phone, new_pair

PATIENT = {
    "/report-worker.js": "const LONGEST_WAIT_MS = 4000;",
    "/static/report.js": "const LONGEST_SAVING_MS = 4000;",
}
"""What says how long a phone waits for a page, and for what it saves, before it goes on without."""
LONG_MS = 600_000
"""A busy machine is not a slow line: what the phone keeps is shown for want of signal, not of speed."""
SIGN_IN_PAGE = (
    b"<!DOCTYPE html><title>Free Wi-Fi</title><h1>Welcome to Free Wi-Fi</h1><p>Please accept our terms.</p>"
)


class Line:
    """What stands between phones and the service: `is_portal` answers everything itself, with a page;
    while it `is_down` no page comes that is asked for.

    While they are not set, `receipts` holds back the answers to reports, long after they are filed, `savings`
    those to parts and `pages` every page that is asked for: `held` is set when one is. Phones go on without a
    page or a saving after `patience_ms`.
    """

    def __init__(self, app: Flask) -> None:
        self.receipts, self.savings, self.pages, self.held = Event(), Event(), Event(), Event()
        self._service = app.wsgi_app
        self.clear()

    def clear(self) -> None:
        self.is_portal = self.is_down = False
        self.patience_ms = LONG_MS
        for gate in (self.receipts, self.savings, self.pages):
            gate.set()
        self.held.clear()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if self.is_portal:
            start("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [SIGN_IN_PAGE]
        path = environ["PATH_INFO"]
        if path in PATIENT:
            start("200 OK", [("Content-Type", "text/javascript"), ("Service-Worker-Allowed", "/")])
            return [self._script(path).encode()]
        asked_for = environ.get("HTTP_SEC_FETCH_MODE"), environ["REQUEST_METHOD"]
        is_asked_for = asked_for == ("navigate", "GET")
        if self.is_down and is_asked_for:
            start("503 Service Unavailable", [("Content-Type", "text/plain")])
            return []
        answer = self._service(environ, start)
        if path.endswith("/submission"):
            self.receipts.wait(60)
        if path.endswith("/report/parts"):
            self.savings.wait(60)
        if is_asked_for and not self.pages.is_set():
            self.held.set()
            self.pages.wait(60)
        return answer

    def _script(self, path: str) -> str:
        script = (ROOT / "static" / path.rpartition("/")[2]).read_text()
        assert PATIENT[path] in script
        return script.replace(PATIENT[path], PATIENT[path].replace("4000", str(self.patience_ms)))


@pytest.fixture(scope="session")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, empty."""
    file = tmp_path_factory.mktemp("field") / "icv.db"
    engine = open_engine(f"sqlite:///{file}")
    METADATA.create_all(engine)
    engine.dispose()
    for service in served(file):
        service.app.wsgi_app = Line(service.app)  # type: ignore[method-assign]
        yield service


@pytest.fixture
def line(field: Service) -> Iterator[Line]:
    line = field.app.wsgi_app
    assert isinstance(line, Line)
    yield line
    line.clear()


@pytest.fixture
def pair(field: Service) -> Pair:
    return new_pair(field)


@pytest.fixture
def new_phone(chromium: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """new_phone(): one that was never here."""
    contexts, errors = list[BrowserContext](), list[str]()

    def unpack() -> BrowserContext:
        context = chromium.new_context(**LOOKS)
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda trouble: errors.append(str(trouble.error)))
        contexts.append(context)
        return context

    yield unpack
    for context in contexts:
        context.close()
    assert not errors, f"A script of ours broke: {errors}"


@pytest.fixture
def phone(new_phone: Callable[[], BrowserContext], pair: Pair) -> Phone:
    """The first visitor's, signed in, on the duty page."""
    return Phone.signed_in(new_phone(), pair)


@pytest.fixture
def offline(phone: Phone) -> Phone:
    """The same after it has seen the duty page once, without signal now."""
    phone.wait_until_ready()
    phone.context.set_offline(True)
    return phone
