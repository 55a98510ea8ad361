"""Every page that shows somebody’s vetting leaves an entry in the trail: every route is opened."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.days import day_in_words, short_day
from icv.store.people import Vetting
from icv.store.trail import TrailEntry
from icv.web.vetting.readings import PAGES
from tests.web.browser import Browser, signed_in_as
from tests.web.route_words import WORDS
from tests.web.world import world
from tests.workshop import Workshop

CLEARED, EXPIRED = date(2021, 8, 17), date(2023, 8, 19)
_WORDS = (day_in_words, short_day, str, lambda day: f'value="{day.year}"')
TELLS = tuple(words(day) for day in (CLEARED, EXPIRED) for words in _WORDS)
"""What stands on no page but one that shows vetting: of everybody in the world of the access table."""


def test_no_page_shows_vetting_without_an_entry_in_the_trail(
    app: Flask, session: Session, make: Workshop
) -> None:
    own, _ = world(make)
    accounts = own.pop("accounts")
    session.execute(sa.update(Vetting).values(cleared_on=CLEARED, expires_on=EXPIRED))
    shown_to: dict[Role, set[str]] = {}
    for role in (Role.COORDINATOR, Role.VOLUNTEER, Role.PANEL, Role.POLICE):
        browser = signed_in_as(app, session, accounts[role])
        shown_to[role] = set(_pages_with_vetting(app, session, browser, accounts[role].id, own))
    assert shown_to[Role.PANEL] == shown_to[Role.POLICE] == set()
    assert shown_to[Role.VOLUNTEER] >= {"record.show"}
    expected = {"people.index", "people.show", "people.change_record", "today.show", "vetting.board"}
    assert shown_to[Role.COORDINATOR] >= expected
    details = session.scalars(sa.select(TrailEntry.details).where(TrailEntry.act == "read vetting"))
    unnamed = {one["page"] for one in details} - set(PAGES)
    assert not unnamed, "Say in web/vetting/readings.py what people call these pages"


def _pages_with_vetting(
    app: Flask, session: Session, browser: Browser, account_id: int, own: dict[str, Any]
) -> Iterator[str]:
    """The endpoints of those that show any; each of them has been noted, or this fails."""
    for endpoint, path in _addresses(app, own):
        before = _readings(session, account_id)
        answer = browser.client.get(path)
        assert answer.status_code < 500, f"{path} broke"
        is_read = answer.status_code == 200 and answer.mimetype.startswith("text/")
        if is_read and any(tell in answer.get_data(as_text=True) for tell in TELLS):
            noted = _readings(session, account_id) - before
            assert noted, f"{path} shows vetting and leaves no entry in the trail: call was_read"
            yield endpoint


def _addresses(app: Flask, own: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Of every page; where several people may be asked about, of all of them."""
    with app.test_request_context():
        addresses = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            things = {**own, **WORDS.get(rule.endpoint, {})}
            if "GET" in (rule.methods or ()) and rule.endpoint != "static" and rule.arguments <= set(things):
                values = {name: things[name] for name in rule.arguments}
                yield rule.endpoint, addresses.build(rule.endpoint, values) + f"?person={own['person_id']}"


def _readings(session: Session, account_id: int) -> int:
    """Asked in a transaction that is over before the next page is."""
    noted = sa.select(sa.func.count()).where(
        TrailEntry.act == "read vetting", TrailEntry.account_id == account_id
    )
    number = session.scalar(noted) or 0
    session.commit()
    return number
