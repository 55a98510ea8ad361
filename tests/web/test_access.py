"""The gate, walked: every route as every role with real requests, against a table that a person reads."""

import difflib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from icv.rules.access import RULES, Action, Actor, Role
from icv.rules.appraisal import DeclarationKind
from icv.rules.courses import CourseKind
from icv.rules.cover import CoverKind
from icv.rules.days import Period
from icv.rules.figures_file import as_json, digest_of
from icv.rules.findings import FindingState
from icv.rules.paper import PaperKind
from icv.rules.quality import Level, Verdict
from icv.rules.report import ContactNote
from icv.rules.signing import SubmissionState
from icv.rules.stages import Stage
from icv.rules.visits import DutyState, VisitKind
from icv.services import accounts as desk
from icv.services import feeds, papers, reports
from icv.store.accounts import LinkPurpose, SignIn
from icv.store.addresses import AddressChange
from icv.store.availability import Call, CallAnswer, DaysAway
from icv.store.comparison import OtherFigures
from icv.store.courses import Course
from icv.store.cover import CoverAsk, CoverRequest
from icv.store.diversity import Survey
from icv.store.drawing import Draw
from icv.store.feeds import Feed
from icv.store.findings import FindingLink, LinkedFinding
from icv.store.letters import Letter, LetterState
from icv.store.people import Conflict, Declaration, Round
from icv.store.quality import Criterion
from icv.store.references import ReferenceLink
from icv.store.rota import DraftVisit, Rota, RotaState
from icv.store.scheme import Setting, Team
from icv.store.training import Booking, TrainingSession
from icv.store.visits import Submission, Visit
from icv.web.db import db
from tests.applications import answers, draft_of, sent
from tests.rules.figures_files import a_file
from tests.web.browser import Browser, signed_in_as
from tests.workshop import NOW, TODAY, Workshop

TABLE = Path(__file__).with_name("access.txt")
ROLES = (Role.VOLUNTEER, Role.COORDINATOR, Role.PANEL, Role.POLICE)
WORDS = {
    "answering.answer": {"secret": "a link"},
    "answering.enter_code": {"secret": "a link"},
    "answering.index": {"secret": "a link"},
    "answering.leave": {"secret": "a link"},
    "answering.send_code": {"secret": "a link"},
    "applying.come_back": {"token": "an application"},
    "applying.part": {"name": "why"},
    "binder.download": {"form": "html"},
    "diversity.numbers": {"question": "sex"},
    "findings.move": {"name": "close"},
    "findings.together": {"name": "put"},
    "panel.table_file": {"key": "completion-by-suite"},
    "paper.add": {"word": "contact"},
    "paper.change": {"word": "contact", "number": 1},
    "paper.remove": {"word": "contact", "number": 1},
    "paper.section": {"name": "arrival"},
    "papers.add": {"block": "summary.happened"},
    "papers.download": {"form": "json"},
    "papers.leave_out": {"block": "summary.happened"},
    "papers.put_in": {"block": "summary.happened"},
    "papers.settle": {"block": "summary.happened"},
    "papers.words": {"block": "summary.happened"},
    "people.add_record": {"kind": "vetting"},
    "people.import_headings": {"kind": "volunteers"},
    "people.change_record": {"kind": "vetting"},
    "people.remove_record": {"kind": "vetting"},
    "refereeing.answer": {"token": "a reference"},
    "refereeing.decline": {"token": "a reference"},
    "reports.add": {"word": "contact"},
    "reports.change": {"word": "contact", "number": 1},
    "reports.remove": {"word": "contact", "number": 1},
    "reports.section": {"name": "arrival"},
    "settings.change": {"name": "scheme_name"},
    "statistics.file": {"year": "2024-25"},
    "statistics.of_year": {"year": "2024-25"},
    "statistics.tables": {"year": "2024-25"},
}
"""What is asked with where a route takes a word."""
COLUMNS = ("stranger", *(role.value for role in ROLES))
HEAD = """\
Who may open and send what, as asked with real requests. A person has read this table and agreed to it.
After a change that is meant, write it anew with ICV_ACCESS_TABLE=write and read the difference.
"""


def test_every_action_has_a_rule() -> None:
    assert set(RULES) == set(Action)


def test_the_gate_lets_through_what_the_table_says(app: Flask, session: Session, make: Workshop) -> None:
    own, others = _world(make)
    askers: dict[str, Browser] = {"stranger": Browser(app)}
    for role, account in own.pop("accounts").items():
        askers[role.value] = signed_in_as(app, session, account)
    with closing(_Snapshot(app, askers.values())) as snapshot:
        walked = "".join(_lines(app, askers, own, others, snapshot))
    if os.environ.get("ICV_ACCESS_TABLE") == "write":
        TABLE.write_text(walked)
    expected = TABLE.read_text()
    difference = "\n".join(difflib.unified_diff(expected.splitlines(), walked.splitlines(), lineterm="", n=0))
    assert walked == expected, f"Somebody may do more, or less, than was agreed:\n{difference}\n{HEAD}"


def _world(make: Workshop) -> tuple[dict[str, Any], dict[str, Any]]:
    """A scheme with one of everything: ids of the askers' own things, and of other people's."""
    suite = make.suite("Euston Street")
    me, you = make.person(name="Volunteer"), make.person(name="Another volunteer")
    partner = make.person(name="Partner")
    accounts = {role: make.account(role) for role in ROLES}
    me.account_id = accounts[Role.VOLUNTEER].id
    other_account = make.account(Role.VOLUNTEER)
    you.account_id = other_account.id
    visits = [make.visit(suite), make.visit(suite)]
    duties = [
        make.duty(visit, person, state=DutyState.OFFERED)
        for visit, person in zip(visits, (me, you), strict=True)
    ]
    make.duty(visits[0], partner, place=2)
    findings = [
        make.finding(visits[0]),
        make.finding(visits[1], state=FindingState.RAISED, put_on=None),
    ]
    kept = make.keep
    rota = kept(
        Rota(first_on=TODAY, last_on=TODAY, seed=1, certificate={}, made_at=NOW, state=RotaState.DRAFT)
    )
    week = visits[0].week_starts_on + timedelta(weeks=4)
    draft = kept(
        DraftVisit(
            rota_id=rota.id,
            suite_id=suite.id,
            week_starts_on=week,
            week_ends_on=week + timedelta(days=6),
            suggested_slots=[],
        )
    )
    other = kept(
        Rota(first_on=TODAY, last_on=TODAY, seed=2, certificate={}, made_at=NOW, state=RotaState.DRAFT)
    )
    kept(
        DraftVisit(
            rota_id=other.id,
            suite_id=suite.id,
            week_starts_on=week,
            week_ends_on=week + timedelta(days=6),
            suggested_slots=[],
        )
    )
    token = desk.make_link(make.session, other_account.id, LinkPurpose.SIGN_IN, by=None, at=NOW)
    kept(
        AddressChange(
            account_id=accounts[Role.VOLUNTEER].id,
            email="new@example.org",
            old_digest=desk.digest("old"),
            new_digest=desk.digest("new"),
            asked_at=NOW,
            expires_at=NOW + timedelta(days=2),
        )
    )
    own: dict[str, Any] = {
        "accounts": accounts,
        "token": token,
        "address_token": "old",
        "person_id": me.id,
        "account_id": accounts[Role.PANEL].id,
        "draw_id": kept(Draw(first_on=TODAY, last_on=TODAY, seed=1, asked={}, asked_at=NOW, turn=1)).id,
        "suite_id": suite.id,
        "period_id": suite.periods[0].id,
        "team_id": kept(Team(name="North")).id,
        "round_id": kept(Round(name="Spring", opened_on=TODAY, is_public=True)).id,
        "rota_id": rota.id,
        "other_id": other.id,
        "draft_visit_id": draft.id,
        "visit_id": visits[0].id,
        "strand_id": make.visit(suite, kind=VisitKind.DOG_WELFARE, is_scheduled=False).id,
        "copy_id": _copy(make, visits[0]).id,
        "duty_id": duties[0].id,
        "finding_id": findings[0].id,
        "place": 1,
        "criterion_id": kept(
            Criterion(
                level=Level.SILVER, place=1, words="Visits are made.", verdict=Verdict.OPEN, changed_at=NOW
            )
        ).id,
        "survey_id": kept(Survey(counted_on=TODAY, entered_at=NOW)).id,
        "letter_id": kept(
            Letter(
                key="k",
                message_id="m",
                to_email="a@example.org",
                subject="S",
                body="B",
                state=LetterState.FAILED,
                made_at=NOW,
                not_before=NOW,
            )
        ).id,
        "record_id": me.vettings[0].id,
        "referee_id": make.referee(me, asked_at=NOW, answered_at=NOW, answer={"recommends": "yes"}).id,
        "conflict_id": kept(Conflict(person_id=me.id, suite_id=suite.id, declared_on=TODAY)).id,
        "declaration_id": kept(
            Declaration(
                person_id=me.id,
                kind=DeclarationKind.CIRCUMSTANCES,
                declared_on=TODAY,
                words="Moved",
                made_at=NOW,
            )
        ).id,
    }
    course = kept(Course(name="Refresher", kind=CourseKind.KEPT_UP))
    sitting = kept(TrainingSession(course_id=course.id, starts_at=NOW + timedelta(days=9)))
    kept(Booking(session_id=sitting.id, person_id=me.id, booked_at=NOW))
    own |= {"course_id": course.id, "session_id": sitting.id}
    referee = make.referee(make.person(Stage.APPLIED), asked_at=NOW, fails_on=TODAY)
    a_reference = {"token_digest": desk.digest("a reference"), "made_at": NOW}
    kept(ReferenceLink(referee_id=referee.id, expires_at=NOW + timedelta(days=1), **a_reference))
    link = kept(
        FindingLink(
            secret_digest=desk.digest("a link"),
            name="Inspector Green",
            email="green@example.org",
            made_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )
    )
    kept(LinkedFinding(link_id=link.id, finding_id=findings[0].id))
    own["link_id"] = link.id
    on = {"effective_on": TODAY, "set_at": NOW}
    kept(Setting(name="publishes_findings", value="true", **on))
    kept(Setting(name="publishes_statistics", value="true", **on))
    make.visit(suite, week=date(2024, 6, 3))
    draft_of(make.session, own["round_id"], answers("begun@example.org"), token="an application")
    own["application_id"] = sent(make.session, own["round_id"], answers()).id
    others = {"visit_id": visits[1].id, "duty_id": duties[1].id, "finding_id": findings[1].id}
    for things, duty in ((own, duties[0]), (others, duties[1])):
        cover = kept(CoverRequest(duty_id=duty.id, kind=CoverKind.COVER, asked_at=NOW))
        kept(CoverAsk(request_id=cover.id, person_id=partner.id, asked_at=NOW))
        things["cover_id"] = cover.id
    for things, person, account in ((own, me, accounts[Role.VOLUNTEER]), (others, you, other_account)):
        away = kept(DaysAway(person_id=person.id, first_on=TODAY, last_on=TODAY))
        things["away_id"] = things["days_away_id"] = away.id
        asked = {"first_on": TODAY - timedelta(days=person.id), "answer_by": TODAY, "asked_at": NOW}
        things["call_id"] = kept(Call(last_on=TODAY, **asked)).id
        kept(CallAnswer(call_id=things["call_id"], person_id=person.id))
        sign_in = desk.sign_in(make.session, account.id, device="x", at=NOW)
        things["sign_in_id"] = make.session.scalar(
            sa.select(SignIn.id).where(SignIn.token_digest == desk.digest(sign_in))
        )
        actor = Actor(account.id, person.id, person.name, frozenset({Role.VOLUNTEER}))
        things["secret"] = feeds.make(make.session, "Phone", by=actor, at=NOW)
        contact = ContactNote(custody_number="EU/1/26", was_seen=True)
        reports.add(make.session, things["visit_id"], "contact", contact, by=actor, at=NOW)
        things["feed_id"] = make.session.scalar(sa.select(Feed.id).where(Feed.person_id == person.id))
    own["figures_id"] = others["figures_id"] = _other_figures(make)
    own["paper_id"], others["paper_id"] = _papers(make, accounts[Role.COORDINATOR].id)
    return own, others


def _other_figures(make: Workshop) -> int:
    file = a_file()
    first, last = file.period.first, file.period.last
    kept = OtherFigures(
        scheme=file.scheme,
        period_first=first,
        period_last=last,
        content=as_json(file),
        digest=digest_of(as_json(file)),
        read_at=NOW,
    )
    return int(make.keep(kept).id)


def _papers(make: Workshop, account_id: int) -> tuple[int, int]:
    """One that is frozen, and a draft."""
    by, period = Actor(account_id, None, "A", frozenset({Role.COORDINATOR})), Period(TODAY, TODAY)
    frozen, draft = (papers.begin(make.session, kind, period, by=by, at=NOW) for kind in PaperKind)
    whole = papers.held(make.session, frozen, today=TODAY)
    assert whole is not None
    papers.freeze(make.session, whole, whole.seal, by=by, at=NOW, link="")
    return frozen, draft


class _Snapshot:
    """The world as it was, put back before each request if the one before has changed it; and the cookies."""

    def __init__(self, app: Flask, askers: Iterable[Browser]) -> None:
        self.app = app
        self.cookies = {id(browser): _cookie(browser) for browser in askers}
        self.kept = sqlite3.connect(":memory:")
        app.extensions["icv_session_of_the_test"].commit()
        with app.app_context():
            self.engine = db.engine
        self.watch = sqlite3.connect(self.engine.url.database or "")
        self.watch.backup(self.kept)
        self.version = self._version()

    def put_back(self) -> None:
        if self._version() == self.version:
            return
        self.app.extensions["icv_session_of_the_test"].close()
        self.engine.dispose()
        with closing(sqlite3.connect(self.engine.url.database or "")) as live:
            live.execute("PRAGMA synchronous=OFF")
            self.kept.backup(live)
        self.version = self._version()

    def close(self) -> None:
        self.watch.close()
        self.kept.close()

    def _version(self) -> int:
        """Another one as soon as anybody else has committed a change."""
        version: int = self.watch.execute("PRAGMA data_version").fetchone()[0]
        return version


def _cookie(browser: Browser) -> str:
    browser.token()
    kept = browser.client.get_cookie("icv")
    return kept.value if kept else ""


def _copy(make: Workshop, visit: Visit) -> Submission:
    """A report that came in beside the one on record."""
    return make.keep(  # type: ignore[no-any-return]
        Submission(
            submission_id="s",
            digest="d",
            visit_id=visit.id,
            state=SubmissionState.APART,
            form_version=1,
            content={"fields": {}},
            received_at=NOW,
        )
    )


def _lines(
    app: Flask,
    askers: dict[str, Browser],
    own: dict[str, Any],
    others: dict[str, Any],
    snapshot: _Snapshot,
) -> Iterator[str]:
    routes = [
        (rule, method)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
        for method in ("GET", "POST")
        if method in (rule.methods or ()) and rule.endpoint != "static"
    ]
    yield HEAD + "\n" + _line("", COLUMNS)
    for rule, method in routes:
        yield _line(
            _route(rule, method),
            [_ask(app, askers[column], rule, method, own, snapshot) for column in COLUMNS],
        )
    yield "\nThe same of somebody else's, where a role may ask for its own.\n\n" + _line("", COLUMNS[1:])
    for rule, method in routes:
        if rule.arguments & set(others):
            yield _line(
                _route(rule, method),
                [
                    _ask(app, askers[column], rule, method, {**own, **others}, snapshot)
                    for column in COLUMNS[1:]
                ],
            )


def _line(route: str, answers: Iterable[str]) -> str:
    return (f"{route:<78}" + "".join(f"{answer:<13}" for answer in answers)).rstrip() + "\n"


def _route(rule: Rule, method: str) -> str:
    """POST /people/<person_id>/stage"""
    return f"{method:<4} " + re.sub(r"<[^<>]*?:(\w+)>", r"<\1>", rule.rule)


def _ask(
    app: Flask, browser: Browser, rule: Rule, method: str, things: dict[str, Any], snapshot: _Snapshot
) -> str:
    things = {**things, **WORDS.get(rule.endpoint, {})}
    if missing := rule.arguments - set(things):
        raise AssertionError(f"{rule.rule}: say in _world or WORDS what to ask with for {missing}")
    with app.test_request_context():
        path = app.url_map.bind("localhost").build(
            rule.endpoint, {name: things[name] for name in rule.arguments}
        )
    snapshot.put_back()
    browser.client.set_cookie("icv", snapshot.cookies[id(browser)])
    if method == "GET":
        answer = browser.client.get(path)
    else:
        token = browser.token()
        answer = browser.client.post(path, data={"csrf_token": token})
    assert answer.status_code < 500, f"{method} {path} broke: {answer.get_data(as_text=True)[:2000]}"
    if answer.status_code == 401 or answer.headers.get("Location", "").startswith("/sign-in?"):
        return "sign in"
    return {403: "no", 404: "not there", 400: "refused"}.get(answer.status_code, "yes")
