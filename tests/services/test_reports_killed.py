"""Eight phones send while the server is killed again and again: every report received is kept, once.

`ICV_KILLED_REPORTS` asks for more of them than the test run can spare.
"""

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.rules.digests import digest_of
from icv.rules.report import FORM_VERSION
from icv.rules.signing import SubmissionState
from icv.services import accounts
from icv.store.accounts import LinkPurpose
from icv.store.engine import open_engine, writing
from icv.store.findings import Finding
from icv.store.visits import Report, Submission, Visit
from tests.ports import own_port
from tests.services.killed_server import NOW
from tests.workshop import Workshop

PHONES = 8
REPORTS = int(os.environ.get("ICV_KILLED_REPORTS", "504"))
"""Of each database; two databases make a thousand."""
KILLS_OF_A_PROCESS = max(9, REPORTS // 60)
KILLS_OF_THE_WHOLE = 1
PATIENCE_SECONDS = 600
"""Only so that a test that stands still ends."""


@dataclass
class Sent:
    """A report as a phone holds it, and the answer it got in the end."""

    visit_id: int
    submission: str
    parts: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)
    tries: int = 0

    @property
    def digest(self) -> str:
        return digest_of(self.parts)


@dataclass
class Phone:
    """Signed in by a real link; what it holds, it sends until it has its own receipt."""

    port: int
    link: str
    reports: list[Sent]
    cookie: str = ""
    token: str = ""
    person: str = ""

    def sign_in(self) -> None:
        _, page = self._ask("GET", self.link)
        found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        assert found, page[:300]
        status, page = self._ask(
            "POST", self.link, f"csrf_token={found[1]}", "application/x-www-form-urlencoded"
        )
        assert status == 302, page
        status, told = self._ask("GET", f"/visits/{self.reports[0].visit_id}/report/state")
        assert status == 200, told
        self.token, self.person = json.loads(told)["token"], json.loads(told)["person"]

    def send_all(self) -> None:
        for one in self.reports:
            until = time.monotonic() + PATIENCE_SECONDS
            while not one.answer:
                assert time.monotonic() < until, f"No receipt after {one.tries} tries"
                self._send(one)

    def _send(self, one: Sent) -> None:
        body = {
            "submission": one.submission,
            "digest": one.digest,
            "person": self.person,
            "form_version": FORM_VERSION,
            "parts": one.parts,
            "together": False,
        }
        one.tries += 1
        try:
            status, told = self._ask("POST", f"/visits/{one.visit_id}/report/submission", json.dumps(body))
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)  # no signal
            return
        answer = json.loads(told)
        assert status == 200 or answer.get("again"), f"{status}: {told}"
        if (answer.get("submission"), answer.get("digest")) == (one.submission, one.digest):
            one.answer = answer

    def _ask(
        self, method: str, path: str, body: str | None = None, kind: str = "application/json"
    ) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "X-CSRFToken": self.token, "Content-Type": kind}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            if cookie := answer.getheader("Set-Cookie"):
                self.cookie = cookie.partition(";")[0]
            return answer.status, answer.read().decode()
        finally:
            line.close()


def test_no_report_is_lost_or_doubled_however_often_the_server_dies(
    upgraded_url: str, tmp_path: Path
) -> None:
    kills = tmp_path / "kills"
    with (
        own_port() as port,
        _server(upgraded_url, port, kills) as server,
        ThreadPoolExecutor(PHONES) as hands,
    ):
        phones = _phones(upgraded_url, port)
        for phone in phones:
            phone.sign_in()
        kills.touch()
        sending = [hands.submit(phone.send_all) for phone in phones]
        for number in range(1, KILLS_OF_THE_WHOLE + 1):
            _until(phones, REPORTS * number // (KILLS_OF_THE_WHOLE + 1))
            server.kill_and_start_again()
        for one in sending:
            one.result()
    died = kills.read_text().split()
    assert len(died) == KILLS_OF_A_PROCESS, f"The server died {len(died)} times only"
    assert set(died) == {"before", "after"}
    sent = [one for phone in phones for one in phone.reports]
    unheard = sum(not one.answer["is_new"] for one in sent)
    assert unheard >= died.count("after"), "What was kept just before a death is acknowledged when sent again"
    _each_is_kept_once(upgraded_url, sent)


def _each_is_kept_once(url: str, sent: list[Sent]) -> None:
    engine = open_engine(url)
    with Session(engine) as session:
        kept = {
            row.visit_id: row
            for row in session.execute(
                sa.select(Report.visit_id, Report.reference, Report.content).where(
                    Report.filed_at.is_not(None)
                )
            )
        }
        rows = session.execute(
            sa.select(Submission.submission_id, Submission.visit_id, Submission.digest, Submission.state)
        ).all()
        findings = session.scalars(sa.select(Finding.detail)).all()
        visits = session.scalar(sa.select(sa.func.count()).where(Visit.outcome.is_not(None)))
    engine.dispose()
    assert len(sent) == len(kept) == visits == REPORTS
    for one in sent:
        report = kept[one.visit_id]
        assert report.reference == one.answer["reference"]
        assert report.content["remarks"]["positives"] == one.parts["remarks"]["positives"]
    assert sorted(map(tuple, rows)) == sorted(
        (one.submission, one.visit_id, one.digest, SubmissionState.FILED) for one in sent
    )
    raised = [one.parts["finding-1"]["detail"] for one in sent if "finding-1" in one.parts]
    assert sorted(findings) == sorted(raised), "none lost, none doubled"


def _phones(url: str, port: int) -> list[Phone]:
    """Eight visitors, each with visits of this week; a partner goes with all of them."""
    engine = open_engine(url)
    drawn = random.Random(5)
    with writing(engine) as session:
        make = Workshop(session)
        suite, partner = make.suite("Euston Street"), make.person()
        phones = []
        for _ in range(PHONES):
            person = make.person()
            account = make.account(Role.VOLUNTEER)
            person.account_id = account.id
            link = accounts.make_link(session, account.id, LinkPurpose.SIGN_IN, by=None, at=NOW)
            visits = [make.visit(suite, person, partner) for _ in range(REPORTS // PHONES)]
            reports = [
                Sent(visit.id, str(UUID(int=drawn.getrandbits(128), version=4)), _parts(visit.reference))
                for visit in visits
            ]
            phones.append(Phone(port, f"/link/{link}", reports))
        session.commit()
    engine.dispose()
    return phones


def _parts(reference: str) -> dict[str, Any]:
    """Most found the suite closed; every fourth was a visit with something to raise."""
    remarks = {"positives": f"Seen at {reference}", "saw_serious": "no"}
    if int(reference[1:]) % 4:
        arrival = {"outcome": "suite_closed", "reason": "Closed for works", **_at("arrived_at", "10:00")}
        return {"arrival": arrival, "remarks": remarks}
    times = {**_at("arrived_at", "10:00"), **_at("admitted_at", "10:04"), **_at("left_at", "11:00")}
    return {
        "arrival": {"outcome": "completed", "mode": "in_person", **times},
        "counts": {"in_custody": "0"},
        "suite": {"checks-clean": "yes"},
        "finding-1": {"category": "conditions", "detail": f"Cold at {reference}", "settled": "needs_reply"},
        "remarks": remarks,
    }


def _at(name: str, clock: str) -> dict[str, str]:
    parts = {"day": "4", "month": "3", "year": "2026", "clock": clock}
    return {f"{name}-{part}": typed for part, typed in parts.items()}


class Server:
    """Gunicorn with one process of eight threads, and a master that puts another in its place."""

    def __init__(self, url: str, port: int, kills: Path) -> None:
        self.port = port
        self.more = {"ICV_DATABASE_URL": url, "KILLS": str(kills), "MOST_KILLS": str(KILLS_OF_A_PROCESS)}
        self.start()

    def start(self) -> None:
        told = ["--bind", f"127.0.0.1:{self.port}", "--threads", str(PHONES), "--log-level", "critical"]
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "--preload",
                *told,
                "tests.services.killed_server:application()",
            ],
            env={**os.environ, **self.more},
            cwd=Path(__file__).parents[2],
            start_new_session=True,
        )
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None, "The server did not start"
                assert time.monotonic() < until, "The server did not start in time"
                time.sleep(0.1)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_and_start_again(self) -> None:
        self.kill()
        self.start()


@contextmanager
def _server(url: str, port: int, kills: Path) -> Iterator[Server]:
    server = Server(url, port, kills)
    try:
        yield server
    finally:
        server.kill()


def _until(phones: list[Phone], received: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while sum(bool(one.answer) for phone in phones for one in phone.reports) < received:
        assert time.monotonic() < until, "The phones do not get on"
        time.sleep(0.02)
