"""The coordinator's first page: everything that waits for a person, and nothing on a good day."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.appraisal import DeclarationKind
from icv.rules.findings import FindingState
from icv.rules.scheme import Choices
from icv.rules.stages import Stage
from icv.rules.visits import DutyState
from icv.store.people import Declaration, Vetting
from icv.store.today import About, Urgency, people_on, waiting
from tests.waiting import a_rota_and_reports_with_everything_waiting, an_office_with_everything_waiting
from tests.web.browser import Browser
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]
A_WEEK = timedelta(weeks=1)


def found(session: Session) -> list[tuple[str, str]]:
    """All but the weeks to come, which wait wherever nobody has planned them."""
    session.flush()
    return [
        (one.urgency.value, one.what)
        for one in waiting(session, Choices(), people_on(session, Choices(), TODAY), at=NOW)
        if one.about is not About.NEXT_ROTA
    ]


def test_a_good_day_is_empty(browse_as: Browse, make: Workshop) -> None:
    pair = make.person(), make.person()
    make.visit(None, *pair, outcome="completed", week=TODAY - A_WEEK)
    make.visit(None, *pair, week=TODAY + 5 * A_WEEK)
    page = browse_as(Role.COORDINATOR).get("/today/")
    assert "Nothing waits for you" in page.text


def test_a_day_with_nothing_planned_is_no_good_day(browse_as: Browse, make: Workshop) -> None:
    make.suite(), make.person()
    page = browse_as(Role.COORDINATOR).get("/today/")
    assert "Nothing waits" not in page.text
    assert "Draw a rota" in page.follow("Nothing planned").text


def test_a_new_scheme_is_told_what_to_do_first(browse_as: Browse, make: Workshop) -> None:
    browser = browse_as(Role.COORDINATOR).get("/today/")
    assert "First steps" in browser.text
    assert "Nothing waits" not in browser.text
    for words in (
        "Add your custody suites",
        "Add your visitors",
        "Give them a way in",
        "Draw the first rota",
    ):
        browser.get("/today/").follow(words)
    assert "No suite to visit yet" in browser.text
    make.suite(), make.person()
    assert "First steps" not in browser.get("/today/").text


def test_reports_are_due_and_then_overdue(session: Session, make: Workshop) -> None:
    pair = make.person(), make.person()
    make.visit(None, *pair, week=TODAY - A_WEEK)
    assert found(session) == [("this week", "Report due")]
    make.visit(None, *pair, week=TODAY - 2 * A_WEEK)
    assert found(session)[0] == ("needs you now", "Report overdue")


def test_a_visit_without_its_pair_waits_and_says_that_somebody_declined(
    session: Session, make: Workshop
) -> None:
    visit = make.visit(None, make.person(), week=TODAY + A_WEEK)
    make.duty(visit, make.person(), place=2, state=DutyState.DECLINED)
    assert found(session) == [("needs you now", "One visitor missing, declined")]
    make.visit(week=TODAY + 8 * A_WEEK)
    assert ("coming", "No visitors") in found(session)


def test_an_answer_that_is_out_waits_when_the_week_is_near(session: Session, make: Workshop) -> None:
    for weeks in (1, 6):
        visit = make.visit(None, make.person(), week=TODAY + weeks * A_WEEK)
        make.duty(visit, make.person(), place=2, state=DutyState.OFFERED)
    assert found(session) == [("this week", "Duty not answered")]


def test_findings_wait_by_their_state(session: Session, make: Workshop) -> None:
    visit = make.visit(None, make.person(), make.person(), outcome="completed")
    make.finding(visit, state=FindingState.RAISED, is_serious=True)
    make.finding(visit, state=FindingState.RAISED)
    make.finding(visit, state=FindingState.REPLIED, replied_on=TODAY)
    make.finding(visit, due_on=TODAY - timedelta(days=1))
    make.finding(visit, state=FindingState.CLOSED, closed_on=TODAY)
    assert sorted(found(session)) == [
        ("needs you now", "Police reply overdue"),
        ("needs you now", "Serious finding to act on"),
        ("this week", "Finding to put to the police"),
        ("this week", "Reply to read"),
    ]


def test_clearance_that_ended_or_ends_soon_waits(session: Session, make: Workshop) -> None:
    ended, ending = make.person(name="Ended"), make.person(name="Ending")
    for person, days in ((ended, -3), (ending, 20)):
        session.execute(
            sa.update(Vetting)
            .where(Vetting.person_id == person.id)
            .values(expires_on=TODAY + timedelta(days=days))
        )
    lines = {
        one.what: one for one in waiting(session, Choices(), people_on(session, Choices(), TODAY), at=NOW)
    }
    assert lines["Not cleared"].on == TODAY - timedelta(days=2)
    assert lines["Clearance ends"].on == TODAY + timedelta(days=21)
    assert lines["Clearance ends"].urgency is Urgency.THIS_WEEK


def test_applications_wait_together(session: Session, make: Workshop) -> None:
    for _ in range(2):
        make.person(Stage.APPLIED, applied_on=TODAY)
    assert found(session) == [("this week", "Applications to read")]


def test_everything_the_office_has_to_see_to_waits(session: Session, make: Workshop) -> None:
    an_office_with_everything_waiting(make)
    assert sorted(found(session)) == [
        ("coming", "Probation ends: hold the review"),
        ("coming", "Round closes"),
        ("needs you now", "Call for availability"),
        ("needs you now", "Change declared"),
        ("needs you now", "Cover wanted"),
        ("this week", "Attendance to take"),
        ("this week", "Card not returned"),
        ("this week", "Duty held by somebody away"),
        ("this week", "Reference not answered"),
        ("this week", "Somebody on record applies"),
        ("this week", "Stuck on the way"),
        ("this week", "Vetting late"),
    ]


def test_what_the_office_has_seen_to_or_is_not_due_does_not_wait(session: Session, make: Workshop) -> None:
    confirmed = make.person(probation_ends_on=TODAY - A_WEEK)
    make.keep(
        Declaration(
            person_id=confirmed.id,
            kind=DeclarationKind.CIRCUMSTANCES,
            declared_on=TODAY - A_WEEK,
            words="Moved",
            made_at=NOW,
            settled_on=TODAY,
        )
    )
    make.person(Stage.PROBATION, probation_ends_on=TODAY + timedelta(days=31))
    in_vetting = make.person(Stage.VETTING, on=TODAY - timedelta(days=30))
    make.keep(Vetting(person_id=in_vetting.id, requested_on=TODAY - timedelta(days=30)))
    assert found(session) == []


def test_every_line_leads_to_a_page(browse_as: Browse, make: Workshop) -> None:
    make.visit(week=TODAY - 2 * A_WEEK)
    make.finding(make.visit(outcome="completed", week=TODAY - A_WEEK))
    make.person(Stage.APPLIED)
    an_office_with_everything_waiting(make)
    a_rota_and_reports_with_everything_waiting(make)
    browser = browse_as(Role.COORDINATOR)
    browser.get("/today/")
    for words in ("Two drafts", "no longer kept", "Not asked when", "Second copy", "does not agree"):
        assert words in browser.text
    links = {
        link.get("href")
        for lines in browser.page.iter("ul")
        if lines.get("class") == "icv-todo"
        for link in lines.iter("a")
    }
    assert len(links) >= 22
    for link in links:
        browser.get(link)


def test_the_page_asks_as_often_for_many_as_for_one(browse_as: Browse, make: Workshop) -> None:
    browser = browse_as(Role.COORDINATOR)
    make.visit(None, make.person(), week=TODAY - 2 * A_WEEK)
    before = len(browser.get("/today/").queries)
    for weeks in range(-6, 6):
        make.finding(make.visit(None, make.person(), week=TODAY + weeks * A_WEEK))
    assert len(browser.get("/today/").queries) == before


def test_only_the_coordinator_sees_it(browse_as: Browse, make: Workshop) -> None:
    browse_as(Role.VOLUNTEER, person=make.person()).get("/today/", status=403)
