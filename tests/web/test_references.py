"""References and interviews through real requests: the coordinator's pages, and a referee's own."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.stages import Stage
from icv.store.letters import Letter, LetterState
from icv.store.people import Interview, Person, Referee
from icv.store.trail import TrailEntry
from tests.web.boxes import day
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]

WRITTEN = {
    "capacity": "I was her manager for six years",
    "reliable": "Always.\n\nIn six years she was never late.",
    "respectful": "She is <b>kind</b> to everybody",
    "unsuited": "No",
    "recommends": "with_reservations",
    "signed": "Ruth Hall",
}


@pytest.fixture
def asha(make: Workshop) -> Person:
    return make.person(Stage.VETTING, name="Asha Patel", email="asha@example.org")


def links(session: Session) -> list[str]:
    """The paths in the letters, in order."""
    session.expire_all()
    bodies = session.scalars(sa.select(Letter.body).order_by(Letter.id))
    return [found[0] for body in bodies if (found := re.search(r"/reference/\S+", body))]


def acts(session: Session) -> list[str]:
    return list(session.scalars(sa.select(TrailEntry.act).order_by(TrailEntry.id)))


@pytest.fixture
def link(browse_as: Browse, make: Workshop, session: Session, asha: Person) -> str:
    """Asha's one referee has been asked."""
    make.referee(asha, name="Ruth Hall", email="ruth@example.org")
    browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/references").send(button="Ask all")
    return links(session)[0]


def test_a_person_leads_to_their_references_where_a_referee_is_named_and_asked(
    browse_as: Browse, asha: Person, session: Session
) -> None:
    browser = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}")
    assert "No referees named. Name 2 referees more." in browser.text
    browser.follow("References")
    assert "No referees named" in browser.text
    browser.follow("Name a referee")
    browser.send({"name": "", "email": "nonsense", "relation": "Employer"}, status=422)
    assert "Enter the referee’s name" in browser.text
    assert "Employer" in browser.html
    browser.send({"name": "Ruth Hall", "email": "ruth@example.org"})
    assert "Ruth Hall is named." in browser.text
    assert "Not asked yet" in browser.text
    browser.send(button="Ask all")
    assert "1 letter in the post, to Ruth Hall." in browser.text
    assert "Asked on 4 Mar 2026; last day 1 Apr 2026" in browser.text
    assert len(links(session)) == 1
    browser.post(f"/people/{asha.id}/references/ask")
    assert "There is nobody to ask" in browser.text


def test_a_referee_answers_without_signing_in_and_once(
    browser: Browser, link: str, session: Session, asha: Person
) -> None:
    browser.get(link)
    assert browser.heading == "A reference for Asha Patel"
    assert "You can answer once, until 1 April 2026." in browser.text
    page = browser.page
    browser.send(WRITTEN)
    assert browser.heading == "Your reference was received on 4 March 2026"
    browser.page = page
    browser.send({**WRITTEN, "recommends": "no"})
    assert browser.heading == "Your reference was received on 4 March 2026"
    referee = session.scalars(sa.select(Referee)).one()
    assert referee.answer == {**WRITTEN, "more": ""}
    assert acts(session).count("answer reference") == 1


def test_looking_at_a_link_does_nothing(browser: Browser, link: str, session: Session) -> None:
    for _ in range(3):
        browser.get(link)
        browser.get(f"{link}/decline")
    assert session.scalars(sa.select(Referee.answered_at)).one() is None
    browser.send({"why": ""}, button="Tell the coordinator")
    assert browser.heading == "You told us on 4 March 2026 that you would rather not"
    assert "If that was a mistake, or you have thought again, write to the Office" in browser.text


def test_what_a_referee_wrote_stays_when_something_is_missing(browser: Browser, link: str) -> None:
    browser.get(link).send({**WRITTEN, "unsuited": " ", "signed": ""}, status=422)
    assert "Answer this question, however shortly" in browser.text
    assert "Enter your name" in browser.text
    assert "In six years she was never late." in browser.html
    assert 'value="with_reservations" checked' in browser.html
    browser.send({"unsuited": "No", "signed": "Ruth Hall"})
    assert browser.heading.startswith("Your reference was received")


def test_an_answer_needs_no_cookie(browser: Browser, link: str, session: Session) -> None:
    """Browsers within mail programs often refuse them."""
    session.commit()
    answer = browser.client.post(link, data=WRITTEN)
    assert answer.status_code == 302
    assert session.scalars(sa.select(Referee.answered_at)).one() == NOW


def test_who_comes_too_late_is_thanked_and_told_what_to_do(
    browser: Browser, link: str, clock: Clock, session: Session
) -> None:
    clock.at = NOW + timedelta(days=29)
    browser.get(link, status=410)
    assert browser.heading == "The time to answer ended on 1 April 2026"
    assert "they can send you a new one" in browser.text
    assert "Asha" not in browser.text
    browser.post(link, WRITTEN, status=410)
    browser.post(f"{link}/decline", {"why": "x"}, status=410)
    assert session.scalars(sa.select(Referee.answered_at)).one() is None


def test_a_link_nobody_sent_says_what_to_do(browser: Browser, link: str) -> None:
    for path in ("/reference/nonsense", f"{link}x", "/reference/nonsense/decline"):
        browser.get(path, status=404)
        assert browser.heading == "This link leads nowhere"
        browser.post(path, WRITTEN, status=404)


def test_the_link_of_a_withdrawn_applicant_says_that_nothing_is_needed(
    browse_as: Browse, browser: Browser, link: str, asha: Person
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/stage")
    coordinator.send({"to": "withdrawn", "reason": "Moved away", **day(TODAY, "on")}, button="Record")
    browser.get(link, status=410)
    assert browser.heading == "This reference is no longer needed"
    assert "Asha" not in browser.text


def test_a_late_reference_is_shown_as_failed_and_asked_again(
    browse_as: Browse, link: str, clock: Clock, session: Session, asha: Person
) -> None:
    clock.at = NOW + timedelta(days=29)
    browser = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/references")
    assert "A referee did not answer by 1 April 2026: ask again, or name another." in browser.text
    assert "No answer in time asked on 4 Mar 2026, last day 1 Apr 2026" in browser.text
    browser.send(button="Ask again")
    assert "The letter is in the post." in browser.text
    assert len(set(links(session))) == 2
    browser.post(f"/people/{asha.id}/references/{_only(session).id}/ask")
    assert "Ruth Hall was asked today already." in browser.text
    assert len(links(session)) == 2


def test_a_letter_that_was_refused_is_shown_beside_its_referee(
    browse_as: Browse, link: str, session: Session, asha: Person
) -> None:
    session.execute(sa.update(Letter).values(state=LetterState.FAILED))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/references")
    assert "The letter was not delivered check the address ruth@example.org" in browser.text


def test_an_answer_is_read_by_the_coordinator_and_the_reading_noted(
    browse_as: Browse, browser: Browser, link: str, session: Session, asha: Person
) -> None:
    browser.get(link).send(WRITTEN)
    coordinator = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/references")
    assert "1 of 2 references answered" in coordinator.text
    assert "Answered 4 Mar 2026: recommends them, with reservations" in coordinator.text
    before = acts(session).count("read reference")
    coordinator.follow("Read what Ruth Hall wrote")
    assert "In six years she was never late." in coordinator.text
    assert "She is <b>kind</b> to everybody" in coordinator.text
    assert "Yes, with reservations" in coordinator.text
    assert acts(session).count("read reference") == before + 1


def test_nobody_reads_what_was_said_of_them_in_any_role(
    browse_as: Browse, make: Workshop, asha: Person
) -> None:
    make.ready_for_appointment(asha)
    herself = browse_as(Role.COORDINATOR, Role.VOLUNTEER, person=asha)
    number = make.session.scalars(sa.select(Referee.id)).first()
    for path in ("references", f"references/{number}", "references/add", "interviews/add"):
        herself.get(f"/people/{asha.id}/{path}", status=404)
    volunteer = make.person(name="Ben")
    make.ready_for_appointment(volunteer)
    bens = browse_as(Role.VOLUNTEER, person=volunteer)
    bens.get(f"/people/{volunteer.id}/references", status=403)
    assert "Went well" not in bens.get("/record/").text


def test_somebody_elses_referee_is_not_found(browse_as: Browse, make: Workshop, asha: Person) -> None:
    other = make.referee(make.person(Stage.APPLIED), asked_at=NOW, answered_at=NOW, answer=WRITTEN)
    browser = browse_as(Role.COORDINATOR)
    for page in ("", "/change", "/give-up", "/paper"):
        browser.get(f"/people/{asha.id}/references/{other.id}{page}", status=404)
    browser.post(f"/people/{asha.id}/references/{other.id}/ask")
    assert "This referee is not on record." in browser.text


def test_a_referee_is_changed_and_given_up(
    browse_as: Browse, browser: Browser, link: str, session: Session, asha: Person
) -> None:
    coordinator = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/references")
    coordinator.follow("Change the details of Ruth Hall").send({"email": "asha@example.org"}, status=422)
    assert "This is the applicant’s own address" in coordinator.text
    coordinator.send({"email": "ruth.hall@example.org"})
    assert "Not asked yet" in coordinator.text
    browser.get(link, status=404)
    coordinator.send(button="Ask all")
    browser.get(links(session)[-1])
    coordinator.follow("Give up Ruth Hall").send(button="Give up Ruth Hall")
    assert "Given up on 4 Mar 2026" in coordinator.text
    browser.get(links(session)[-1], status=410)
    assert browser.heading == "This reference is no longer needed"


def test_a_paper_reference_is_typed_in(browse_as: Browse, make: Workshop, asha: Person) -> None:
    make.referee(asha, name="Ruth Hall", email="")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{asha.id}/references")
    assert "no e-mail address" in browser.text
    browser.follow("Type in a paper reference of Ruth Hall")
    browser.send({**WRITTEN, **day(TODAY + timedelta(days=1), "received_on")}, status=422)
    assert "This day is still to come" in browser.text
    browser.send(day(TODAY - timedelta(days=2), "received_on"))
    assert "Answered 2 Mar 2026, on paper: recommends them, with reservations" in browser.text
    assert "Came on paper on 2 March 2026." in browser.follow("Read what Ruth Hall wrote").text


def test_several_applicants_are_chosen_from_the_list_and_asked_about(
    browse_as: Browse, make: Workshop, session: Session, asha: Person
) -> None:
    ben = make.person(Stage.APPLIED, name="Ben Okafor")
    make.referee(asha, name="Ruth Hall")
    make.referee(ben, name="By Post", email="")
    ids = f"person={asha.id}&person={ben.id}&person=nonsense&person=999"
    browser = browse_as(Role.COORDINATOR).get(f"/people/chosen?act=references&{ids}")
    assert browser.path == "/people/ask-references"
    assert "Asha Patel: Ruth Hall" in browser.text
    assert "By Post cannot be asked for want of an e-mail address" in browser.text
    page = browser.page
    browser.send(button="Send the letter")
    assert "1 letter in the post." in browser.text
    browser.page = page
    browser.post(f"/people/ask-references?{ids}")
    assert "Nobody was asked" in browser.text
    assert len(links(session)) == 1
    browser.get("/people/ask-references?person=nonsense", status=404)


def test_an_interview_is_noted_and_another_after_it(
    browse_as: Browse, make: Workshop, session: Session
) -> None:
    person = make.person(Stage.SHORTLISTED, name="Asha Patel")
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}")
    assert "No notes of an interview. Enter them when it has been held." in browser.text
    browser.follow("Note the interview")
    asked = {"interviewers": "Jo and Sam", "notes": "Nervous.\nDid not ask anything.", "is_recommended": "no"}
    browser.send({**asked, **day(TODAY + timedelta(days=1), "held_on")}, status=422)
    assert "Did not ask anything." in browser.html
    page = browser.page
    browser.send(day(TODAY, "held_on"))
    assert "4 March 2026: not recommended" in browser.text
    assert "Held by Jo and Sam." in browser.text
    browser.page = page
    browser.send(day(TODAY, "held_on"))
    assert len(session.scalars(sa.select(Interview.id)).all()) == 1
    stage = browser.get(f"/people/{person.id}/stage")
    assert "The interview of 4 March 2026 does not recommend them: note the interview" in stage.text
    assert "Not yet: the interview of 4 March 2026 does not recommend them" in stage.text
    browser.get(f"/people/{person.id}/interviews/add")
    browser.send({**asked, "notes": "Much better", "is_recommended": "yes"})
    assert "4 March 2026: recommended" in browser.text
    assert "Not yet" not in browser.get(f"/people/{person.id}/stage").text


def test_after_the_path_nothing_more_is_asked(browse_as: Browse, make: Workshop) -> None:
    person = make.ready_for_appointment(make.person(Stage.ACTIVE))
    browser = browse_as(Role.COORDINATOR).get(f"/people/{person.id}/references")
    assert "2 of 2 references answered" in browser.text
    assert "Name a referee" not in browser.text
    browser.get(f"/people/{person.id}/references/add").send({"name": "Ruth"}, status=422)
    assert "references are asked of applicants" in browser.text


def _only(session: Session) -> Referee:
    return session.scalars(sa.select(Referee)).one()
