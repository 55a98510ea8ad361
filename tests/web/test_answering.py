"""Findings answered by a link: what its holder can do, and what anybody else cannot."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.findings import EventKind, FindingState
from icv.store.findings import Finding, FindingEvent, FindingLink
from icv.store.letters import Letter
from icv.web.db import db
from tests.web.browser import Browser
from tests.web.conftest import Clock
from tests.workshop import Workshop

OFFICER = {"name": "Inspector Green, custody", "email": "green@example.org"}
Asking = Callable[..., str]


@pytest.fixture
def ask(browse_as: Callable[..., Browser], session: Session) -> Asking:
    """ask(finding, …): the path of a link to them, out of the letter that carries it."""
    coordinator = browse_as(Role.COORDINATOR)

    def send(*findings: Finding, **officer: str) -> str:
        numbers = [str(finding.id) for finding in findings]
        coordinator.post("/findings/links/new", {**OFFICER, **officer, "finding": numbers, "listed": numbers})
        assert "A letter with a link" in coordinator.text
        return re.search(r"/answer/\S+", _latest(session))[0]  # type: ignore[index]

    return send


def _latest(session: Session, to: str = OFFICER["email"]) -> str:
    session.commit()
    asked = sa.select(Letter.body).where(Letter.to_email == to).order_by(Letter.id.desc()).limit(1)
    return session.scalars(asked).one()


def _code(session: Session) -> str:
    return re.search(r"code is (\d{6})", _latest(session))[1]  # type: ignore[index]


def _open(browser: Browser, path: str, session: Session) -> Browser:
    browser.post(f"{path}/code")
    browser.post(f"{path}/open", {"code": _code(session)})
    assert "your reply" in browser.text
    return browser


def _events(session: Session, finding: Finding) -> list[tuple[EventKind, str, str]]:
    session.commit()
    rows = session.execute(
        sa.select(FindingEvent.kind, FindingEvent.text, FindingEvent.by_words).where(
            FindingEvent.finding_id == finding.id
        )
    )
    return [(kind, text, by) for kind, text, by in rows]


def test_an_officer_opens_the_link_with_a_code_and_answers(
    ask: Asking, browser: Browser, make: Workshop, session: Session
) -> None:
    suite = make.suite("Euston Street")
    finding = make.finding(make.visit(suite, make.person(name="Vera Visitor")), detail="No blankets")
    path = ask(finding)
    page = browser.get(path)
    assert "No blankets" not in page.text
    assert "g…@example.org" in page.text
    assert "green@example.org" not in page.text
    page.send(button="Send me a code")
    page.get(path).send({"code": _code(session)}, button="Open the findings")
    page.get(path)
    assert "Euston Street" in page.text
    assert "1 of 1 awaits your reply" in page.text
    page.get(f"{path}/{finding.id}")
    assert "No blankets" in page.text
    assert "Vera" not in page.text
    assert finding.reference not in page.text
    page.send({"words": "Forty were bought.", "by_words": "Inspector Green"}, button="Send the reply")
    session.refresh(finding)
    assert finding.state is FindingState.REPLIED
    assert (EventKind.REPLIED, "Forty were bought.", "Inspector Green") in _events(session, finding)
    assert "Inspector Green" in page.get(f"{path}/{finding.id}").text


def test_neither_the_pages_of_a_link_nor_its_letters_give_the_day_of_the_visit(
    ask: Asking, browser: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding(raised_on=date(2026, 1, 17), put_on=date(2026, 2, 2))
    path = ask(finding)
    read = [_latest(session), _open(browser, path, session).get(path).html]
    read += [browser.get(f"{path}/{finding.id}").html, _latest(session)]
    assert "Seen in January 2026" in browser.text
    assert not [words for words in read if "17 Jan" in words or "2026-01-17" in words]


def test_looking_at_the_link_sends_no_code_and_uses_nothing_up(
    ask: Asking, browser: Browser, make: Workshop, session: Session
) -> None:
    path = ask(make.finding())
    letters = session.scalar(sa.select(sa.func.count()).select_from(Letter))
    for _ in range(3):
        browser.get(path)
    session.commit()
    assert session.scalar(sa.select(sa.func.count()).select_from(Letter)) == letters
    assert session.scalars(sa.select(FindingLink)).one().code_digest is None


def test_another_finding_in_the_address_is_not_there(
    ask: Asking, browser: Browser, make: Workshop, session: Session
) -> None:
    mine, other = make.finding(), make.finding(detail="Of another link")
    path = ask(mine)
    ask(other, email="other@example.org")
    _open(browser, ask(mine), session)
    browser = _open(browser, path, session)
    assert browser.get(f"{path}/{other.id}", status=404)
    browser.post(f"{path}/{other.id}", {"words": "Mine now", "by_words": "X"}, status=404)
    session.refresh(other)
    assert other.state is FindingState.AWAITING_REPLY


def test_the_code_of_another_link_opens_nothing(
    ask: Asking, browser: Browser, make: Workshop, session: Session
) -> None:
    first, second = ask(make.finding()), ask(make.finding())
    browser.post(f"{second}/code")
    code = _code(session)
    browser.post(f"{first}/code")
    if _code(session) != code:
        browser.post(f"{first}/open", {"code": code}, status=422)


def test_a_code_is_used_once(
    ask: Asking, app: Flask, browser: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding(detail="No blankets")
    path = ask(finding)
    browser.post(f"{path}/code")
    code = _code(session)
    browser.post(f"{path}/open", {"code": code})
    thief = Browser(app)
    thief.post(f"{path}/open", {"code": code}, status=422)
    thief.get(f"{path}/{finding.id}")
    assert "No blankets" not in thief.text


def test_five_wrong_codes_end_it_and_a_new_one_waits_some_minutes(
    ask: Asking, browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    path = ask(make.finding())
    browser.post(f"{path}/code")
    right = _code(session)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        browser.post(f"{path}/open", {"code": wrong}, status=422)
    browser.post(f"{path}/open", {"code": right}, status=422)
    assert "This code is over" in browser.html
    browser.post(f"{path}/code", status=422)
    assert _code(session) == right
    clock.at += timedelta(minutes=3)
    _open(browser, path, session)


def test_a_code_lasts_a_quarter_of_an_hour(
    ask: Asking, browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    path = ask(make.finding())
    browser.post(f"{path}/code")
    clock.at += timedelta(minutes=15)
    browser.post(f"{path}/open", {"code": _code(session)}, status=422)


def test_the_browser_that_enters_a_code_last_shuts_out_the_one_before(
    ask: Asking, app: Flask, browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    finding = make.finding(detail="No blankets")
    path = ask(finding)
    _open(browser, path, session)
    clock.at += timedelta(minutes=5)
    later = _open(Browser(app), path, session)
    assert "No blankets" in later.get(f"{path}/{finding.id}").text
    assert "No blankets" not in browser.get(f"{path}/{finding.id}").text


def test_an_answer_typed_too_long_is_kept_and_sent_after_a_new_code(
    ask: Asking, browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    finding = make.finding()
    path = ask(finding)
    _open(browser, path, session).get(f"{path}/{finding.id}")
    clock.at += timedelta(hours=5)
    browser.send(
        {"words": "Forty “blankets”\nwere bought.", "by_words": "Inspector Green"},
        button="Send the reply",
        status=401,
    )
    assert "it is not lost" in browser.text
    browser.send(button="Send me a code", status=200)
    browser.send({"code": _code(session)}, button="Enter the code")
    session.refresh(finding)
    assert finding.state is FindingState.REPLIED
    replied = [text for kind, text, _ in _events(session, finding) if kind is EventKind.REPLIED]
    assert [text.split() for text in replied] == [["Forty", "“blankets”", "were", "bought."]]


@pytest.mark.parametrize("how", ["revoked", "expired", "closed", "unknown"])
def test_a_link_that_is_over_opens_nothing_and_says_so(
    ask: Asking,
    browse_as: Callable[..., Browser],
    browser: Browser,
    make: Workshop,
    session: Session,
    clock: Clock,
    how: str,
) -> None:
    finding = make.finding(detail="No blankets")
    path = ask(finding)
    _open(browser, path, session).get(f"{path}/{finding.id}")
    link = session.scalars(sa.select(FindingLink)).one()
    if how == "revoked":
        browse_as(Role.COORDINATOR).get(f"/findings/{finding.id}").send(button="Take it back")
    elif how == "expired":
        clock.at = link.expires_at
    elif how == "closed":
        browse_as(Role.COORDINATOR).post(f"/findings/{finding.id}/close", {"words": "Done"})
    else:
        path = path[:-1] + ("A" if path[-1] != "A" else "B")
    status = 404 if how == "unknown" else 410
    assert "No blankets" not in browser.get(path, status=status).text
    browser.get(f"{path}/{finding.id}", status=status)
    browser.post(f"{path}/{finding.id}", {"words": "Too late", "by_words": "Green"}, status=status)
    assert "Too late" in browser.text
    for way in ("code", "open", "leave"):
        browser.post(f"{path}/{way}", {"code": "123456"}, status=status)
    session.refresh(finding)
    assert finding.state is not FindingState.REPLIED


def test_a_finding_that_was_sent_back_is_answered_again_by_the_same_link(
    ask: Asking, browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding()
    path = ask(finding)
    _open(browser, path, session)
    browser.get(f"{path}/{finding.id}").send({"words": "Yes.", "by_words": "Green"}, button="Send the reply")
    browser.post(f"{path}/{finding.id}", {"words": "Again", "by_words": "Green"}, status=422)
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.post(f"/findings/{finding.id}/send-back", {"words": "When?"})
    assert "no letter went out" not in coordinator.text
    assert "sent back" in _latest(session)
    assert "When?" in browser.get(f"{path}/{finding.id}").text
    browser.send({"words": "In May.", "by_words": "Green"}, button="Send the reply")
    session.refresh(finding)
    assert finding.state is FindingState.REPLIED


def test_a_reply_sent_twice_by_a_link_is_one_and_ends_on_the_finding(
    ask: Asking, browser: Browser, make: Workshop, session: Session, clock: Clock
) -> None:
    finding, waiting = make.finding(), make.finding()
    path = ask(finding, waiting)
    fields = {"words": "Forty were bought.", "by_words": "Green"}
    _open(browser, path, session)
    for _ in range(2):
        browser.post(f"{path}/{finding.id}", fields)
        assert browser.path == f"{path}/{finding.id}"
        assert "Your reply is with the scheme." in browser.text
        clock.at += timedelta(minutes=5)
    assert [kind for kind, _, _ in _events(session, finding)].count(EventKind.REPLIED) == 1
    browser.post(f"{path}/{finding.id}", {**fields, "words": "Fifty were."}, status=422)
    browser.post(f"{path}/{finding.id}", {**fields, "by_words": "Brown"}, status=422)
    clock.at += timedelta(hours=1)
    browser.post(f"{path}/{finding.id}", fields, status=422)
    assert "now replied" in browser.text


def test_a_reply_that_was_sent_back_is_not_taken_for_one_sent_twice(
    ask: Asking, browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding()
    path = ask(finding)
    fields = {"words": "Forty were bought.", "by_words": "Green"}
    _open(browser, path, session).post(f"{path}/{finding.id}", fields)
    browse_as(Role.COORDINATOR).post(f"/findings/{finding.id}/send-back", {"words": "When?"})
    browser.post(f"{path}/{finding.id}", fields)
    assert [kind for kind, _, _ in _events(session, finding)].count(EventKind.REPLIED) == 2


def test_a_reply_that_names_somebody_is_pointed_out_first(
    ask: Asking, browser: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding()
    path = ask(finding)
    _open(browser, path, session).get(f"{path}/{finding.id}")
    browser.send(
        {"words": "Mr Jones was given one.", "by_words": "Green"}, button="Send the reply", status=422
    )
    assert "Mr Jones" in browser.text
    browser.send({"is_looked_over": "y"}, button="Send the reply")
    session.refresh(finding)
    assert finding.state is FindingState.REPLIED


def test_only_what_awaits_a_reply_is_sent_and_to_nobody_of_the_scheme(
    browse_as: Callable[..., Browser], make: Workshop, session: Session
) -> None:
    visitor, raised = make.person(), make.finding(state=FindingState.RAISED)
    waiting = make.finding()
    coordinator = browse_as(Role.COORDINATOR)
    coordinator.get(f"/findings/links/new?finding={waiting.id}&finding={raised.id}")
    assert "Left out" in coordinator.text
    coordinator.send({"name": "Green", "email": visitor.email}, button="Send the link", status=422)
    coordinator.send({"name": "Green", "email": "not an address"}, button="Send the link", status=422)
    assert 'value="not an address"' in coordinator.html
    coordinator.post(
        "/findings/links/new", {**OFFICER, "finding": [str(raised.id)], "listed": "0"}, status=422
    )
    assert session.scalar(sa.select(sa.func.count()).select_from(FindingLink)) == 0


def test_only_digests_of_the_link_the_code_and_the_browser_are_kept(
    ask: Asking, app: Flask, browser: Browser, make: Workshop, session: Session
) -> None:
    path = ask(make.finding())
    browser.post(f"{path}/code")
    code, secret = _code(session), path.rsplit("/", 1)[1]
    with app.app_context():
        kept = "\n".join(map(str, db.session().execute(sa.text("SELECT * FROM finding_links"))))
    assert secret not in kept
    assert code not in kept


def test_the_coordinator_sees_links_and_takes_one_back(
    ask: Asking, browse_as: Callable[..., Browser], browser: Browser, make: Workshop, session: Session
) -> None:
    finding = make.finding()
    path = ask(finding)
    coordinator = browse_as(Role.COORDINATOR)
    assert "Never opened" in coordinator.get("/findings/links/").text
    _open(browser, path, session)
    assert "4 March 2026 at 12:00" in coordinator.get("/findings/links/").text
    coordinator.send(button="Take it back")
    coordinator.get("/findings/links/")
    assert "Taken back" in coordinator.text
    browser.get(path, status=410)
