"""Two requests at once by links to findings: one reply is kept, and the other is told, on both databases."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor, Role
from icv.rules.findings import EventKind, FindingState
from icv.rules.scheme import Choices
from icv.services import finding_links as desk
from icv.services import findings
from icv.services.finding_links import Officer
from icv.store.engine import reading, writing
from icv.store.findings import Finding, FindingEvent
from icv.store.letters import Letter
from icv.store.trail import TrailEntry
from tests.services.at_once import Act, at_once
from tests.workshop import NOW, Workshop

LATER = NOW + timedelta(minutes=5)
ANSWERED = "This finding is now replied, so that cannot be done. Look at it again first."


class Asked:
    """A finding that two officers were asked about, each by a link that is open in a browser."""

    def __init__(self, engine: sa.Engine) -> None:
        with writing(engine) as session:
            make = Workshop(session)
            self.by: Actor = make.actor(Role.COORDINATOR)
            self.finding_id = make.finding().id
            self.secrets = [self._link(session, name) for name in ("green", "brown")]
            self.browsers = [self._opened(session, secret) for secret in self.secrets]
            session.commit()

    def _link(self, session: Session, name: str) -> str:
        secrets: list[str] = []

        def address_of(secret: str) -> str:
            secrets.append(secret)
            return secret

        officer = Officer(name, f"{name}@example.org")
        desk.make_link(
            session, [self.finding_id], officer, Choices(), address_of=address_of, by=self.by, at=NOW
        )
        return secrets[0]

    def _opened(self, session: Session, secret: str) -> str:
        return desk.enter_code(session, secret, code_sent(session, secret), at=NOW).secret

    def answers(self, words: str, link: int = 0) -> Act:
        return lambda session: desk.answer(
            session,
            self.secrets[link],
            self.browsers[link],
            self.finding_id,
            words,
            by_words="Green",
            at=LATER,
        )


def code_sent(session: Session, secret: str) -> str:
    desk.send_code(session, secret, from_address="192.0.2.1", at=NOW)
    body = session.scalars(sa.select(Letter.body).order_by(Letter.id.desc()).limit(1)).one()
    (code,) = re.findall(r"\d{6}", body)
    return str(code)


@pytest.fixture
def asked(apart: sa.Engine) -> Asked:
    return Asked(apart)


def replies(engine: sa.Engine) -> list[str]:
    with reading(engine) as session:
        kept = sa.select(FindingEvent.text).where(FindingEvent.kind == EventKind.REPLIED)
        return list(session.scalars(kept))


def how_often(engine: sa.Engine, act: str) -> int:
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).where(TrailEntry.act == act)) or 0


def test_a_button_pressed_twice_at_once_is_one_reply(apart: sa.Engine, asked: Asked) -> None:
    assert at_once(apart, *[asked.answers("Done.")] * 4) == [""] * 4
    assert replies(apart) == ["Done."]
    assert how_often(apart, "answer by a link to findings") == 1


@pytest.mark.parametrize("link", [0, 1], ids=["two tabs", "two links"])
def test_of_two_replies_at_once_one_is_kept_and_the_other_is_told(
    apart: sa.Engine, asked: Asked, link: int
) -> None:
    told = at_once(apart, asked.answers("The one.", 0), asked.answers("The other.", link))
    assert sorted(told) == ["", ANSWERED]
    assert replies(apart) == [("The one.", "The other.")[told.index("")]]


def test_a_reply_and_the_office_at_once_leave_what_both_were_told(apart: sa.Engine, asked: Asked) -> None:
    def close(session: Session) -> object:
        return findings.move(
            session, asked.finding_id, EventKind.CLOSED, "Settled by phone.", by=asked.by, at=LATER
        )

    answered, _ = at_once(apart, asked.answers("Done."), close)
    assert (replies(apart) == ["Done."]) == (answered == "")
    with reading(apart) as session:
        assert session.scalars(sa.select(Finding.state)).one() is FindingState.CLOSED


def test_a_code_entered_in_two_browsers_at_once_opens_one(apart: sa.Engine, asked: Asked) -> None:
    later = NOW + timedelta(minutes=10)
    with writing(apart) as session:
        desk.send_code(session, asked.secrets[0], from_address="192.0.2.1", at=later)
        body = session.scalars(sa.select(Letter.body).order_by(Letter.id.desc()).limit(1)).one()
        session.commit()
    (code,) = re.findall(r"\d{6}", body)
    entries = []

    def enter(session: Session) -> object:
        return entries.append(desk.enter_code(session, asked.secrets[0], code, at=later))

    assert at_once(apart, enter, enter, enter) == [""] * 3
    assert len([entry for entry in entries if entry.secret]) == 1


def test_of_codes_asked_for_at_once_one_is_sent(apart: sa.Engine, asked: Asked) -> None:
    later = NOW + timedelta(minutes=10)

    def ask(session: Session) -> object:
        return desk.send_code(session, asked.secrets[0], from_address="192.0.2.1", at=later)

    told = at_once(apart, ask, ask, ask)
    assert told.count("") == 1
    assert all("A code was sent at" in one for one in told if one)
