"""Calendar links and the calendars behind them, read with two calendar readers."""

import logging
import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest
import sqlalchemy as sa
import vobject
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState
from icv.services import duties as desk
from icv.store.feeds import Feed
from icv.store.scheme import Setting, write_choice
from icv.store.visits import Duty
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

WINTER, SUMMER = date(2026, 3, 23), date(2026, 6, 29)
"""Weeks at whose ends the clocks go forward, and are forward."""


def new_link(volunteer: Browser, label: str = "My phone") -> str:
    volunteer.get("/calendar-links/").send({"label": label}, button="Make a calendar link")
    found = re.search(r"http://localhost(/calendar/[\w-]+\.ics)", volunteer.html)
    assert found
    return found[1]


def fetched(browser: Browser, path: str, etag: str | None = None, status: int = 200) -> bytes:
    browser.app.extensions["icv_session_of_the_test"].commit()
    browser.answer = browser.client.get(path, headers={"If-None-Match": etag} if etag else None)
    assert browser.answer.status_code == status
    return browser.answer.get_data()


def etag_of(browser: Browser) -> str:
    assert browser.answer
    return browser.answer.headers["ETag"]


def events_in(body: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(body).walk("VEVENT"))


def test_a_week_is_a_day_long_event_that_takes_no_time_winter_and_summer(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    person, suite = make.person(), make.suite("Euston Street")
    for week in (WINTER, SUMMER):
        make.visit(suite, person, week=week)
    body = fetched(browser, new_link(browse_as(Role.VOLUNTEER, person=person)))
    for week, event in zip((WINTER, SUMMER), events_in(body), strict=True):
        assert (event.start, event.end) == (week, week + timedelta(days=7))
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["STATUS"] == "CONFIRMED"
        assert event["SUMMARY"] == "ICV duty"
    read = vobject.readOne(body.decode())
    assert [event.dtstart.value for event in read.vevent_list] == [WINTER, SUMMER]
    assert [event.dtend.value - event.dtstart.value for event in read.vevent_list] == [timedelta(days=7)] * 2
    assert b"VTIMEZONE" not in body
    assert b"METHOD" not in body
    assert b"Euston" not in body
    assert b"VALARM" not in body


def test_the_same_duties_give_the_same_bytes_and_a_304(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, clock: Clock
) -> None:
    person = make.person()
    make.visit(None, person)
    path = new_link(browse_as(Role.VOLUNTEER, person=person))
    first, etag = fetched(browser, path), etag_of(browser)
    clock.at = NOW + timedelta(hours=3)
    assert fetched(browser, path) == first
    assert etag_of(browser) == etag
    assert not etag.startswith("W/")
    assert fetched(browser, path, etag, status=304) == b""


def test_the_headers_are_those_that_calendars_want(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    person = make.person()
    fetched(browser, new_link(browse_as(Role.VOLUNTEER, person=person)))
    assert browser.answer
    headers = browser.answer.headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in headers
    body = browser.answer.get_data()
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H" in body
    assert b"X-PUBLISHED-TTL:PT6H" in body


def test_an_answer_moves_the_etag_and_the_sequence(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    person = make.person()
    volunteer = browse_as(Role.VOLUNTEER, person=person)
    duty = make.duty(make.visit(), person, state=DutyState.OFFERED)
    path = new_link(volunteer)
    (before,) = events_in(fetched(browser, path))
    etag = etag_of(browser)
    volunteer.get("/duties/").send(button="Accept")
    (after,) = events_in(fetched(browser, path, etag))
    assert (before["STATUS"], after["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert before["UID"] == after["UID"] == f"{duty.uid}@localhost"


def test_a_declined_duty_is_cancelled_for_thirty_days_and_then_gone(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    person = make.person()
    actor = make.actor(Role.VOLUNTEER, person=person)
    duty = make.duty(make.visit(week=TODAY + timedelta(days=90)), person)
    path = new_link(browse_as(Role.VOLUNTEER, person=person))
    desk.decline(session, duty.id, "", by=actor, at=NOW)
    (event,) = events_in(fetched(browser, path))
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    clock.at = NOW + timedelta(days=30)
    assert len(events_in(fetched(browser, path))) == 1
    clock.at = NOW + timedelta(days=31)
    assert events_in(fetched(browser, path)) == []


def test_a_scheme_may_choose_to_show_the_suite(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session
) -> None:
    person = make.person()
    make.visit(make.suite("Euston Street"), person, make.person(name="Bo"))
    path = new_link(browse_as(Role.VOLUNTEER, person=person))
    fetched(browser, path)
    etag = etag_of(browser)
    session.add(Setting(name="feed_shows_suite", value=write_choice(True), effective_on=TODAY, set_at=NOW))
    (event,) = events_in(fetched(browser, path, etag))
    assert event["SUMMARY"] == "ICV duty: Euston Street"
    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (1, NOW)
    session.add(Setting(name="feed_shows_suite", value=write_choice(False), effective_on=TODAY, set_at=NOW))
    (event,) = events_in(fetched(browser, path, etag))
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("ICV duty", 2)


def test_nobody_elses_duty_is_in_a_feed(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    person = make.person()
    make.visit(None, make.person(), make.person())
    assert events_in(fetched(browser, new_link(browse_as(Role.VOLUNTEER, person=person)))) == []


def test_a_link_is_kept_as_a_digest_and_stops_when_its_owner_says_so(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session
) -> None:
    person = make.person()
    volunteer = browse_as(Role.VOLUNTEER, person=person)
    path = new_link(volunteer)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) == 43
    assert session.scalars(sa.select(Feed.secret_digest)).one() != secret
    volunteer.get("/calendar-links/")
    assert secret not in volunteer.html
    volunteer.send(button="Stop the link for My phone")
    assert "No" not in volunteer.heading
    fetched(browser, path, status=404)
    fetched(browser, "/calendar/unknown.ics", status=404)


def test_a_link_dies_with_the_day_its_owner_leaves(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, clock: Clock
) -> None:
    person = make.person(left_on=TODAY + timedelta(days=1))
    path = new_link(browse_as(Role.VOLUNTEER, person=person))
    fetched(browser, path)
    clock.at = NOW + timedelta(days=1)
    fetched(browser, path, status=404)


def test_nobody_stops_anothers_link(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    new_link(browse_as(Role.VOLUNTEER, person=make.person()))
    feed_id = session.scalars(sa.select(Feed.id)).one()
    other = browse_as(Role.VOLUNTEER, person=make.person())
    other.get("/calendar-links/").post(f"/calendar-links/{feed_id}/stop", status=404)


def test_the_last_fetch_is_noted_at_most_once_an_hour(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    path = new_link(browse_as(Role.VOLUNTEER, person=make.person()))
    for minutes, noted in ((0, 0), (59, 0), (60, 60)):
        clock.at = NOW + timedelta(minutes=minutes)
        fetched(browser, path)
        session.rollback()
        assert session.scalars(sa.select(Feed.last_fetched_at)).one() == NOW + timedelta(minutes=noted)


def test_a_link_without_a_name_is_refused(browse_as: Callable[..., Browser], make: Workshop) -> None:
    volunteer = browse_as(Role.VOLUNTEER, person=make.person())
    volunteer.get("/calendar-links/").send({"label": ""}, button="Make a calendar link", status=422)
    assert "Say where you will use it" in volunteer.text


def test_ten_links_are_enough(browse_as: Callable[..., Browser], make: Workshop, session: Session) -> None:
    person = make.person()
    volunteer = browse_as(Role.VOLUNTEER, person=person)
    session.add_all(
        Feed(person_id=person.id, label="Old", secret_digest=str(number), made_at=NOW) for number in range(10)
    )
    volunteer.get("/calendar-links/").send({"label": "One more"}, button="Make", status=422)
    assert "Stop one that you no longer use" in volunteer.text


def test_a_hundred_events_are_built_once(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop, app: Flask, session: Session
) -> None:
    person = make.person()
    for weeks in range(100):
        make.visit(make.suite() if weeks == 0 else None, person, week=TODAY + timedelta(weeks=weeks))
    path = new_link(browse_as(Role.VOLUNTEER, person=person))
    assert len(events_in(fetched(browser, path))) == 100
    assert session.scalar(sa.select(sa.func.count()).select_from(Duty)) == 100
    assert urlsplit(path).path == path


def test_the_secret_stands_in_no_log_line(
    browse_as: Callable[..., Browser],
    browser: Browser,
    make: Workshop,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    path = new_link(browse_as(Role.VOLUNTEER, person=make.person()))
    fetched(browser, path)
    fetched(browser, f"{path}?again", status=200)
    monkeypatch.setattr("icv.web.feeds.views.desk.calendar", fails)
    fetched(browser, path, status=500)
    assert "A page broke" in caplog.text
    assert path.split("/")[-1].removesuffix(".ics") not in caplog.text


def fails(*_: object, **__: object) -> bytes:
    raise RuntimeError("on purpose")


def test_a_calendar_comes_as_it_is_whatever_a_program_says_it_could_read(
    browse_as: Callable[..., Browser], browser: Browser, make: Workshop
) -> None:
    path = new_link(browse_as(Role.VOLUNTEER, person=make.person()))
    answer = browser.client.get(path, headers={"Accept-Encoding": "gzip, br", "Accept": "text/html"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert answer.get_data().startswith(b"BEGIN:VCALENDAR")
    assert b"METHOD" not in answer.get_data()
