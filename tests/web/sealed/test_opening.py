"""A coordinator opens a time in an emergency; else nothing outside of the pair has it."""

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import Outcome
from icv.services.exchange.exporting import export_to
from icv.store.letters import Letter
from icv.store.sealed import SealOpening
from icv.store.trail import TrailEntry
from tests.web.browser import Browser
from tests.web.sealed.conftest import ODD, Pair
from tests.workshop import NOW, Workshop


def test_a_coordinator_opens_it_in_an_emergency_once_and_both_know(
    pair: Pair, browse_as: Callable[..., Browser], session: Session
) -> None:
    pair.agreed()
    coordinator = browse_as(Role.COORDINATOR).get(f"/visits/{pair.visit.id}")
    coordinator.follow("In an emergency")
    assert "For emergencies only" in coordinator.text
    coordinator.send({"reason": " "}, button="Open the time", status=422)
    assert session.scalar(sa.select(sa.func.count()).select_from(SealOpening)) == 0
    coordinator.send({"reason": "Neither answers"}, button="Open the time")
    assert "Tuesday 10 March 2026 at 03:17" in coordinator.text
    assert "Agreed by both" in coordinator.text
    coordinator.follow("Done: back")
    assert ODD not in coordinator.html
    coordinator.get(f"/visits/{pair.visit.id}/open-time")
    assert ODD not in coordinator.html
    assert "Neither answers" in coordinator.text
    assert "Neither answers" in pair.ada.get(pair.paths[0]).text
    told = session.scalars(sa.select(Letter).where(Letter.key.startswith("sealed time opened"))).all()
    assert len(told) == 2


def test_there_is_nothing_to_open_without_a_time(
    pair: Pair, browse_as: Callable[..., Browser], session: Session
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/visits/{pair.visit.id}/open-time")
    coordinator.send({"reason": "Neither answers"}, button="Open the time", status=422)
    assert "have agreed no time" in coordinator.text
    assert "Neither answers" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(SealOpening)) == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == 0
    coordinator.get("/visits/999999/open-time", status=404)
    pair.visit.outcome = Outcome.MISSED
    assert "Nothing is sealed any more" in coordinator.get(f"/visits/{pair.visit.id}/open-time").text


def test_nobody_elses_page_export_letter_trail_or_log_has_the_time(
    pair: Pair,
    make: Workshop,
    browse_as: Callable[..., Browser],
    app: Flask,
    session: Session,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    """Every page that needs no more than an id of these is opened by all who are not the pair."""
    caplog.set_level(logging.DEBUG)
    pair.agreed()
    assert ODD in pair.bo.get(pair.paths[1]).html
    things = {
        "visit_id": pair.visit.id,
        "duty_id": pair.duties[0].id,
        "person_id": pair.duties[0].person_id,
        "suite_id": pair.suite.id,
    }
    partner = browse_as(Role.VOLUNTEER, person=make.person(name="Cy"))
    opened = 0
    for browser in (browse_as(Role.COORDINATOR), browse_as(Role.PANEL), browse_as(Role.POLICE), partner):
        for path in _pages(app, things):
            answer = browser.client.get(path, follow_redirects=True)
            assert ODD.encode() not in answer.get_data(), path
            opened += answer.status_code == 200
    assert opened > 50
    session.rollback()
    export_to(session, tmp_path / "out", by=None, at=NOW)
    said = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    said += "".join(f"{one.subject} {one.body} {one.key}" for one in session.scalars(sa.select(Letter)))
    said += "".join(str(one.details) for one in session.scalars(sa.select(TrailEntry)))
    said += caplog.text.replace(NOW.isoformat(), "")
    assert "Euston Street" in said
    assert not re.search(r"0?3[:.]17|2026-03-10", said)


def _pages(app: Flask, things: dict[str, int]) -> Iterator[str]:
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static" and rule.arguments <= set(things):
                yield adapter.build(rule.endpoint, {name: things[name] for name in rule.arguments})
