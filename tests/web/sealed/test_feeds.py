"""The pair's own feeds have the time until the visit is cancelled or its report sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import sqlalchemy as sa
import vobject
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.sealed import SealedTime
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.sealed.conftest import NEXT_WEEK, Pair
from tests.web.test_feeds import events_in, fetched, new_link
from tests.web.test_reports import ARRIVED
from tests.workshop import NOW, TODAY, Workshop


def test_the_pairs_own_feeds_have_it_as_one_timed_event_in_utc(
    make: Workshop, browse_as: Callable[..., Browser], browser: Browser
) -> None:
    """A visit in summer time, so that a reader that minds the zone itself would be an hour off."""
    pair = Pair(make, browse_as, week=date(2026, 6, 29))
    links = [new_link(one) for one in (pair.ada, pair.bo)]
    stranger = new_link(browse_as(Role.VOLUNTEER, person=make.person()))
    (week,) = events_in(fetched(browser, links[0]))
    before = browser.answer.headers["ETag"] if browser.answer else ""
    pair.propose(day="2026-07-01", clock="14:30")
    pair.bo.get(pair.paths[1]).send(button="Agree to this time")
    for link in links:
        body = fetched(browser, link, before)
        (event,) = events_in(body)
        assert event.start == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
        assert event.end == datetime(2026, 7, 1, 15, 30, tzinfo=UTC)
        assert (event["TRANSP"], event["SUMMARY"], event["CLASS"]) == ("OPAQUE", "ICV duty", "PRIVATE")
        assert b"DTSTART:20260701T133000Z" in body
        (alarm,) = event.walk("VALARM")
        assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", "ICV duty")
        assert timedelta(hours=-2) == alarm.TRIGGER
        assert b"Euston" not in body
        assert vobject.readOne(body.decode()).vevent.dtstart.value == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    (timed,) = events_in(fetched(browser, links[0]))
    assert timed["UID"] == week["UID"]
    assert timed["SEQUENCE"] > week["SEQUENCE"]
    assert events_in(fetched(browser, stranger)) == []
    pair.ada.get(pair.paths[0]).send(button="Take it back")
    (again,) = events_in(fetched(browser, links[0]))
    assert (again.start, again["TRANSP"]) == (date(2026, 6, 29), "TRANSPARENT")
    assert again["SEQUENCE"] > timed["SEQUENCE"]
    assert not again.walk("VALARM")


@pytest.mark.parametrize(
    ("week", "day", "which", "instant"),
    [
        ("2026-03-23", "2026-03-29", None, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-10-19", "2026-10-25", "first", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-19", "2026-10-25", "second", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_around_the_clock_change_feeds_have_the_instant(
    make: Workshop,
    browse_as: Callable[..., Browser],
    browser: Browser,
    week: str,
    day: str,
    which: str | None,
    instant: datetime,
) -> None:
    pair = Pair(make, browse_as, week=date.fromisoformat(week))
    clock = "01:30" if which else "02:30"
    pair.ada.get(pair.paths[0])
    if which:
        pair.ada.send({"day": day, "clock": clock}, button="Propose", status=422)
    pair.ada.send({"day": day, "clock": clock, **({"which": which} if which else {})}, button="Propose")
    pair.bo.get(pair.paths[1]).send(button="Agree to this time")
    body = fetched(browser, new_link(pair.bo))
    (event,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert event.start == instant
    assert vobject.readOne(body.decode()).vevent.dtstart.value == instant


def test_a_cancelled_duty_is_a_week_again_without_alarm(
    pair: Pair, browser: Browser, make: Workshop, clock: Clock
) -> None:
    pair.agreed()
    link, others = new_link(pair.ada), new_link(pair.bo)
    (timed,) = events_in(fetched(browser, link))
    clock.at = NOW + timedelta(hours=1)
    pair.ada.get(f"/duties/{pair.duties[0].id}/decline").send(button="Give up this visit")
    (cancelled,) = events_in(fetched(browser, link))
    assert (cancelled["STATUS"], cancelled["TRANSP"], cancelled.start) == (
        "CANCELLED",
        "TRANSPARENT",
        NEXT_WEEK,
    )
    assert cancelled["SEQUENCE"] > timed["SEQUENCE"]
    (partners,) = events_in(fetched(browser, others))
    assert (partners["STATUS"], partners.start) == ("CONFIRMED", NEXT_WEEK)
    assert partners["SEQUENCE"] > timed["SEQUENCE"]
    assert not partners.walk("VALARM")


def test_sending_the_report_deletes_it(
    make: Workshop, browse_as: Callable[..., Browser], session: Session, clock: Clock
) -> None:
    pair = Pair(make, browse_as, week=TODAY)
    pair.propose(day="2026-03-04", clock="15:30")
    pair.bo.get(pair.paths[1]).send(button="Agree to this time")
    clock.at = NOW + timedelta(days=7)
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/visits/{pair.visit.id}/paper/arrival").send(ARRIVED)
    coordinator.send({"in_custody": "0"})
    coordinator.get(f"/visits/{pair.visit.id}/paper/check").send(button="Enter the")
    assert "Entered from paper" in coordinator.text
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None
    assert "15:30" not in pair.ada.get(pair.paths[0]).text


def test_the_report_supposes_the_day_that_was_agreed_and_never_the_time(
    make: Workshop, browse_as: Callable[..., Browser], clock: Clock
) -> None:
    pair = Pair(make, browse_as, week=TODAY)
    pair.propose(day="2026-03-05", clock="15:30")
    pair.bo.get(pair.paths[1]).send(button="Agree to this time")
    for days, supposed in ((0, "4"), (3, "5")):
        clock.at = NOW + timedelta(days=days)
        pair.bo.get(f"/visits/{pair.visit.id}/report/arrival")
        (box,) = (one for one in pair.bo.page.iter("input") if one.get("name") == "arrived_at-day")
        assert box.get("value") == supposed
        assert "15:30" not in pair.bo.html
