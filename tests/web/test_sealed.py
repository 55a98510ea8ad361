"""The page on which a pair agrees its time, and the coordinator's opening, through real requests."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import sqlalchemy as sa
import vobject
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import DutyState, Outcome
from icv.services.exchange.exporting import export_to
from icv.store.letters import Letter
from icv.store.rota import DraftVisit, Rota
from icv.store.sealed import SealedTime, SealOpening
from icv.store.trail import TrailEntry
from icv.store.visits import Duty, Visit
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.web.test_feeds import events_in, fetched, new_link
from tests.web.test_reports import ARRIVED
from tests.workshop import NOW, TODAY, Workshop

NEXT_WEEK = date(2026, 3, 9)
ODD = "03:17"
"""A time that stands nowhere else."""


class Pair:
    """Two visitors with a visit next week, each at a browser."""

    def __init__(self, make: Workshop, browse_as: Callable[..., Browser], week: date = NEXT_WEEK) -> None:
        ada, bo = make.person(name="Ada"), make.person(name="Bo")
        self.suite = make.suite("Euston Street")
        self.visit: Visit = make.visit(self.suite, week=week)
        self.duties: list[Duty] = [
            make.duty(self.visit, person, place=place) for place, person in enumerate((ada, bo), 1)
        ]
        self.paths = [f"/duties/{duty.id}/time" for duty in self.duties]
        self.ada, self.bo = (browse_as(Role.VOLUNTEER, person=person) for person in (ada, bo))

    def propose(self, day: str = "2026-03-10", clock: str = ODD, **more: Any) -> Browser:
        fields = {"day": day, "clock": clock, **more}
        return self.ada.get(self.paths[0]).send(fields, button="Propose this time")

    def agreed(self) -> "Pair":
        self.propose()
        self.bo.get(self.paths[1]).send(button="Agree to this time")
        return self


@pytest.fixture
def pair(make: Workshop, browse_as: Callable[..., Browser]) -> Pair:
    return Pair(make, browse_as)


def test_a_pair_agrees_and_both_see_it_on_the_duty(pair: Pair) -> None:
    pair.ada.get(f"/duties/{pair.duties[0].id}").follow("Agree a day and time")
    assert "No day and time is proposed yet" in pair.ada.text
    assert "not the coordinator" in pair.ada.text
    pair.propose()
    assert "Proposed. Bo is told to look at it." in pair.ada.text
    assert "You proposed Tuesday 10 March 2026 at 03:17" in pair.ada.text
    assert "Monday 22–06: nobody has come then for a year" in pair.ada.text
    pair.bo.get("/duties/").follow("Answer")
    assert "Ada proposes Tuesday 10 March 2026 at 03:17" in pair.bo.text
    pair.bo.send(button="Agree to this time")
    assert "Agreed. Only you and Ada can see the day and time." in pair.bo.text
    for browser, path in ((pair.ada, pair.paths[0]), (pair.bo, pair.paths[1])):
        assert "agreed Tuesday 10 March 2026 at 03:17" in browser.get(path.removesuffix("/time")).text
        assert "Tuesday 10 March 2026 at 03:17" in browser.get("/duties/").text


def test_what_was_changed_meanwhile_is_not_agreed_to_and_back_and_again_is_harmless(pair: Pair) -> None:
    pair.propose()
    pair.bo.get(pair.paths[1])
    pair.propose(clock="21:45")
    pair.bo.send(button="Agree to this time")
    assert "changed while you looked" in pair.bo.text
    assert "Tuesday 10 March 2026 at 21:45" in pair.bo.text
    pair.bo.send(button="Agree to this time")
    pair.bo.post(f"{pair.paths[1]}/agree", {"seen": "nonsense"})
    assert "changed while you looked" in pair.bo.text
    assert "Ada and you have both said so" in pair.bo.text
    pair.propose(clock="21:45")
    assert "for a year. Bo and you have both said so" in pair.ada.text


def test_either_says_no_or_takes_it_back(pair: Pair, session: Session) -> None:
    pair.propose()
    pair.bo.get(pair.paths[1]).send(button="Say no to this time")
    assert "Taken back. No time stands" in pair.bo.text
    pair.agreed()
    pair.ada.get(pair.paths[0]).send(button="Take it back")
    assert "No day and time is proposed yet" in pair.bo.get(pair.paths[1]).text
    assert session.scalars(sa.select(SealedTime.starts_at)).one() is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"clock": "03:17"}, "Choose a day"),
        ({"day": "2026-03-10", "clock": ""}, "Enter the time at which you will arrive"),
        ({"day": "2026-03-10", "clock": "quarter past"}, "must be on the 24-hour clock"),
        ({"day": "2026-03-16", "clock": "03:17"}, "hoose one of the list"),
        ({"day": "tomorrow", "clock": "03:17"}, "hoose one of the list"),
    ],
)
def test_bad_typing_is_a_sentence_and_everything_typed_is_kept(
    pair: Pair, fields: dict[str, str], said: str
) -> None:
    pair.ada.get(pair.paths[0]).post(pair.paths[0], fields, status=422)
    assert said in pair.ada.text
    assert f'value="{fields["clock"]}"' in pair.ada.html
    assert ('value="2026-03-10" checked' in pair.ada.html) == (fields.get("day") == "2026-03-10")


def test_the_hour_that_the_clocks_skip_is_an_error_on_entry(
    make: Workshop, browse_as: Callable[..., Browser]
) -> None:
    pair = Pair(make, browse_as, week=date(2026, 3, 23))
    pair.ada.get(pair.paths[0]).send({"day": "2026-03-29", "clock": "01:30"}, button="Propose", status=422)
    assert "There is no 01:30 on 29 March 2026: the clocks go forward" in pair.ada.text
    pair.ada.send({"clock": "02:30"}, button="Propose")
    assert "Sunday 29 March 2026 at 02:30" in pair.ada.text


@pytest.mark.parametrize(
    ("which", "instant", "said"),
    [
        ("first", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "at 01:30, before the clocks go back"),
        ("second", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "at 01:30, after the clocks go back"),
    ],
)
def test_the_hour_that_comes_twice_asks_which(
    make: Workshop,
    browse_as: Callable[..., Browser],
    session: Session,
    which: str,
    instant: datetime,
    said: str,
) -> None:
    pair = Pair(make, browse_as, week=date(2026, 10, 19))
    pair.ada.get(pair.paths[0]).send({"day": "2026-10-25", "clock": "01:30"}, button="Propose", status=422)
    assert "01:30 comes twice on 25 October 2026: say which you mean" in pair.ada.text
    assert session.scalars(sa.select(SealedTime.starts_at)).one_or_none() is None
    pair.ada.send({"which": which}, button="Propose")
    assert said in pair.ada.text
    assert session.scalars(sa.select(SealedTime.starts_at)).one() == instant


def test_days_that_are_over_are_not_offered_and_a_time_that_passed_is_refused(
    make: Workshop, browse_as: Callable[..., Browser]
) -> None:
    pair = Pair(make, browse_as, week=TODAY)
    pair.ada.get(pair.paths[0])
    assert 'value="2026-03-03"' not in pair.ada.html
    pair.ada.send({"day": "2026-03-04", "clock": "11:59"}, button="Propose", status=422)
    assert "That time has passed" in pair.ada.text


def test_one_alone_or_not_accepted_yet_is_told_what_comes_first(
    make: Workshop, browse_as: Callable[..., Browser], session: Session
) -> None:
    pair = Pair(make, browse_as)
    pair.duties[0].state = DutyState.OFFERED
    assert "Accept this visit first" in pair.ada.get(pair.paths[0]).text
    pair.ada.post(pair.paths[0], {"day": "2026-03-10", "clock": ODD}, status=422)
    assert "Accept this visit first" in pair.ada.text
    pair.duties[0].state = DutyState.DECLINED
    assert "Nobody has the other place yet" in pair.bo.get(pair.paths[1]).text
    pair.bo.post(pair.paths[1], {"day": "2026-03-10", "clock": ODD}, status=422)
    assert "over, or no longer yours" in pair.ada.get(pair.paths[0]).text


def test_the_page_says_when_the_suite_was_visited_and_what_the_rota_suggests(
    make: Workshop, browse_as: Callable[..., Browser]
) -> None:
    pair = Pair(make, browse_as)
    for weeks, clock in ((1, 12), (2, 12), (60, 15)):
        arrived_at = datetime(2026, 3, 3, clock, tzinfo=UTC) - timedelta(weeks=weeks)
        made = {"outcome": Outcome.COMPLETED, "arrived_at": arrived_at}
        make.visit(pair.suite, week=arrived_at.date(), **made)
    soon = datetime(2026, 3, 2, 9, tzinfo=UTC)
    make.visit(pair.suite, week=soon.date(), outcome=Outcome.ABANDONED, arrived_at=soon)
    make.visit(make.suite(), week=soon.date(), outcome=Outcome.COMPLETED, arrived_at=soon)
    rota = make.keep(Rota(first_on=NEXT_WEEK, last_on=NEXT_WEEK, seed=1, certificate={}, made_at=NOW))
    pair.visit.rota_id = rota.id
    make.keep(
        DraftVisit(
            rota_id=rota.id,
            suite_id=pair.suite.id,
            week_starts_on=NEXT_WEEK,
            week_ends_on=NEXT_WEEK + timedelta(days=6),
            visitor_1_id=pair.duties[1].person_id,
            visitor_2_id=pair.duties[0].person_id,
            suggested_slots=[[5, 4], [1, 0]],
        )
    )
    page = pair.ada.get(pair.paths[0])
    assert "1 of 35 timeslots" in page.text
    assert "The rota suggests Saturday 22–06" in page.text
    assert "1 of 35 timeslots visited." in page.html
    assert "Nobody at 06–10, 14–18, 18–22, 22–06" in page.text
    page.get(f"/duties/{pair.duties[0].id}")
    assert "1 of 35 timeslots" in page.text
    make.session.execute(sa.update(DraftVisit).values(visitor_1_id=None))
    assert "The rota suggests" not in pair.ada.get(pair.paths[0]).text


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
