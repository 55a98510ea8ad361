"""Opening a link in a browser: a code is sent to its address, and entered."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.answering import MOST_TRIES, LinkStand, is_code_good, next_code_at
from icv.rules.days import london
from icv.services import letters
from icv.services.accounts import digest
from icv.services.finding_links.errors import LinkError
from icv.services.throttling import Limit, is_within
from icv.store.findings import FindingLink, link_held
from icv.store.trail import note

CODES = Limit("code of a link to findings", of_address=60, of_email=12, window=timedelta(days=1))
"""A whole force may come from one address; of one link twelve codes of five tries each leave no guessing."""
NO_MORE = "This link is over: answer the letter and ask the office for a new one."


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of a code: the secret of this browser from now on, or else what was wrong with it."""

    secret: str = ""
    fault: str = ""


def send_code(session: Session, secret: str, *, from_address: str, at: datetime) -> None:
    """Six digits to the address of the link, in place of any before. Raises LinkError where none can go."""
    link = held_open(session, secret, at=at)
    if (soonest := next_code_at(link.code_sent_at)) and at < soonest:
        raise LinkError(
            f"A code was sent at {london(link.code_sent_at or at):%H:%M}. It can take a few minutes: look in"
            f" the folder for unwanted mail too. Another can be sent from {london(soonest):%H:%M}"
        )
    if not is_within(session, CODES, address=from_address, email=f"link {link.id}", at=at):
        raise LinkError(
            "Too many codes were asked for today. Try again tomorrow, or answer the letter and ask the office"
        )
    code = f"{secrets.randbelow(1_000_000):06}"
    link.code_digest, link.code_sent_at, link.code_tries = _digest_of(secret, code), at, 0
    letters.write(
        session,
        "code of a link to findings",
        f"link {link.id}, {at.isoformat()}",
        link.email,
        "Your code for the custody visiting findings",
        f"Dear {link.name},\n\nYour code is {code}\n\nEnter it on the page you asked from, within 15 minutes."
        " It can be used once. If you did not ask for it, somebody else has your link: please tell the"
        " office.\n",
        at=at,
        is_security=True,
    )
    note(session, "send code of a link to findings", "finding link", link.id, by=None, at=at)


def enter_code(session: Session, secret: str, code: str, *, at: datetime) -> Entry:
    """Uses the code up where it is right, counts the try where it is not: commit either way.

    A browser in which the link was open before is shut out by the one in which the code was entered last.
    """
    link = held_open(session, secret, at=at)
    if link.code_digest is None or not is_code_good(link.code_sent_at, link.code_tries, at=at):
        return Entry(fault="This code is over: codes last 15 minutes and can be used once. Ask for a new one")
    link.code_tries += 1
    digits = "".join(sign for sign in code if sign.isdigit())
    if not compare_digest(link.code_digest, _digest_of(secret, digits)):
        left = MOST_TRIES - link.code_tries
        note(session, "wrong code of a link to findings", "finding link", link.id, by=None, at=at)
        return Entry(fault=_how_many_left(left))
    browser = secrets.token_urlsafe(32)
    link.opened_digest, link.opened_at, link.code_digest = digest(browser), at, None
    note(session, "open link to findings", "finding link", link.id, by=None, at=at)
    return Entry(secret=browser)


def held_open(session: Session, secret: str, *, at: datetime) -> FindingLink:
    """The link of this secret, kept from everybody else until the act is over."""
    link = session.scalar(
        sa.select(FindingLink)
        .where(FindingLink.secret_digest == digest(secret))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    held = link_held(session, digest(secret), "", at=at)
    if link is None or held is None or held.stand is not LinkStand.OPEN:
        raise LinkError(NO_MORE)
    return link


def _digest_of(secret: str, code: str) -> str:
    """Of both: a million codes are soon tried by whoever reads the database, but the link is not in it."""
    return digest(f"{secret} {code}")


def _how_many_left(left: int) -> str:
    if not left:
        return "That is not the code, and it was the last try with it. Ask for a new one"
    return f"That is not the code. You can try {'once' if left == 1 else f'{left} times'} more"
