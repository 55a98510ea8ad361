"""The measuring itself: a page, a first load, the feed, a busy minute, a command."""

import gzip
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import brotli
import sqlalchemy as sa
from flask import Flask

from benchmarks.browsing import Answer, Browser, OverTheWire
from icv.config import ROOT
from icv.web.db import db

OK, NOT_MODIFIED = 200, 304
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')


class NotShown(Exception):
    """A page that answered something else than itself."""


def open_page(browser: Browser, path: str) -> Answer:
    answer = browser.get(path)
    if answer.status != OK:
        raise NotShown(f"answered {answer.status}")
    return answer


def timed_ms(ask: Callable[[], Answer], runs: int) -> list[float]:
    """Each of as many runs, after one that warms up."""
    ask()
    return [ask().seconds * 1000 for _ in range(runs)]


@contextmanager
def counting_queries(app: Flask) -> Iterator[list[str]]:
    """Fills the list with the statements of what is asked meanwhile; beginnings and ends are none."""
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def gzipped_kb(body: bytes) -> float:
    return len(gzip.compress(body, 6)) / 1000


def first_load_kb(browser: Browser, path: str) -> tuple[float, float]:
    """Everything a browser that was never here fetches for the page, as a proxy compresses it.

    The first number is all of it, the second what of it may be kept for good.
    """
    page = open_page(browser, path).body
    kept = sum(
        len(brotli.compress(open_page(browser, address.replace("&amp;", "&")).body))
        for address in sorted(set(STATIC.findall(page.decode())))
    )
    return (len(brotli.compress(page, quality=5)) + kept) / 1000, kept / 1000


def _unchanged(browser: Browser, path: str, tag: str) -> Answer:
    answer = browser.get(path, {"If-None-Match": tag})
    if answer.status != NOT_MODIFIED:
        raise NotShown(f"answered {answer.status} to its own tag")
    return answer


def unchanged_ms(browser: Browser, path: str, runs: int) -> float:
    """What a calendar program waits that asks whether anything is new."""
    tag = open_page(browser, path).headers["etag"]
    return median(timed_ms(lambda: _unchanged(browser, path, tag), runs))


def all_at_once(port: int, emails: list[str]) -> list[OverTheWire]:
    """Signed in with their passwords, at one moment."""

    def sign_in(email: str) -> OverTheWire:
        browser = OverTheWire(port)
        browser.sign_in_by_password(email)
        return browser

    with ThreadPoolExecutor(len(emails)) as pool:
        return list(pool.map(sign_in, emails))


def requests_a_second(browsers: list[OverTheWire], path: str, seconds: float) -> float:
    """All of them open the page again and again. Their own work is on the same machine and counts too."""
    until = time.monotonic() + seconds

    def keep_asking(browser: OverTheWire) -> int:
        number = 0
        while time.monotonic() < until:
            open_page(browser, path)
            number += 1
        return number

    began = time.monotonic()
    with ThreadPoolExecutor(len(browsers)) as pool:
        asked = sum(pool.map(keep_asking, browsers))
    return asked / (time.monotonic() - began)


def seconds_of(act: Callable[[], object], runs: int) -> float:
    """The median."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return median(taken)


def command_seconds(words: list[str], environment: dict[str, str], runs: int) -> float:
    """From start to end of the process, the median."""
    command = [str(Path(sys.executable).parent / "icv"), *words]
    return seconds_of(
        lambda: subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True), runs
    )
