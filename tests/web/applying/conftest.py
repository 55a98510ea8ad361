"""An open round, and an application begun and filled in page by page."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.store.people import Round
from icv.store.recruitment import Application
from tests.applications import round_open
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import Workshop

SAVE = "Save and go on"


@pytest.fixture
def open_now(make: Workshop) -> Round:
    return round_open(make, "Spring 2026", welcome="We look for eight people.\n\nVisits take two hours.")


def begun(browser: Browser, open_now: Round, clock: Clock) -> Browser:
    browser.get(f"/apply/{open_now.id}").send(button="Start")
    clock.at += timedelta(minutes=20)
    return browser


def fields(page: str, own: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends of a page's answers."""
    words = {True: "yes", False: "no"}
    ticks = {"is_no_relative", "vetting", "references"}
    return {
        name: "y" if name in ticks else words.get(value, value) if isinstance(value, bool) else value
        for name, value in own.items()
    }


def fill(browser: Browser, said: dict[str, Any]) -> Browser:
    """Sends each page that is asked for until all are answered."""
    while browser.path.startswith("/apply/yours/") and browser.path != "/apply/yours/check":
        page = browser.path.rsplit("/", 1)[1]
        browser.send(fields(page, said[page]), button=SAVE)
    return browser


def written(session: Session) -> dict[str, Any]:
    session.expire_all()
    said: dict[str, Any] = session.scalars(sa.select(Application.answers)).one()
    return said
