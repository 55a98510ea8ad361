"""Links to findings: who is written to, what a code opens, and what is asked of both databases alike."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.answering import LinkStand
from icv.rules.days import Period
from icv.rules.findings import EventKind, FindingState
from icv.rules.scheme import Choices
from icv.services import finding_links as desk
from icv.services import findings
from icv.services.accounts import digest
from icv.services.finding_links import LinkError, Officer
from icv.store.figures import quarterly
from icv.store.findings import (
    Finding,
    FindingEvent,
    FindingLink,
    findings_of_link,
    link_held,
    links_made,
    links_to_finding,
    public_days,
    public_findings,
    public_suites,
    publication_of,
)
from icv.store.letters import Letter
from icv.store.trail import TrailEntry
from icv.store.visits import Report
from tests.workshop import NOW, TODAY, Workshop

GREEN = Officer("Inspector Green", "green@example.org")


@pytest.fixture
def coordinator(make: Workshop) -> Actor:
    return make.actor(Role.COORDINATOR)


def asked(
    session: Session, by: Actor, *findings: Finding, officer: Officer = GREEN, at: datetime = NOW
) -> str:
    """The secret of a link to these."""
    secrets: list[str] = []

    def address_of(secret: str) -> str:
        secrets.append(secret)
        return f"http://localhost/answer/{secret}"

    numbers = [finding.id for finding in findings]
    desk.make_link(session, numbers, officer, Choices(), address_of=address_of, by=by, at=at)
    return secrets[0]


def bodies(session: Session) -> list[str]:
    return list(
        session.scalars(sa.select(Letter.body).where(Letter.to_email == GREEN.email).order_by(Letter.id))
    )


def opened(session: Session, secret: str, at: datetime = NOW) -> str:
    desk.send_code(session, secret, from_address="192.0.2.1", at=at)
    code = re.search(r"\d{6}", bodies(session)[-1])
    assert code
    return desk.enter_code(session, secret, code[0], at=at).secret


def test_a_link_is_made_opened_and_answered_and_every_step_is_on_the_trail(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding = make.finding()
    secret = asked(session, coordinator, finding)
    browser = opened(session, secret)
    link = link_held(session, digest(secret), digest(browser), at=NOW)
    assert link
    assert (link.stand, link.is_open_here) == (LinkStand.OPEN, True)
    assert [one.id for one in findings_of_link(session, link.id)] == [finding.id]
    desk.answer(session, secret, browser, finding.id, "Done.", by_words="Insp Green", at=NOW)
    assert finding.state is FindingState.REPLIED
    event = session.scalars(sa.select(FindingEvent).where(FindingEvent.kind == EventKind.REPLIED)).one()
    assert (event.by_words, event.made_by_id) == ("Insp Green", None)
    noted = sa.select(TrailEntry.act).where(TrailEntry.subject == "finding link").order_by(TrailEntry.id)
    acts = session.scalars(noted).all()
    assert acts == [
        "send link to findings",
        "send code of a link to findings",
        "open link to findings",
        "answer by a link to findings",
    ]


def test_a_reply_sent_twice_is_one_by_the_same_link_alone(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding, waiting = make.finding(), make.finding()
    mine, other = (asked(session, coordinator, finding, waiting) for _ in range(2))
    by_mine, by_other = opened(session, mine), opened(session, other)
    later = NOW + timedelta(minutes=1)
    for at in (NOW, later):
        desk.answer(session, mine, by_mine, finding.id, "Done.", by_words="Green", at=at)
    desk.answer(session, other, by_other, waiting.id, "Done.", by_words="Green", at=NOW)
    kept = sa.select(sa.func.count()).where(FindingEvent.kind == EventKind.REPLIED)
    assert session.scalar(kept) == 2
    with pytest.raises(findings.FindingError, match="now replied"):
        desk.answer(session, mine, by_mine, waiting.id, "Done.", by_words="Green", at=later)
    with pytest.raises(findings.FindingError, match="now replied"):
        desk.answer(session, other, by_other, finding.id, "Done.", by_words="Green", at=later)


def test_what_the_coordinator_sees_of_links(make: Workshop, session: Session, coordinator: Actor) -> None:
    first, second = make.finding(), make.finding()
    asked(session, coordinator, first, second)
    later = asked(session, coordinator, second, at=NOW + timedelta(hours=1))
    opened(session, later, NOW + timedelta(hours=1))
    lines = links_made(session, page=1, size=10, at=NOW + timedelta(hours=2))
    assert [[number for number, _, _ in line.findings] for line in lines] == [
        [second.id],
        [first.id, second.id],
    ]
    assert [line.opened_at is None for line in lines] == [False, True]
    assert [line.last_on for line in links_to_finding(session, first.id, at=NOW)] == [
        TODAY + timedelta(days=Choices().finding_link_days)
    ]


def test_a_link_ends_at_midnight_after_its_last_day(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    secret = asked(session, coordinator, make.finding())
    link = session.scalars(sa.select(FindingLink)).one()
    last = link.expires_at - timedelta(seconds=1)
    held = [link_held(session, digest(secret), "", at=at) for at in (last, link.expires_at)]
    assert [one and one.stand for one in held] == [LinkStand.OPEN, LinkStand.EXPIRED]
    with pytest.raises(LinkError, match="This link is over"):
        desk.send_code(session, secret, from_address="192.0.2.1", at=link.expires_at)


@pytest.mark.parametrize("code", ["", "abcdef", "12345", "1234567", "²²²²²²", "' OR 1=1 --", "000000\0"])
def test_what_is_no_code_opens_nothing(
    make: Workshop, session: Session, coordinator: Actor, code: str
) -> None:
    secret = asked(session, coordinator, make.finding())
    desk.send_code(session, secret, from_address="192.0.2.1", at=NOW)
    entry = desk.enter_code(session, secret, code, at=NOW)
    assert (entry.secret, "4 times more" in entry.fault) == ("", True)


def test_codes_of_one_link_are_few_a_day(make: Workshop, session: Session, coordinator: Actor) -> None:
    secret = asked(session, coordinator, make.finding())
    for number in range(12):
        at = NOW + timedelta(minutes=3 * number)
        desk.send_code(session, secret, from_address=f"198.51.{number}.1", at=at)
    with pytest.raises(LinkError, match="Too many codes"):
        desk.send_code(session, secret, from_address="203.0.113.9", at=NOW + timedelta(hours=2))
    desk.send_code(session, secret, from_address="203.0.113.9", at=NOW + timedelta(hours=25))


def test_a_browser_at_rest_answers_no_more(make: Workshop, session: Session, coordinator: Actor) -> None:
    finding = make.finding()
    secret = asked(session, coordinator, finding)
    browser = opened(session, secret)
    late = NOW + timedelta(hours=4)
    with pytest.raises(LinkError, match="Ask for a new code"):
        desk.answer(session, secret, browser, finding.id, "Done.", by_words="Green", at=late)
    with pytest.raises(LinkError, match="does not lead"):
        desk.answer(session, secret, browser, make.finding().id, "Done.", by_words="Green", at=NOW)
    with pytest.raises(LinkError, match="name and role"):
        desk.answer(session, secret, browser, finding.id, "Done.", by_words="", at=NOW)


def test_a_reply_that_came_another_way_names_who_gave_it_and_who_entered_it(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding = make.finding()
    with pytest.raises(findings.FindingError, match="Enter who replied"):
        findings.enter_reply(session, finding.id, "Done.", who="", by=coordinator, at=NOW)
    findings.enter_reply(session, finding.id, "Done.", who="Inspector Green", by=coordinator, at=NOW)
    event = session.scalars(sa.select(FindingEvent).where(FindingEvent.finding_id == finding.id)).first()
    assert event
    assert event.by_words == "Inspector Green, entered by the office"
    entry = session.scalars(sa.select(TrailEntry).where(TrailEntry.act == "enter reply of the police")).one()
    assert entry.account_id == coordinator.account_id
    with pytest.raises(findings.FindingError, match="is now replied"):
        findings.enter_reply(session, finding.id, "Done.", who="Inspector Green", by=coordinator, at=NOW)


def test_officers_with_a_link_are_told_what_is_sent_back_and_reminded(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding, other = make.finding(due_on=TODAY + timedelta(days=1)), make.finding(due_on=TODAY)
    secret = asked(session, coordinator, finding)
    findings.chase_replies(session, Choices(), str, NOW)
    assert "due soon" in bodies(session)[-1]
    assert f"finding {other.id}" not in bodies(session)[-1]
    assert secret not in bodies(session)[-1]
    assert (finding.reminded_on, other.reminded_on) == (TODAY, None)
    browser = opened(session, secret)
    desk.answer(session, secret, browser, finding.id, "Done.", by_words="Green", at=NOW)
    findings.move(session, finding.id, EventKind.SENT_BACK, "When?", by=coordinator, at=NOW)
    assert "was sent back" in bodies(session)[-1]
    assert "It works until 18 March 2026" in bodies(session)[-1]
    count = len(bodies(session))
    desk.revoke_link(session, session.scalars(sa.select(FindingLink.id)).one(), by=coordinator, at=NOW)
    findings.move(session, finding.id, EventKind.REPLIED, "Soon.", by=coordinator, at=NOW)
    findings.move(session, finding.id, EventKind.SENT_BACK, "When?", by=coordinator, at=NOW)
    assert len(bodies(session)) == count


def test_a_return_is_filled_from_reports_and_findings(make: Workshop, session: Session) -> None:
    suite, first = make.suite("North"), datetime(2026, 3, 2, 14, tzinfo=NOW.tzinfo)
    times: dict[str, Any] = {"arrived_at": first, "admitted_at": first + timedelta(minutes=21)}
    visit = make.visit(suite, outcome="completed", **times)
    content = {"arrival": {"delay": "busy", "rank": "constable"}, "remarks": {"positives": "Kind staff."}}
    make.keep(
        Report(visit_id=visit.id, begun_at=NOW, filed_at=NOW, reference="R", content=content, digest="d")
    )
    make.finding(visit, state=FindingState.CLOSED, closed_on=TODAY)
    filled = quarterly(session, Period(date(2026, 1, 1), date(2026, 3, 31)), Choices())
    assert [(wait.minutes, wait.rank) for wait in filled.entry.waits] == [(21, "Constable")]
    assert [positive.words for positive in filled.positives] == ["Kind staff."]
    assert (filled.raised, filled.closed) == (1, 1)
    assert quarterly(session, Period(date(2025, 1, 1), date(2025, 3, 31)), Choices()).is_empty


def test_a_published_finding_is_found_by_anybody_until_it_is_withdrawn(
    make: Workshop, session: Session, coordinator: Actor
) -> None:
    finding = make.finding(make.visit(make.suite("North")))
    chosen = Choices(publishes_findings=True)
    with pytest.raises(findings.FindingError):
        findings.publish(session, finding.id, "C", "R", chosen, by=coordinator, at=NOW)
    findings.move(session, finding.id, EventKind.REPLIED, "Done.", by=coordinator, at=NOW)
    with pytest.raises(findings.FindingError, match="publishes no findings"):
        findings.publish(session, finding.id, "C", "R", Choices(), by=coordinator, at=NOW)
    findings.publish(session, finding.id, "C", "R", chosen, by=coordinator, at=NOW)
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))
    assert [(one.suite, one.month) for one in public_findings(session, quarter, None)] == [
        ("North", date(2026, 3, 1))
    ]
    assert (public_suites(session), public_days(session)) == (["North"], [TODAY])
    findings.withdraw(session, finding.id, by=coordinator, at=NOW)
    assert public_findings(session, quarter, None) == []
    kept = publication_of(session, finding.id)
    assert kept
    assert kept.withdrawn_on == TODAY
