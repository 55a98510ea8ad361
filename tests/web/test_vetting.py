"""Vetting through real requests: the board, acts on many at once, decisions, and who read whose."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.records import VettingFacts
from icv.rules.stages import Stage
from icv.store.accounts import Account
from icv.store.people import Person, Vetting
from icv.store.trail import TrailEntry
from icv.store.vetting import Extension
from tests.vetted import until, with_vettings
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.workshop import TODAY, Workshop

Browse = Callable[..., Browser]
A_DAY = timedelta(days=1)
BOARD = "/people/vetting/"


def chosen(act: str, *people: Person) -> str:
    return f"{BOARD}chosen?act={act}&" + "&".join(f"person={person.id}" for person in people)


def test_the_board_shows_everybody_by_where_their_vetting_stands(browse_as: Browse, make: Workshop) -> None:
    with_vettings(make, VettingFacts("NPPV2", TODAY - 40 * A_DAY), name="Asha Patel", stage=Stage.VETTING)
    with_vettings(make, until(TODAY + 10 * A_DAY), name="Ben Okafor")
    with_vettings(make, until(TODAY - 10 * A_DAY, refused_on=TODAY - 20 * A_DAY), name="Cai Evans")
    browser = browse_as(Role.COORDINATOR).get(BOARD)
    for shown in (
        "Everybody 3",
        "None 0",
        "Requested 1",
        "Late 1",
        "Expiring 1",
        "Refused or withdrawn 1",
        "Asha Patel Vetting Requested late NPPV2 23 Jan 2026 40 days ago",
        "Ben Okafor Active Expiring NPPV2 – 1 Jan 2023 14 Mar 2026",
        "Refused 12 Feb 2026",
    ):
        assert shown in browser.text
    browser.follow("Late")
    assert "Asked for more than 30 days ago" in browser.text
    assert "1 person, the longest wait first" in browser.text
    browser.follow("Record the outcome")
    assert browser.heading == "Change: vetting"
    browser.get(f"{BOARD}?state=in_date")
    assert "Nobody’s vetting stands so." in browser.text
    browser.get(f"{BOARD}?state=nonsense&team=999&page=17&tick=all")
    assert browser.html.count(" checked") == 3


def test_an_empty_board_says_what_to_do_first(browse_as: Browse) -> None:
    browser = browse_as(Role.COORDINATOR).get(BOARD)
    assert "Move applicants there first." in browser.text


def test_the_board_can_be_had_of_one_team(browse_as: Browse, make: Workshop) -> None:
    north = make.team("North")
    with_vettings(make, name="Asha Patel", team_id=north.id)
    with_vettings(make, name="Ben Okafor")
    browser = browse_as(Role.COORDINATOR).get(f"{BOARD}?state=none&team={north.id}")
    assert "Asha Patel" in browser.text
    assert "Ben Okafor" not in browser.text
    assert "Everybody 1" in browser.text
    assert "Everybody 1" in browser.follow("Everybody").text


def test_the_board_asks_as_often_for_many_as_for_one(browse_as: Browse, make: Workshop) -> None:
    browser = browse_as(Role.COORDINATOR)
    make.person()
    before = len(browser.get(BOARD).queries)
    for _ in range(120):
        make.person()
    assert len(browser.get(BOARD).queries) == before
    assert "121 people, page 1 of 2" in browser.text
    assert "21" in browser.follow("Next").text


def test_the_sheet_holds_what_the_page_shows_and_no_formula(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    with_vettings(make, VettingFacts("+44", TODAY - 40 * A_DAY), name="=1+1", stage=Stage.VETTING)
    with_vettings(make, until(TODAY + 10 * A_DAY), name="Zoë Ó Briain", phone="07700 900123")
    browser = browse_as(Role.COORDINATOR).get(f"{BOARD}?state=requested").follow("Download this row")
    rows = sheet(browser)
    assert len(rows) == 2
    assert rows[1] == [
        "'=1+1",
        "",
        "Vetting",
        "Requested",
        "'+44",
        "2026-01-23",
        "40",
        "",
        "",
    ]
    whole = sheet(browser.get("/people/vetting.csv"))
    assert len(whole) == 3
    assert whole[2][0] == "Zoë Ó Briain"
    assert "07700 900123" not in browser.html
    assert "example.org" not in browser.html
    assert "read vetting" in session.scalars(sa.select(TrailEntry.act)).all()


def sheet(browser: Browser) -> list[list[str]]:
    assert browser.answer is not None
    assert browser.answer.mimetype == "text/csv"
    assert "attachment" in browser.answer.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(browser.answer.get_data().decode("utf-8-sig"))))


def test_vetting_is_recorded_as_asked_for_for_many(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    people = [with_vettings(make, name=name, stage=Stage.VETTING) for name in ("Asha Patel", "Ben Okafor")]
    waiting = with_vettings(make, VettingFacts("SC", TODAY), name="Cai Evans", stage=Stage.VETTING)
    browser = browse_as(Role.COORDINATOR).get(chosen("asked", *people, waiting))
    assert "each of these 2 people" in browser.text
    assert "Cai Evans: asked for on 4 March 2026 already" in browser.text
    assert '<option value="SC">' in browser.html
    browser.send({"level": "x" * 41, **day(TODAY - A_DAY, "requested_on")}, status=422)
    assert "Enter the level alone" in browser.text
    assert "x" * 41 in browser.html
    browser.send({"level": "NPPV2", **day(TODAY + A_DAY, "requested_on")}, status=422)
    assert "This day is still to come" in browser.text
    assert "NPPV2" in browser.html
    browser.send({**day(TODAY - A_DAY, "requested_on")})
    assert browser.path == BOARD
    assert "asked for, for 2 people" in browser.text
    kept = session.execute(sa.select(Vetting.level, Vetting.requested_on).order_by(Vetting.id)).all()
    assert kept == [("SC", TODAY), *[("NPPV2", TODAY - A_DAY)] * 2]
    # Back and again: everybody is asked for by now.
    browser.get(chosen("asked", *people, waiting))
    assert "There is nobody to record it for." in browser.text


def test_vetting_is_recorded_as_cleared_for_many_or_for_nobody(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    first = with_vettings(make, VettingFacts("SC", TODAY - 9 * A_DAY), name="Asha Patel")
    second = with_vettings(make, VettingFacts("SC", TODAY - 2 * A_DAY), name="Ben Okafor")
    browser = browse_as(Role.COORDINATOR).get(chosen("cleared", first, second))
    browser.send({**day(TODAY - 5 * A_DAY, "cleared_on")}, status=422)
    assert "Ben Okafor: It cannot be cleared before it was asked for" in browser.text
    assert session.scalars(sa.select(Vetting.cleared_on)).all() == [None, None]
    browser.send({**day(TODAY, "cleared_on"), **day(date(2029, 3, 3), "expires_on")})
    session.expire_all()
    assert session.scalars(sa.select(Vetting.expires_on)).all() == [date(2029, 3, 3)] * 2
    assert "recorded as cleared for 2 people" in browser.text


def test_a_decision_is_shown_before_it_is_taken(browse_as: Browse, make: Workshop, session: Session) -> None:
    soon = with_vettings(make, until(TODAY + 10 * A_DAY), name="Asha Patel")
    late = with_vettings(make, until(date(2030, 1, 1)), name="Ben Okafor")
    browser = browse_as(Role.COORDINATOR).get(chosen("extend", soon, late))
    browser.send({"reason": "The chief constable, while the unit catches up"}, status=422)
    assert "Enter the new last day" in browser.text
    assert "while the unit catches up" in browser.text
    browser.send({**day(date(2026, 9, 1), "until")})
    assert browser.heading == "Check what the decision changes"
    assert "Asha Patel NPPV2 14 March 2026 1 September 2026" in browser.text
    assert "Ben Okafor: counts until 1 January 2030 already" in browser.text
    assert session.scalars(sa.select(Extension)).all() == []
    browser.send(button="Change what was entered")
    assert "while the unit catches up" in browser.text
    browser.send({**day(date(2026, 10, 1), "until")})
    browser.send(button="Extend this vetting")
    assert browser.heading == "Decisions that extended vettings"
    assert "1 vetting extended to 1 October 2026" in browser.text
    assert "Asha Patel 14 March 2026" in browser.text
    browser.follow("Asha Patel")
    assert "Extended from 14 March 2026 to 1 October 2026 by a decision of 4 March 2026" in browser.text
    session.expire_all()
    assert session.scalars(sa.select(Vetting.expires_on).order_by(Vetting.id)).all() == [
        date(2026, 10, 1),
        date(2030, 1, 1),
    ]


def test_a_decision_agreed_to_twice_is_taken_once(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = with_vettings(make, until(TODAY + 10 * A_DAY), name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(chosen("extend", person))
    browser.send({"reason": "so", **day(date(2026, 9, 1), "until")})
    checked = browser.page
    browser.send(button="Extend this vetting")
    browser.page = checked
    path = f"{BOARD}extend?person={person.id}"
    fields = {
        "reason": "so",
        "seen": "1:2026-03-14",
        **day(date(2026, 9, 1), "until"),
        **day(TODAY, "decided_on"),
    }
    browser.post(path, fields, status=422)
    assert "counts until 1 September 2026 already" in browser.text
    browser.post(path, {**fields, **day(date(2026, 9, 2), "until")}, status=422)
    assert "has changed in the meantime" in browser.text
    assert len(session.scalars(sa.select(Extension)).all()) == 1


def test_nobody_chosen_is_said(browse_as: Browse, make: Workshop) -> None:
    browser = browse_as(Role.COORDINATOR).get(f"{BOARD}chosen?act=extend&person=x")
    assert "Choose at least one person first." in browser.text
    applied = make.person(Stage.APPLIED)
    for act in ("asked", "cleared", "extend"):
        browser.get(f"{BOARD}{act}?person={applied.id}&person=17000", status=404)


def test_without_a_decision_the_list_says_how_one_is_taken(browse_as: Browse) -> None:
    assert "No decision yet" in browse_as(Role.COORDINATOR).get(f"{BOARD}decisions").text


def test_only_the_coordinator_sees_any_of_it(browse_as: Browse, make: Workshop) -> None:
    person = make.person()
    browser = browse_as(Role.VOLUNTEER, person=person)
    for path in (BOARD, "/people/vetting.csv", f"{BOARD}decisions", f"/people/{person.id}/readings"):
        browser.get(path, status=403)


def test_readings_of_one_person_are_told_with_the_page(browse_as: Browse, make: Workshop) -> None:
    person, other = make.person(name="Asha Patel"), make.person()
    vetting_id = person.vettings[0].id
    browser = browse_as(Role.COORDINATOR)
    who = make.session.scalars(sa.select(Account.name)).one()
    browser.get(f"/people/{person.id}/readings")
    assert "Nobody opened a page about this person alone." in browser.text
    for path in (f"/people/{person.id}", f"/people/{person.id}", f"/people/{other.id}", BOARD):
        browser.get(path)
    browser.get(f"/people/{person.id}/vetting/{vetting_id}")
    browser.get(f"/people/{person.id}/readings")
    assert browser.heading == "Who read the vetting of Asha Patel"
    assert f"4 Mar 2026 {who} Changing a record 1" in browser.text
    assert f"4 Mar 2026 {who} The person’s record 2" in browser.text
    assert f"4 Mar 2026 {who} The vetting board 1" in browser.text
    assert browser.text.count("The person’s record") == 1
    browser.get("/people/17000/readings", status=404)


@pytest.mark.parametrize("old", ["/people/vetting?state=none", "/people/papers?show=unsigned"])
def test_an_address_from_before_leads_to_the_list(browse_as: Browse, old: str) -> None:
    answer = browse_as(Role.COORDINATOR).get(old).answer
    assert answer is not None
    assert answer.request.url.endswith(old.replace("?", "/?"))
