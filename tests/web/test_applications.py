"""What coordinators see of applications: read, settled where the address was known, counted by diversity."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.monitoring import QUESTIONS
from icv.rules.stages import Stage
from icv.store.people import Person
from icv.store.recruitment import MonitoringCount
from tests.applications import answers, draft_of, round_open, sent
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]
ADA = "ada@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def coordinator(browse_as: Browse) -> Browser:
    return browse_as(Role.COORDINATOR)


def test_with_nothing_to_settle_it_says_so(coordinator: Browser, make: Workshop, session: Session) -> None:
    draft_of(session, round_open(make).id, answers())
    coordinator.get("/people/applications/")
    assert "Nothing to settle" in coordinator.text
    assert "1 application is begun and not sent" in coordinator.text
    assert "Ada Byron" not in coordinator.text


def test_an_application_is_read_as_it_was_written(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    person = make.person(Stage.APPLIED, name="Ada Byron")
    one = sent(
        session,
        round_open(make).id,
        answers(why={"why": "First <b>thing</b>.\n\nSecond."}),
        person_id=person.id,
    )
    coordinator.get(f"/people/applications/{one.id}")
    assert coordinator.heading == "Application of Ada Byron"
    for words in (
        "First <b>thing</b>.",
        "Second.",
        "I am not a magistrate",
        "Sam Rivers",
        "Oadby",
        "Not said",
    ):
        assert words in coordinator.text
    assert "Whose is it?" not in coordinator.text
    coordinator.follow("Ada Byron")
    assert coordinator.path == f"/people/{person.id}"


def test_a_draft_cannot_be_read(coordinator: Browser, make: Workshop, session: Session) -> None:
    one = draft_of(session, round_open(make).id, answers())
    coordinator.get(f"/people/applications/{one.id}", status=404)
    coordinator.get(f"/people/applications/{one.id}/close", status=404)


def test_somebody_gone_is_taken_back_by_a_new_record(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    old = make.person(Stage.WITHDRAWN, name="Ada B.", email=ADA)
    sent(session, round_open(make).id, answers())
    coordinator.get("/people/applications/").follow("Ada Byron")
    assert "withdrawn since 1 June 2024" in coordinator.text
    coordinator.send(button="Take as a new application of Ada B.")
    new = session.scalars(sa.select(Person).where(Person.earlier_id == old.id)).one()
    assert coordinator.path == f"/people/{new.id}"
    assert "has a new record" in coordinator.text
    assert "Nothing to settle" in coordinator.get("/people/applications/").text


def test_an_application_taken_meanwhile_is_not_taken_twice(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(Stage.WITHDRAWN, email=ADA)
    one = sent(session, round_open(make).id, answers())
    path = f"/people/applications/{one.id}"
    page = coordinator.get(path).page
    coordinator.send(button="Take as a new")
    coordinator.page = page
    coordinator.send(button="Take as a new")
    assert "settled already" in coordinator.text
    assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 2
    assert "Whose is it?" not in coordinator.text


def test_somebody_current_cannot_be_taken_twice_and_is_closed_with_a_reason(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(name="Ada B.", email=ADA)
    one = sent(session, round_open(make).id, answers())
    coordinator.get(f"/people/applications/{one.id}")
    assert "Two records cannot have one address" in coordinator.text
    assert "Take as" not in coordinator.text
    coordinator.post(f"/people/applications/{one.id}/take")
    assert "has not left" in coordinator.text
    coordinator.follow("Close it with a reason").send({"reason": "  "}, status=422)
    coordinator.send({"reason": "x" * 501}, status=422)
    assert "x" * 501 in coordinator.html
    coordinator.send({"reason": "Visits already"})
    assert "The application is closed" in coordinator.text
    assert "Visits already" in coordinator.get(f"/people/applications/{one.id}").text


def test_adding_somebody_gone_by_hand_offers_that_they_apply_again(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    old = make.person(Stage.LEFT, name="Ada Byron", email=ADA, left_on=TODAY - DAY, on=TODAY - DAY)
    typed = {"name": "Ada Byron", "email": ADA.upper(), "phone": "07700 900123"}
    coordinator.get("/people/add").send(typed, button="Add", status=422)
    assert "Ada Byron, left since 3 March 2026" in coordinator.text
    assert "07700 900123" in coordinator.html
    coordinator.send(button="They apply again")
    new = session.scalars(sa.select(Person).where(Person.earlier_id == old.id)).one()
    assert coordinator.path == f"/people/{new.id}"
    assert (new.phone, new.applied_on) == ("07700 900123", TODAY)


def test_adding_somebody_current_by_hand_offers_no_second_record(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    make.person(email=ADA)
    typed = {"name": "Ada Byron", "email": ADA}
    coordinator.get("/people/add").send(typed, button="Add", status=422)
    assert "They apply again" not in coordinator.text
    coordinator.send({**typed}, button="Add", status=422)
    coordinator.post("/people/add", {**typed, "act": "again", "applied_on-day": "4"}, status=422)
    assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


# -- diversity


def counted(session: Session, round_id: int, **numbers: dict[str, int]) -> None:
    for question, given in numbers.items():
        for answer, number in given.items():
            session.add(MonitoringCount(round_id=round_id, question=question, answer=answer, number=number))
    session.flush()


def all_alike(number: int) -> dict[str, dict[str, int]]:
    return {question.name: {next(iter(question.answers)): number} for question in QUESTIONS}


def applicants(session: Session, round_id: int, number: int) -> None:
    for one in range(number):
        sent(session, round_id, answers(f"{one}@example.org"), settled_at=NOW)


def test_while_a_round_is_open_no_number_is_shown(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    round_id = round_open(make, closed_on=TODAY).id
    applicants(session, round_id, 9)
    counted(session, round_id, **all_alike(9))
    coordinator.get(f"/people/rounds/{round_id}/diversity")
    assert "once the round has closed" in coordinator.text
    assert "9 people have sent one" in coordinator.text
    assert not list(coordinator.page.iter("table"))


def test_small_numbers_are_hidden_with_what_would_tell_them(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    round_id = round_open(make, closed_on=TODAY - DAY).id
    applicants(session, round_id, 22)
    counted(session, round_id, **{**all_alike(20), "sex": {"female": 11, "male": 7, "prefer_not": 2}})
    coordinator.get(f"/people/rounds/{round_id}/diversity")
    assert "20 of 22" in coordinator.text
    assert "Female 11 Male hidden Prefer not to say hidden" in coordinator.text
    assert "nobody can say who answered what" in coordinator.text


def test_a_round_opened_again_shows_the_same_numbers_and_whom_it_did_not_ask(
    coordinator: Browser, make: Workshop, session: Session
) -> None:
    round_id = round_open(make, closed_on=TODAY - DAY).id
    applicants(session, round_id, 22)
    counted(session, round_id, **all_alike(20))
    path = f"/people/rounds/{round_id}/diversity"
    first = coordinator.get(path).text
    assert "were not asked" not in first
    coordinator.get(f"/people/rounds/{round_id}/open").send(button="Open the round now")
    again = coordinator.get(path).text
    assert "those who applied later were not asked" in again
    told = [[cell.text for cell in coordinator.page.iter("td")]]
    coordinator.get(f"/people/rounds/{round_id}/close").send(button="Close the round now")
    coordinator.get(path)
    told.append([cell.text for cell in coordinator.page.iter("td")])
    assert told[0] == told[1]


def test_where_few_answered_nothing_is_shown(coordinator: Browser, make: Workshop, session: Session) -> None:
    round_id = round_open(make, closed_on=TODAY - DAY).id
    path = f"/people/rounds/{round_id}/diversity"
    assert "Nobody has applied by the public page yet" in coordinator.get(path).text
    applicants(session, round_id, 9)
    assert "None of 9 answered" in coordinator.get(path).text
    counted(session, round_id, **all_alike(4))
    assert "Too few answered" in coordinator.get(path).text
    coordinator.get("/people/rounds/999/diversity", status=404)
