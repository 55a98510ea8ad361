"""One size from end to end: every page of the service, and whatever else there is a goal for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask, url_for

from benchmarks import measures
from benchmarks.browsing import Browser, InThisProcess, OverTheWire
from benchmarks.cast import Cast, Years, choose, make_feed, make_link
from benchmarks.databases import url_of
from benchmarks.goals import (
    FEED_MS,
    FEED_UNCHANGED_MS,
    FIRST_LOAD_KB,
    KEPT_KB,
    MEMORY_MB,
    PAPER_SECONDS,
    REQUESTS_A_SECOND,
    STATS_SECONDS,
    page_goal,
)
from benchmarks.pages import HOME, PAGES, REPORT, Page
from benchmarks.scheme_sizes import Size
from benchmarks.serving import Server, environment
from benchmarks.tables import PageLine, Value
from icv.app import create_app
from icv.config import Config
from icv.papers.panel import Form, made
from icv.rules.access import Role
from icv.rules.days import Period
from icv.rules.paper import PaperKind
from icv.services.papers import live_paper
from icv.store.engine import open_engine, reading, writing


@dataclass(frozen=True, slots=True)
class Effort:
    """How often and how long things are measured."""

    runs: int
    seconds: float
    commands: int


THOROUGH = Effort(runs=15, seconds=5, commands=3)
FAST = Effort(runs=5, seconds=2, commands=1)


class Measuring:
    """`app` is the same application in this process, where its queries can be counted."""

    def __init__(self, size: Size, database: Path, monday: date, server: Server, effort: Effort) -> None:
        self._size, self._url, self._monday = size, url_of(database), monday
        self._server, self._effort = server, effort
        config = Config(self._url, "measured, and known to everybody", "http://127.0.0.1", 0, None)
        self._app = create_app(config)
        self._engine = open_engine(self._url)
        self._cast, self._feed = self._prepare()
        self._browsers = {role: self._signed_in(OverTheWire(server.port), role) for role in (*Role, None)}
        self._counters = {role: self._signed_in(InThisProcess(self._app), role) for role in (*Role, None)}

    def _prepare(self) -> tuple[Cast, str]:
        with writing(self._engine) as session:
            cast = choose(session, self._monday)
            feed = make_feed(session, cast, self._monday, datetime.now(UTC))
            session.commit()
        return cast, feed

    def _signed_in(self, browser: Browser, role: Role | None) -> Browser:
        if role is None:
            return browser
        with writing(self._engine) as session:
            token = make_link(session, self._cast, role, datetime.now(UTC))
            session.commit()
        browser.sign_in_by_link(token)
        return browser

    def pages(self) -> Iterator[PageLine]:
        for page in PAGES:
            path = self._path(page)
            if path is None:
                yield PageLine(
                    page.title, trouble=f"skipped: no {page.endpoint} yet, or nothing to open it on"
                )
                continue
            try:
                yield self._page(page, path)
            except measures.NotShown as trouble:
                yield PageLine(page.title, trouble=f"{trouble}: {path}")

    def _page(self, page: Page, path: str) -> PageLine:
        browser = self._browsers[page.role]
        body = measures.open_page(browser, path).body
        before = self._server.cpu_ms()
        taken = measures.timed_ms(lambda: measures.open_page(browser, path), self._effort.runs)
        processor = (self._server.cpu_ms() - before) / (self._effort.runs + 1)
        with measures.counting_queries(self._app) as queries:
            measures.open_page(self._counters[page.role], path)
        return PageLine(
            page.title,
            median(taken),
            processor,
            len(queries),
            measures.gzipped_kb(body),
            page_goal(self._size.name, page.title),
        )

    def _path(self, page: Page) -> str | None:
        values = {part: self._cast.records[name] for part, name in page.records.items()}
        if page.endpoint not in self._app.view_functions or None in values.values():
            return None
        return _address(self._app, page.endpoint, values)

    def values(self) -> Iterator[Value]:
        """Memory comes when every page has been opened and eight people have signed in at once."""
        yield from self._calendar()
        yield from self._first_loads()
        crowd = measures.all_at_once(self._server.port, self._cast.emails)
        now_mb, most_mb = self._server.memory_mb()
        yield Value("memory of the web process", now_mb, "MB", MEMORY_MB)
        yield Value("  the most it ever held", most_mb, "MB")
        home = _address(self._app, HOME, {})
        speed = measures.requests_a_second(crowd, home, self._effort.seconds)
        yield Value("home page, eight clients", speed, "/s", REQUESTS_A_SECOND)
        yield from self._figures()
        yield from self._papers()

    def _calendar(self) -> Iterator[Value]:
        stranger = OverTheWire(self._server.port)
        path = _address(self._app, "feeds.calendar", {"secret": self._feed})
        took = measures.open_page(stranger, path).seconds * 1000
        yield Value("calendar of 100 events, first built", took, "ms", FEED_MS[self._size.name])
        kept = median(measures.timed_ms(lambda: measures.open_page(stranger, path), self._effort.runs))
        yield Value("calendar, built before", kept, "ms")
        same = measures.unchanged_ms(stranger, path, self._effort.runs)
        yield Value("calendar, unchanged (304)", same, "ms", FEED_UNCHANGED_MS)

    def _first_loads(self) -> Iterator[Value]:
        browser, kept = self._browsers[Role.VOLUNTEER], 0.0
        for name, endpoint in (("home", HOME), ("the report", REPORT)):
            page = next(page for page in PAGES if page.endpoint == endpoint)
            if path := self._path(page):
                loaded, kept = measures.first_load_kb(browser, path)
                yield Value(f"first load of {name}, all of it", loaded, "kB", FIRST_LOAD_KB[name])
        yield Value("  of which kept for good", kept, "kB", KEPT_KB)

    def _figures(self) -> Iterator[Value]:
        years = Years(self._monday)
        for number in (1, 10):
            words = ["stats", "--json", "--from", f"{years.first(number)}", "--to", f"{years.last}"]
            took = measures.command_seconds(words, environment(self._url), self._effort.commands)
            name = "a year" if number == 1 else "ten years"
            yield Value(f"icv stats over {name}", took, "s", STATS_SECONDS.get((self._size.name, number)))

    def _papers(self) -> Iterator[Value]:
        """Making the document, its figures being there."""
        years, effort = Years(self._monday), self._effort.commands
        period = Period(years.first(1), years.last)
        with reading(self._engine) as session:
            paper = live_paper(
                session, PaperKind.COMMITTEE, period, as_of=self._monday, dated_on=self._monday
            )
        for form, goal in PAPER_SECONDS.items():
            took = measures.seconds_of(partial(made, paper, Form(form)), effort)
            yield Value(f"a year's paper, made as {form}", took, "s", goal)


def _address(app: Flask, endpoint: str, values: dict[str, Any]) -> str:
    with app.test_request_context():
        return url_for(endpoint, **values)
