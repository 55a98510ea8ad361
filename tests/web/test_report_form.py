"""The form through real pages: what it asks and leaves out, what it offers, and the short ways out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.visits import Outcome, VisitKind
from icv.store.findings import Finding, FindingTheme
from icv.store.letters import Letter
from icv.store.scheme import Setting, write_choice
from icv.store.visits import Report, ReportSection, Visit
from tests.web.browser import Browser
from tests.web.test_reports import ARRIVED, TwoVisitors, moment
from tests.workshop import NOW, TODAY, Workshop

Browse = Callable[..., Browser]
WAITED = {**ARRIVED, **moment("admitted_at", "10:31")}


@pytest.fixture
def two(make: Workshop, browse_as: Browse) -> TwoVisitors:
    return TwoVisitors(make, browse_as)


def choose(session: Session, **choices: Any) -> None:
    """From before the visit's week began."""
    for name, value in choices.items():
        day = TODAY - timedelta(days=30)
        session.add(Setting(name=name, value=write_choice(value), effective_on=day, set_at=NOW))


def kept(session: Session, name: str) -> dict[str, Any]:
    session.expire_all()
    answers: dict[str, Any] = session.scalars(
        sa.select(ReportSection.answers).where(ReportSection.name == name)
    ).one()
    return answers


# -- arrival


def test_a_wait_is_worked_out_and_only_a_long_one_asks_who_and_why(two: TwoVisitors) -> None:
    two.ann.get(f"{two.path}/arrival").send(WAITED)
    assert two.ann.path == f"{two.path}/arrival", "without a script, it asks after saving"
    assert "You waited 31 minutes: say below why, and who decided it" in two.ann.text
    two.ann.send({"delay": "busy", "rank": "sergeant"})
    assert two.ann.path == f"{two.path}/counts"
    two.ann.get(f"{two.path}/check")
    assert "31 minutes" in two.ann.text
    assert "not authorised by an officer of the rank of inspector" in two.ann.text


def test_a_time_after_midnight_is_the_next_days(two: TwoVisitors, session: Session) -> None:
    late = {
        **moment("arrived_at", "23:40", 3),
        **moment("admitted_at", "23:41", 3),
        **moment("left_at", "00:20", 3),
    }
    two.ann.get(f"{two.path}/arrival").send({"outcome": "completed", **late, "escort": "sergeant"})
    assert kept(session, "arrival")["left_at"] == "2026-03-04T00:20:00+00:00"
    assert kept(session, "arrival")["escort"] == "sergeant"


def test_a_telephone_visit_leaves_out_the_door_and_the_cells(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/arrival").send({**WAITED, "mode": "telephone"})
    two.ann.send({"in_custody": "0"})
    two.ann.send({"nothing_to_raise": "y"})
    two.ann.send({"saw_serious": "no"})
    two.ann.get(f"{two.path}/check")
    assert "The suite" not in two.ann.text
    two.ann.send(button="Send the report")
    visit = session.get_one(Visit, two.visit.id, populate_existing=True)
    assert (visit.mode, visit.admitted_at) == ("telephone", None), "no wait at a door that was not there"


def test_a_terrorism_visit_asks_its_own_questions(two: TwoVisitors, session: Session) -> None:
    two.ann.get(f"{two.path}/terrorism")
    assert two.ann.path == two.path, "no other visit has the page"
    two.visit.kind = VisitKind.TERRORISM
    two.ann.get(two.path).follow("Terrorism detention")
    assert "also goes to the Independent Reviewer of Terrorism Legislation" in two.ann.text
    two.ann.send({"was_arranged": "yes", "detention_day": "15", "reviewer_informed": "yes"}, status=422)
    assert "Enter a day from 1, the day of arrest, to 14" in two.ann.text
    two.ann.send({"detention_day": "3"})
    assert kept(session, "terrorism")["detention_day"] == 3


# -- counts


def test_counts_by_age_and_sex_reconcile_beside_their_boxes(two: TwoVisitors, session: Session) -> None:
    counted = {"in_custody": "3", "offered": "3", "accepted": "3"}
    two.ann.get(f"{two.path}/counts").send({**counted, "split-offered_older_child": "4"}, status=422)
    assert "Offered a visit: 4 by age, but 3 in all" in two.ann.text
    assert 'value="4"' in two.ann.html
    two.ann.send({"split-offered_older_child": "1"})
    assert kept(session, "counts")["split"] == {"offered_older_child": 1}
    two.ann.get(f"{two.path}/counts").send({"split-offered_female": "many"}, status=422)
    assert 'value="many"' in two.ann.html


def test_nobody_in_custody_is_a_normal_visit(two: TwoVisitors) -> None:
    two.fill_in(two.ann)
    assert "People you met" not in two.ann.text
    two.ann.get(f"{two.path}/check")
    assert "cannot be sent yet" not in two.ann.text


# -- people and findings


def test_a_custody_number_of_another_shape_is_pointed_out_and_may_pass(
    two: TwoVisitors, session: Session
) -> None:
    choose(session, custody_number_pattern="AA/00000/00")
    two.ann.get(f"{two.path}/contact/add")
    assert "Here they look like AA/00000/00" in two.ann.text
    two.ann.send({"custody_number": "John", "was_seen": "yes"}, status=422)
    two.ann.send({"custody_number": "123/26", "is_child": "y"})
    assert "“123/26” does not look like a custody number, like AA/00000/00" in two.ann.text
    assert "child" in two.ann.text
    two.ann.get(f"{two.path}/check").follow("“123/26” does not look like")
    assert 'value="123/26"' in two.ann.html


def test_a_refusal_keeps_its_grounds_and_rank_and_is_offered_as_a_finding(
    two: TwoVisitors, session: Session
) -> None:
    two.ann.get(f"{two.path}/contact/add")
    said = {"custody_number": "EU/1/26", "was_seen": "no", "why_not_seen": "refused_by_police"}
    two.ann.send(said, status=422)
    assert "Write down the grounds" in two.ann.text
    two.ann.send({"grounds": "Justice, said the inspector", "refused_by": "inspector"})
    assert kept(session, "contact-1")["refused_by"] == "inspector"
    two.ann.get(f"{two.path}/findings")
    assert "The police refused that you see EU/1/26" in two.ann.text


def test_every_answer_that_shows_something_is_offered_until_it_is_a_finding(
    two: TwoVisitors, session: Session
) -> None:
    two.ann.get(f"{two.path}/arrival").send({**WAITED, "delay": "busy", "rank": "inspector"})
    two.ann.get(f"{two.path}/suite").send({"checks-cctv": "no"})
    two.ann.get(f"{two.path}/findings").follow("add a finding about it: You had to wait")
    assert "From your answer: You had to wait for another reason" in two.ann.text
    assert 'value="staffing" selected' in two.ann.html
    two.ann.send({"detail": "Changeover", "settled": "needs_reply"})
    assert "You had to wait" not in two.ann.text
    two.ann.follow("add a finding about it: Cameras and call bells working: no")
    assert 'value="safety and security" selected' in two.ann.html
    two.ann.send(
        {"detail": "One bell is dead", "settled": "put_right", "put_right_by": "The sergeant had it mended"}
    )
    assert "may be" not in two.ann.text
    two.ann.get(f"{two.path}/counts").send({"in_custody": "0"})
    two.ann.get(f"{two.path}/remarks").send({"saw_serious": "no"})
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    found = session.execute(
        sa.select(Finding.check, Finding.category, Finding.put_right_by).order_by(Finding.id)
    )
    assert [tuple(one) for one in found] == [
        ("entry.delay", "staffing", ""),
        ("suite.cctv", "safety and security", "The sergeant had it mended"),
    ]
    assert session.scalars(sa.select(FindingTheme.theme)).all() == ["delays to entry"]


def test_a_filed_report_shows_the_words_it_was_asked_in_though_the_scheme_has_others_now(
    two: TwoVisitors, browse_as: Browse, session: Session
) -> None:
    two.fill_in(two.ann)
    two.ann.get(f"{two.path}/suite").send({"checks-clean": "yes"})
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    choose(session, suite_checks=(("clean", "Spotless", "conditions"),))
    for browser in (two.ann.get(two.path), browse_as(Role.COORDINATOR).get(f"/visits/{two.visit.id}")):
        assert "Cells and corridors clean" in browser.text
        assert "Spotless" not in browser.text


# -- not done


def test_my_partner_did_not_come_is_one_page_and_one_button(
    two: TwoVisitors, browse_as: Browse, make: Workshop, session: Session
) -> None:
    coordinator = browse_as(Role.COORDINATOR)
    two.ann.get(two.path).follow("My partner did not come")
    two.ann.send({"words": ""}, status=422)
    assert "Say in a sentence what happened" in two.ann.text
    two.ann.send({"words": "I waited at the door until 18:30"})
    assert "The coordinator is told" in two.ann.html
    assert "I waited at the door until 18:30" in two.bo.get(two.path).text
    letters = session.scalars(
        sa.select(Letter).where(Letter.subject.startswith("A visit could not be made"))
    ).all()
    assert len(letters) == 1
    assert "18:30" not in letters[0].body
    coordinator.get(f"/visits/{two.visit.id}")
    assert "the other visitor did not come: I waited at the door" in coordinator.text
    coordinator.send(button="Record it as missed for that reason")
    visit = session.get_one(Visit, two.visit.id, populate_existing=True)
    assert (visit.outcome, visit.reason) == (Outcome.MISSED, "One of the two visitors did not come")
    assert session.scalars(sa.select(Report.filed_at)).all() == [None]


def test_a_closed_suite_is_one_page_and_may_be_sent(two: TwoVisitors, session: Session) -> None:
    two.ann.get(two.path).follow("The suite was closed")
    assert 'value="suite_closed" checked' in two.ann.html
    two.ann.send({"reason": "Flooded", **moment("arrived_at", "10:00")})
    assert "1 of 1 done" in two.ann.text or "Everything is answered" in two.ann.text
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    visit = session.get_one(Visit, two.visit.id, populate_existing=True)
    assert (visit.outcome, visit.in_custody) == (Outcome.SUITE_CLOSED, None)


def test_a_visit_broken_off_keeps_the_counts_it_got_to(two: TwoVisitors, session: Session) -> None:
    two.ann.get(two.path).follow("We had to break off")
    two.ann.send({**ARRIVED, "outcome": "abandoned", "reason": "Fire alarm"})
    two.ann.get(two.path).follow("Counts")
    two.ann.send({"in_custody": "2", "offered": "1", "accepted": "1", "not_available": "1"})
    two.ann.get(f"{two.path}/findings").send({"nothing_to_raise": "y"})
    two.ann.get(f"{two.path}/remarks").send({"saw_serious": "no"})
    two.ann.get(f"{two.path}/check").send(button="Send the report")
    visit = session.get_one(Visit, two.visit.id, populate_existing=True)
    assert (visit.outcome, visit.in_custody, visit.accepted) == (Outcome.ABANDONED, 2, 1)


def test_who_did_not_let_us_in_is_asked_before_sending(two: TwoVisitors) -> None:
    two.ann.get(two.path).follow("We were not let in")
    two.ann.send({"reason": "Too busy", **moment("arrived_at", "10:00"), **moment("left_at", "10:20")})
    two.ann.get(f"{two.path}/check")
    assert "Say who decided that you were not let in" in two.ann.text
