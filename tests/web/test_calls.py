"""Calls for availability, through real requests: made, answered from the letter, chased, given longer."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.store.availability import Call, CallAnswer
from icv.store.letters import Letter
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

BrowseAs = Callable[..., Browser]


def asked(make: Workshop, *people: object) -> Call:
    """Of 9 March to 7 June, to be answered by the day before."""
    first = TODAY + timedelta(days=5)
    call = make.keep(
        Call(
            first_on=first,
            last_on=first + timedelta(days=90),
            answer_by=first - timedelta(days=1),
            asked_at=NOW,
        )
    )
    for person in people:
        make.keep(CallAnswer(call_id=call.id, person_id=person.id))  # type: ignore[attr-defined]
    return call  # type: ignore[no-any-return]


def answers(session: Session) -> dict[int, bool | None]:
    session.expire_all()
    return dict(session.execute(sa.select(CallAnswer.person_id, CallAnswer.had_dates)).all())  # type: ignore[arg-type]


def test_a_coordinator_asks_everybody_for_the_next_quarter(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    for _ in range(3):
        make.person()
    coordinator = browse_as(Role.COORDINATOR).get("/rota/calls/")
    assert "Nobody has been asked yet" in coordinator.text
    coordinator.follow("Ask visitors when they can visit").send(button="Ask them by e-mail")
    assert coordinator.heading == "Call for 9 March to 7 June 2026"
    assert "0 of 3 have answered" in coordinator.text
    assert len(session.scalars(sa.select(Letter.id)).all()) == 3
    coordinator.get("/rota/calls/")
    assert "3 to answer" in coordinator.text
    coordinator.get("/rota/calls/add").send(button="Ask them by e-mail", status=422)
    assert "already" in coordinator.text


def test_a_slip_in_the_days_is_said_and_the_rest_is_kept(browse_as: BrowseAs, make: Workshop) -> None:
    make.person()
    coordinator = browse_as(Role.COORDINATOR).get("/rota/calls/add")
    coordinator.send(day(TODAY, "last_on"), status=422)
    assert "The last day cannot be before the first" in coordinator.text
    coordinator.send({"answer_by-month": "x"}, status=422)
    assert 'value="x"' in coordinator.html
    coordinator.send(day(TODAY - timedelta(days=1), "answer_by"), status=422)
    assert "cannot be before the first" in coordinator.text


def test_the_letter_leads_to_one_button_and_opening_it_answers_nothing(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    person = make.person()
    browse_as(Role.COORDINATOR).get("/rota/calls/add").send(button="Ask them by e-mail")
    body = session.scalars(sa.select(Letter.body)).one()
    dates, none = (urlsplit(link).path for link in re.findall(r"http\S+", body))
    volunteer = browse_as(Role.VOLUNTEER, person=person).get(none)
    assert answers(session) == {person.id: None}
    volunteer.send(button="I have nothing to add for 9 March to 7 June 2026")
    assert "You have nothing to add for 9 March to 7 June 2026" in volunteer.text
    assert answers(session) == {person.id: False}
    volunteer.get(none)
    assert "You answered on" in volunteer.text
    volunteer.get(dates).send({"free": ["0-1"]}, button="Save my availability")
    assert answers(session) == {person.id: True}


def test_a_call_stands_first_on_my_availability_until_it_is_answered(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    person = make.person()
    asked(make, person)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/record/")
    assert "Say when you can visit, 9 March to 7 June 2026, by 8 March 2026." in volunteer.text
    volunteer.get("/availability/")
    assert "When can you visit, 9 March to 7 June 2026?" in volunteer.text
    away = TODAY + timedelta(days=30)
    volunteer.follow("Add days away").send({**day(away, "first_on"), **day(away, "last_on")})
    assert "You have answered for 9 March to 7 June 2026" in volunteer.text
    assert answers(session) == {person.id: True}
    assert "You answered for 9 March to 7 June 2026" in volunteer.text
    volunteer.get("/record/")
    assert "9 March to 7 June" not in volunteer.text


def test_a_call_that_is_closed_says_so_and_takes_no_answer(
    browse_as: BrowseAs, make: Workshop, session: Session, clock: Clock
) -> None:
    person = make.person()
    call = asked(make, person)
    volunteer = browse_as(Role.VOLUNTEER, person=person).get("/availability/")
    clock.at = NOW + timedelta(days=5)
    volunteer.send(button="I have nothing to add for 9 March to 7 June 2026")
    assert "Answers were taken until 8 March 2026" in volunteer.text
    assert answers(session) == {person.id: None}
    volunteer.get(f"/availability/calls/{call.id}")
    assert "Answers were taken until 8 March 2026" in volunteer.text


def test_a_call_put_to_somebody_else_is_not_there(browse_as: BrowseAs, make: Workshop) -> None:
    call = asked(make, make.person())
    volunteer = browse_as(Role.VOLUNTEER, person=make.person())
    volunteer.get(f"/availability/calls/{call.id}", status=404)
    volunteer.post(f"/availability/calls/{call.id}/none-to-add", status=404)


def test_whoever_is_silent_is_reminded_by_hand_once(
    browse_as: BrowseAs, make: Workshop, session: Session
) -> None:
    people = [make.person(), make.person()]
    call = asked(make, *people)
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/calls/{call.id}")
    assert "They are reminded automatically on 6 March 2026" in coordinator.text
    coordinator.send(button="Remind the 2 who have not answered")
    assert "2 visitors are reminded by e-mail" in coordinator.text
    assert "Everybody who has not answered was reminded" in coordinator.text
    coordinator.post(f"/rota/calls/{call.id}/chase")
    assert "nobody is reminded twice" in coordinator.text
    assert len(session.scalars(sa.select(Letter.id)).all()) == 2


def test_visitors_are_given_longer(browse_as: BrowseAs, make: Workshop, clock: Clock) -> None:
    call = asked(make, make.person())
    clock.at = NOW + timedelta(days=6)
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/rota/calls/{call.id}")
    assert "Closed after 8 March 2026" in coordinator.text
    coordinator.follow("Change").send(status=422)
    assert "until today or later" in coordinator.text
    coordinator.send(day(TODAY + timedelta(days=9), "answer_by"))
    assert "Answers until 13 March 2026" in coordinator.text


@pytest.mark.parametrize("path", ["", "/chase", "/longer"])
def test_a_call_that_is_not_on_record_is_not_there(browse_as: BrowseAs, path: str) -> None:
    coordinator = browse_as(Role.COORDINATOR)
    if path == "/chase":
        coordinator.post("/rota/calls/77/chase", status=404)
    else:
        coordinator.get(f"/rota/calls/77{path}", status=404)


def test_the_page_of_a_call_asks_the_same_number_of_questions_however_many_are_asked(
    browse_as: BrowseAs, make: Workshop
) -> None:
    few, many = asked(make, make.person()), [make.person() for _ in range(30)]
    coordinator = browse_as(Role.COORDINATOR).get(f"/rota/calls/{few.id}")
    number = len(coordinator.queries)
    for person in many:
        make.keep(CallAnswer(call_id=few.id, person_id=person.id))
    coordinator.get(f"/rota/calls/{few.id}")
    assert len(coordinator.queries) == number
