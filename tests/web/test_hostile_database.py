"""A database that does not answer: every page says so at once, and no secret lands in the log."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask

from icv.rules.access import Role
from icv.web.db import db
from tests.web.browser import Browser

Browse = Callable[..., Browser]


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR).get("/settings/teams")


@pytest.fixture
def kept_by_another(app: Flask, coordinator: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody else writes and does not end. Nobody waits for them as long as in service."""
    with app.app_context():
        engine = db.engine
    coordinator.app.extensions["icv_session_of_the_test"].close()
    engine.dispose()
    monkeypatch.setattr("icv.store.engine.PATIENCE_MS", 50)
    with closing(sqlite3.connect(engine.url.database or "", isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        yield
    engine.dispose()


@pytest.mark.usefixtures("kept_by_another")
def test_a_form_that_cannot_be_kept_now_is_answered_in_words(coordinator: Browser) -> None:
    answer = coordinator.client.post("/settings/teams/", data={"name": "North"})
    assert answer.status_code == 503
    assert "Wait a minute or two" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("kept_by_another")
def test_a_page_whose_reading_cannot_be_noted_does_not_go_out(coordinator: Browser) -> None:
    answer = coordinator.client.get("/people/")
    assert answer.status_code == 503
    assert "Wait a minute or two" in answer.get_data(as_text=True)
