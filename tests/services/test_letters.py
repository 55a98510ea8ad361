"""Letters, sent to a real mail server on this machine: once each, whatever goes wrong."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import AuthResult
from sqlalchemy.orm import Session

from icv.rules.access import Role
from icv.services import letters
from icv.services.letters import MOST_TRIES, WAITS, Refused, send_again, send_waiting, write
from icv.services.post import SmtpCarrier
from icv.store.engine import open_engine, reading, writing
from icv.store.letters import Letter, LetterState, Outgoing, latest_letters, post_bag
from tests.services.mail_server import Postmaster, mail_server
from tests.workshop import NOW, Workshop

LATER = NOW + timedelta(days=1)


@pytest.fixture
def postmaster() -> Postmaster:
    return Postmaster()


@pytest.fixture
def mail_url(postmaster: Postmaster) -> Iterator[str]:
    with mail_server(postmaster) as port:
        yield f"smtp://127.0.0.1:{port}?from=scheme@example.org"


@pytest.fixture
def engine(upgraded_url: str) -> Iterator[sa.Engine]:
    engine = open_engine(upgraded_url)
    yield engine
    engine.dispose()


def posted(engine: sa.Engine, key: str = "1", to: str = "v@example.org", **more: Any) -> None:
    with writing(engine) as session:
        subject, body = more.pop("subject", "Your duty"), more.pop("body", "A visit is waiting.")
        write(session, "duty offered", key, to, subject, body, at=NOW, **more)
        session.commit()


def send(engine: sa.Engine, mail_url: str, at: datetime = NOW) -> int:
    return send_waiting(engine, SmtpCarrier(mail_url, "icv.example.org"), lambda: at)


def kept(engine: sa.Engine) -> Letter:
    with reading(engine) as session:
        return session.scalars(sa.select(Letter)).one()


def test_a_letter_of_a_known_key_is_written_once(session: Session, make: Workshop) -> None:
    account = make.account(email="v@example.org")
    assert write(session, "rota published", "rota 1", account, "One", "…", at=NOW)
    assert not write(session, "rota published", "rota 1", account, "Two", "…", at=NOW)
    assert write(session, "rota published", "rota 2", account, "Three", "…", at=NOW)
    written = session.execute(sa.select(Letter.subject, Letter.account_id).order_by(Letter.id)).all()
    assert written == [("One", account.id), ("Three", account.id)]


def test_the_same_letter_goes_to_each_once_under_their_own_name(session: Session, make: Workshop) -> None:
    both = [make.account(Role.COORDINATOR), make.account(Role.COORDINATOR)]
    for _ in range(2):
        letters.write_to_each(session, "news", "visit 3", both, "News", "There is some.\n", at=NOW)
    kept = session.execute(sa.select(Letter.key, Letter.account_id, Letter.body).order_by(Letter.id)).all()
    assert kept == [
        (f"news: visit 3, account {one.id}", one.id, f"Dear {one.name},\n\nThere is some.\n") for one in both
    ]


def test_a_letter_arrives_as_it_was_written(engine: sa.Engine, mail_url: str, postmaster: Postmaster) -> None:
    body = "Dear Siân,\n\n.a line that begins with a dot\nFrom the office — £5\n" + "long " * 400 + "\n"
    posted(engine, subject="Your duty at Euston Street – Siân", body=body)
    assert send(engine, mail_url) == 1
    (letter,) = postmaster.taken
    assert letter["Subject"] == "Your duty at Euston Street – Siân"
    assert letter.get_content().replace("\r\n", "\n") == body
    assert letter["To"] == "v@example.org"
    assert letter["From"] == "scheme@example.org"
    assert letter["Message-ID"] == f"<{kept(engine).message_id}@icv.example.org>"
    assert kept(engine).state is LetterState.SENT
    assert kept(engine).sent_at == NOW


def test_a_letter_is_sent_once(engine: sa.Engine, mail_url: str, postmaster: Postmaster) -> None:
    posted(engine)
    assert [send(engine, mail_url), send(engine, mail_url, LATER)] == [1, 0]
    assert len(postmaster.taken) == 1


def test_a_letter_waits_for_its_day(engine: sa.Engine, mail_url: str) -> None:
    posted(engine, not_before=LATER)
    assert send(engine, mail_url, LATER - timedelta(seconds=1)) == 0
    assert send(engine, mail_url, LATER) == 1


def test_ways_in_go_before_other_letters(engine: sa.Engine, mail_url: str, postmaster: Postmaster) -> None:
    posted(engine, "1", to="first@example.org")
    posted(engine, "2", to="link@example.org", is_security=True)
    send(engine, mail_url)
    assert [letter["To"] for letter in postmaster.taken] == ["link@example.org", "first@example.org"]


def test_a_one_time_link_that_has_gone_out_is_not_kept(engine: sa.Engine, mail_url: str) -> None:
    posted(engine, body="https://icv.example.org/enter/abc", is_security=True)
    send(engine, mail_url)
    assert kept(engine).body == ""


def test_no_text_can_add_a_header_or_a_recipient(
    engine: sa.Engine, mail_url: str, postmaster: Postmaster
) -> None:
    posted(engine, "1", subject="Hello\r\nBcc: other@example.org\r\n\r\nsurprise")
    posted(engine, "2", to="v@example.org\r\nBcc: other@example.org")
    posted(engine, "3", to="v@example.org, other@example.org")
    assert send(engine, mail_url) == 1
    (letter,) = postmaster.taken
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Hello Bcc: other@example.org surprise"
    with reading(engine) as session:
        states = session.scalars(sa.select(Letter.state).order_by(Letter.id)).all()
    assert states == [LetterState.SENT, LetterState.FAILED, LetterState.FAILED]


def test_a_refused_recipient_fails_one_letter_and_says_why(
    engine: sa.Engine, mail_url: str, postmaster: Postmaster
) -> None:
    postmaster.recipient_answers["gone@example.org"] = "550 no such mailbox"
    posted(engine, "1", to="gone@example.org", is_security=True)
    posted(engine, "2")
    assert send(engine, mail_url) == 1
    with reading(engine) as session:
        failed = session.scalars(sa.select(Letter).where(Letter.state == LetterState.FAILED)).one()
    assert (failed.to_email, failed.body) == ("gone@example.org", "")
    assert "no such mailbox" in failed.last_error


@pytest.mark.parametrize("where", ["at the recipient", "after the text"])
def test_a_letter_put_off_goes_again_later(
    engine: sa.Engine, mail_url: str, postmaster: Postmaster, where: str
) -> None:
    if where == "at the recipient":
        postmaster.recipient_answers["v@example.org"] = "451 greylisted"
    else:
        postmaster.data_answer = "451 greylisted"
    posted(engine)
    assert send(engine, mail_url) == 0
    assert (kept(engine).state, kept(engine).not_before) == (LetterState.WAITING, NOW + WAITS[0])
    assert "greylisted" in kept(engine).last_error
    postmaster.recipient_answers, postmaster.data_answer = {}, "250 taken"
    first_id = kept(engine).message_id
    assert [send(engine, mail_url), send(engine, mail_url, NOW + WAITS[0])] == [0, 1]
    assert postmaster.taken[0]["Message-ID"] == f"<{first_id}@icv.example.org>"


def test_a_letter_put_off_for_days_is_given_up(
    engine: sa.Engine, mail_url: str, postmaster: Postmaster
) -> None:
    postmaster.recipient_answers["v@example.org"] = "451 mailbox full"
    posted(engine)
    for day in range(MOST_TRIES):
        send(engine, mail_url, NOW + timedelta(days=day))
    assert kept(engine).state is LetterState.FAILED
    assert "Given up" in kept(engine).last_error
    assert "mailbox full" in kept(engine).last_error


def test_a_server_that_is_not_there_is_asked_once_a_round(engine: sa.Engine) -> None:
    posted(engine, "1")
    posted(engine, "2")
    assert send(engine, "smtp://127.0.0.1:1") == 0
    with reading(engine) as session:
        tries = session.scalars(sa.select(Letter.tries).order_by(Letter.id)).all()
        error = session.scalars(sa.select(Letter.last_error).order_by(Letter.id)).all()[0]
    assert tries == [1, 0]
    assert "ICV_MAIL_URL" in error


@pytest.mark.parametrize(
    ("is_security", "state"), [(True, LetterState.WAITING), (False, LetterState.MAY_HAVE_BEEN_SENT)]
)
def test_when_the_server_dies_in_mid_send_only_a_way_in_goes_again(
    engine: sa.Engine, mail_url: str, postmaster: Postmaster, is_security: bool, state: LetterState
) -> None:
    postmaster.breaks_off = True
    posted(engine, is_security=is_security)
    send(engine, mail_url)
    assert kept(engine).state is state
    assert "may have arrived" in kept(engine).last_error


SENDER = """
import sys
from datetime import datetime
from icv.services.letters import send_waiting
from icv.services.post import SmtpCarrier
from icv.store.engine import open_engine
database, mail_url, now = sys.argv[1:]
at = datetime.fromisoformat(now)
send_waiting(open_engine(database), SmtpCarrier(mail_url, "icv.example.org"), lambda: at)
"""


@pytest.mark.parametrize(
    ("is_security", "state"), [(True, LetterState.SENT), (False, LetterState.MAY_HAVE_BEEN_SENT)]
)
def test_when_the_worker_is_killed_in_mid_send_only_a_way_in_goes_again(
    engine: sa.Engine,
    upgraded_url: str,
    mail_url: str,
    postmaster: Postmaster,
    is_security: bool,
    state: LetterState,
) -> None:
    postmaster.holds = threading.Event()
    posted(engine, is_security=is_security)
    worker = subprocess.Popen([sys.executable, "-c", SENDER, upgraded_url, mail_url, NOW.isoformat()])
    while not postmaster.has_text.wait(0.1):
        assert worker.poll() is None, "the worker never got as far as the text"
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    postmaster.holds.set()
    assert kept(engine).state is LetterState.SENDING
    assert send(engine, mail_url) == 0, "until its time is up it may still be on its way"
    send(engine, mail_url, NOW + letters.LONGEST_SEND)
    assert kept(engine).state is state


def test_a_late_answer_does_not_undo_what_was_settled_meanwhile(engine: sa.Engine, mail_url: str) -> None:
    class Slow:
        def carry(self, letter: Outgoing) -> None:
            send(engine, mail_url, LATER)
            raise Refused("too late to matter")

    posted(engine, is_security=True)
    send_waiting(engine, Slow(), lambda: NOW)
    assert (kept(engine).state, kept(engine).last_error) == (LetterState.SENT, "")


def test_a_wrong_password_fails_no_letter(engine: sa.Engine, postmaster: Postmaster) -> None:
    def refuse(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    posted(engine)
    with mail_server(postmaster, authenticator=refuse, auth_require_tls=False) as port:
        send(engine, f"smtp://icv:wrong%2Fpassword@127.0.0.1:{port}")
    assert kept(engine).state is LetterState.WAITING
    assert "535" in kept(engine).last_error
    assert "wrong/password" not in kept(engine).last_error


def test_starttls_insisted_on_and_not_offered_sends_nothing(
    engine: sa.Engine, mail_url: str, postmaster: Postmaster
) -> None:
    posted(engine)
    assert send(engine, mail_url.replace("smtp://", "smtp+starttls://")) == 0
    assert postmaster.taken == []
    assert kept(engine).state is LetterState.WAITING


def test_the_post_bag_says_what_is_stuck(engine: sa.Engine, mail_url: str, postmaster: Postmaster) -> None:
    postmaster.recipient_answers["gone@example.org"] = "550 no such mailbox"
    posted(engine, "1", to="gone@example.org")
    send(engine, mail_url)
    posted(engine, "2")
    with reading(engine) as session:
        bag = post_bag(session, LATER, grace=timedelta(hours=1), memory=timedelta(days=7))
    assert (bag.waiting, bag.oldest_waiting_at, bag.failed) == (1, NOW, 1)
    assert "no such mailbox" in bag.last_error


@pytest.mark.parametrize("is_security", [False, True])
def test_a_letter_that_failed_goes_again_unless_it_held_a_link(
    session: Session, make: Workshop, is_security: bool
) -> None:
    write(session, "test", "1", "v@example.org", "Your duty", "…", at=NOW, is_security=is_security)
    letter = session.scalars(sa.select(Letter)).one()
    coordinator = make.actor(Role.COORDINATOR)
    assert not send_again(session, letter.id, by=coordinator, at=NOW), "it waits already"
    letter.state = LetterState.FAILED
    session.flush()
    (line,) = latest_letters(session)
    assert line.may_go_again is not is_security
    assert send_again(session, letter.id, by=coordinator, at=NOW) is not is_security
