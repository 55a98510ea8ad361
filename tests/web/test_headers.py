"""What every answer says to the browser: nothing from elsewhere, nothing inline, nothing private kept."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from icv.app import create_app
from icv.config import Config
from icv.store.engine import open_engine
from icv.store.everything import METADATA
from icv.web.db import db
from tests.web.browser import Browser

STAMPED = re.compile(r"/static/app\.css\?v=[0-9a-f]{10}")


@pytest.fixture
def https(tmp_path: Path) -> Iterator[FlaskClient]:
    """A stranger at a service whose address begins with https."""
    url = f"sqlite:///{tmp_path / 'icv.db'}"
    engine = open_engine(url)
    METADATA.create_all(engine)
    engine.dispose()
    config = Config(url, "a secret of thirty-two letters, or more", "https://icv.example.org", 0, None)
    app = create_app(config)
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "path", ["/sign-in", "/nowhere", "/static/app.css", "/calendar/unknown.ics", "/people/"]
)
def test_nothing_comes_from_elsewhere_and_nothing_runs_inline(app: Flask, path: str) -> None:
    headers = _headers(app, path)
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'none'" in policy
    assert not re.search("unsafe|http|data:|\\*", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/people/"])
def test_no_page_is_kept_on_the_way(app: Flask, path: str) -> None:
    assert _headers(app, path)["Cache-Control"] == "no-store"


def test_a_file_of_the_look_is_kept_for_good_under_the_address_of_its_content(browser: Browser) -> None:
    stamped = STAMPED.search(browser.get("/sign-in").html)
    assert stamped
    assert "immutable" in _headers(browser.app, stamped[0])["Cache-Control"]
    assert "immutable" not in _headers(browser.app, "/static/app.css")["Cache-Control"]


def test_over_https_the_cookie_is_for_this_host_alone_and_scripts_cannot_read_it(https: FlaskClient) -> None:
    answer = https.get("/sign-in", base_url="https://icv.example.org")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    name, *attributes = re.split("[=;] ?", answer.headers["Set-Cookie"])
    assert name == "__Host-icv"
    assert {"Secure", "HttpOnly", "SameSite", "Lax", "Path", "/"} <= set(attributes)
    assert "Domain" not in attributes


def _headers(app: Flask, path: str) -> Headers:
    with app.test_client().get(path) as answer:
        return answer.headers
