"""The gate, walked: every route as every role with real requests, against a table that a person reads."""

import difflib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from icv.rules.access import RULES, Action
from icv.web.db import db
from tests.web.browser import Browser, signed_in_as
from tests.web.route_words import WORDS
from tests.web.world import ROLES, world
from tests.workshop import Workshop

TABLE = Path(__file__).with_name("access.txt")
COLUMNS = ("stranger", *(role.value for role in ROLES))
HEAD = """\
Who may open and send what, as asked with real requests. A person has read this table and agreed to it.
After a change that is meant, write it anew with ICV_ACCESS_TABLE=write and read the difference.
"""


def test_every_action_has_a_rule() -> None:
    assert set(RULES) == set(Action)


def test_the_gate_lets_through_what_the_table_says(app: Flask, session: Session, make: Workshop) -> None:
    own, others = world(make)
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
        raise AssertionError(f"{rule.rule}: say in world or WORDS what to ask with for {missing}")
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
