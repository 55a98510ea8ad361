"""The quarterly return: filled from the records, by quarter, and without anybody in it."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from icv.rules.access import Role
from icv.rules.days import monday_of
from icv.rules.findings import EventKind, FindingState
from icv.rules.quarters import latest, quarter_asked, quarter_of
from icv.rules.visits import Outcome
from icv.store.figures import quarterly
from icv.store.findings import FindingEvent, FindingTheme
from icv.store.visits import Report, Visit
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

LAST_QUARTER = date(2025, 11, 12)


def made(make: Workshop, on: date = LAST_QUARTER, *, wait: int = 0, **more: Any) -> Visit:
    """A visit that was made on that day, its visitors let in after so many minutes."""
    arrived_at = datetime(on.year, on.month, on.day, 14, tzinfo=UTC)
    return make.visit(
        more.pop("suite", None) or make.suite(),
        *more.pop("visitors", ()),
        week=on,
        outcome=more.pop("outcome", Outcome.COMPLETED),
        arrived_at=arrived_at,
        admitted_at=arrived_at + timedelta(minutes=wait),
        **more,
    )


def reported(make: Workshop, visit: Visit, **sections: Any) -> Report:
    return make.keep(  # type: ignore[no-any-return]
        Report(
            visit_id=visit.id,
            begun_at=NOW,
            filed_at=NOW,
            reference=f"R-{visit.id}",
            content=sections,
            digest="d",
        )
    )


def test_a_quarter_is_named_by_its_months() -> None:
    quarter = quarter_of(date(2026, 8, 31))
    assert (quarter.first, quarter.last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert quarter.words == "July to September 2026"
    assert quarter_asked("2026-08") == quarter_asked("2026-7") == quarter
    assert [one.key for one in latest(TODAY, 3)] == ["2026-01", "2025-10", "2025-07"]


@pytest.mark.parametrize(
    "asked", ["2026", "2026-13", "2026-0", "x-y", "99999-01", "0001-01", "2026-07-01", "²0²6-1"]
)
def test_what_is_no_month_is_no_quarter(asked: str) -> None:
    assert quarter_asked(asked) is None


def test_the_last_ended_quarter_is_shown_with_waits_and_their_reasons(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    suite = make.suite("Euston Street")
    visit = made(make, wait=25, suite=suite, visitors=[make.person(name="Vera Visitor")])
    reported(make, visit, arrival={"delay": "busy", "rank": "sergeant", "outcome": "completed"})
    made(make, wait=5, suite=suite)
    made(make, date(2025, 8, 1), wait=40, suite=suite)
    browser = browse_as(Role.COORDINATOR).get("/findings/return/")
    assert "October to December 2025" in browser.text
    assert "1 of 2 timed visits waited more than 10 minutes" in browser.text
    assert "Staff were busy" in browser.text
    assert "Sergeant" in browser.text
    assert "not authorised by an officer of the rank of inspector" in browser.text
    sheet = browser.client.get("/findings/return/return.csv?quarter=2025-10").get_data(as_text=True)
    assert "Waited 25 minutes,Euston Street" in sheet
    assert visit.reference not in sheet
    assert "Vera" not in browser.text + sheet


def test_concerns_and_impact_stand_as_they_are_now(browse_as: Callable[..., Browser], make: Workshop) -> None:
    suite = make.suite("Keyham Lane")
    early = make.finding(made(make, suite=suite), raised_on=LAST_QUARTER, state=FindingState.CLOSED)
    early.closed_on = LAST_QUARTER + timedelta(days=9)
    make.keep(
        FindingEvent(
            finding_id=early.id,
            kind=EventKind.CLOSED,
            on=early.closed_on,
            text="New mattresses came.",
            made_at=NOW,
        )
    )
    again = make.finding(
        made(make, LAST_QUARTER + timedelta(days=14), suite=suite),
        raised_on=LAST_QUARTER + timedelta(days=14),
        is_serious=True,
    )
    make.keep(FindingTheme(finding_id=again.id, theme="strip search"))
    make.finding(made(make, TODAY), raised_on=TODAY, category="staffing")
    words = browse_as(Role.COORDINATOR).get("/findings/return/").text
    assert "Conditions 2 1 0 1 0 1" in words
    assert "New mattresses came." in words
    assert "second time since November" in words
    assert "strip search 1" in words
    assert "Staffing" not in words


def test_what_was_good_is_ticked_unless_it_may_name_somebody(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    kind = reported(make, made(make), remarks={"positives": "Staff were patient."})
    naming = reported(make, made(make), remarks={"positives": "Sergeant Miller was patient."})
    reported(make, made(make), remarks={"positives": ""})
    browser = browse_as(Role.COORDINATOR).get("/findings/return/")
    assert "1 of 2 ticked" in browser.text
    assert "“Sergeant Miller” looks like somebody’s name" in browser.text
    sheet = browser.client.get("/findings/return/return.csv").get_data(as_text=True)
    assert "Staff were patient." in sheet
    assert "Miller" not in sheet
    none = browser.client.get("/findings/return/return.csv?chosen=yes").get_data(as_text=True)
    assert "patient" not in none
    both = f"/findings/return/?chosen=yes&good={kind.id}&good={naming.id}"
    assert "2 of 2 ticked" in browser.get(both).text


def test_an_empty_quarter_says_so_and_no_quarter_is_not_there(browse_as: Callable[..., Browser]) -> None:
    browser = browse_as(Role.COORDINATOR)
    assert "Nothing is on record for this quarter" in browser.get("/findings/return/?quarter=2019-01").text
    browser.get("/findings/return/?quarter=soon", status=404)
    assert browser.client.get("/findings/return/return.csv?quarter=2019-01").status_code == 200


def test_a_formula_in_somebodys_words_stays_text(browse_as: Callable[..., Browser], make: Workshop) -> None:
    reported(make, made(make), remarks={"positives": "=1+1"})
    sheet = browse_as(Role.COORDINATOR).client.get("/findings/return/return.csv").get_data(as_text=True)
    assert ",'=1+1" in sheet


def test_the_first_and_last_day_of_a_quarter_belong_to_it(
    browse_as: Callable[..., Browser], make: Workshop
) -> None:
    for on in (date(2025, 10, 1), date(2025, 12, 31)):
        assert monday_of(on) <= on
        made(make, on, wait=30)
    made(make, date(2026, 1, 1), wait=30)
    assert "2 of 2 timed visits" in browse_as(Role.COORDINATOR).get("/findings/return/").text


def test_what_a_list_leaves_out_is_said_on_the_page_and_in_the_file(
    browse_as: Callable[..., Browser], make: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = make.suite()
    for days in range(4):
        on = LAST_QUARTER + timedelta(days=days)
        closed = {"state": FindingState.CLOSED, "closed_on": on}
        make.finding(made(make, on, suite=suite, wait=30), raised_on=on, **closed)
    browser = browse_as(Role.COORDINATOR)
    sheet = "/findings/return/return.csv"
    whole = browser.get("/findings/return/").text + browser.client.get(sheet).get_data(as_text=True)
    assert not re.search(r"\d shown", whole)
    monkeypatch.setitem(quarterly.__globals__, "MOST_LISTED", 2)
    words = browser.get("/findings/return/").text
    assert "Waits and refusals at the door: 2 of 4 shown" in words
    assert "Raised again 2 of 3 shown." in words
    assert "what was done: 2 of 4 shown" in words
    cut = browser.client.get(sheet).get_data(as_text=True)
    assert "Concerns,Raised again,,2 of 3 shown" in cut
    assert "Delays of entry,Waits and refusals,,2 of 4 shown" in cut
    assert "Impact,What was done,,2 of 4 shown" in cut
