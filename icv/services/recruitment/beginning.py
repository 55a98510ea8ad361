"""An application being written: begun, saved page by page, gone on with by a link, deleted."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules import applying
from icv.rules.days import day_in_words, london_day
from icv.rules.refusals import Refusal
from icv.rules.scheme import Choices
from icv.services import letters
from icv.services.accounts import digest
from icv.services.throttling import Limit, is_within
from icv.store.accounts import email_key
from icv.store.recruitment import Application
from icv.store.recruitment.applications import PublicRound, public_round, reached_by
from icv.store.trail import note

DRAFTS_LAST = timedelta(days=28)
BEGINNING = Limit("application begun", of_address=40, of_email=0)
ASKING = Limit("application link", of_address=20, of_email=3)

AddressOf = Callable[[str], str]
"""Gives the full web address by which a draft's token goes on with it."""


class ApplyingError(Refusal):
    """Why an application is not taken, in a sentence that its applicant reads."""


class Unanswered(ApplyingError):
    """Answers of a page that cannot be kept so; each fault stands beside its field."""

    def __init__(self, faults: Sequence[applying.Fault]) -> None:
        super().__init__(faults[0].sentence, field=faults[0].field)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Saved:
    """`token` is a new one where the address has changed; `is_letter_new`: a link is on its way to it."""

    token: str | None = None
    is_letter_new: bool = False


def begin(session: Session, round_id: int, *, from_address: str, at: datetime) -> str:
    """An empty draft; returns its token, which is kept nowhere else. Raises ApplyingError."""
    found = public_round(session, round_id)
    if found is None or not found.is_open_on(london_day(at)):
        raise ApplyingError("This round takes no applications today. Look at what is open now.")
    if not is_within(session, BEGINNING, address=from_address, at=at):
        raise ApplyingError(
            "Many applications were begun from your connection within the hour. Wait an hour and try again,"
            " or write to the office."
        )
    token = secrets.token_urlsafe(32)
    draft = Application(
        round_id=round_id,
        token_digest=digest(token),
        answers={},
        began_at=at,
        changed_at=at,
        expires_at=at + DRAFTS_LAST,
    )
    session.add(draft)
    session.flush()
    note(session, "begin", "application", draft.id, by=None, at=at)
    return token


def save(
    session: Session,
    token: str,
    page: str,
    typed: Mapping[str, Any],
    choices: Choices,
    *,
    from_address: str,
    address_of: AddressOf,
    at: datetime,
) -> Saved:
    """Keeps a page's answers. Raises Unanswered with what is wrong, ApplyingError where it is too late."""
    draft = held_for_change(session, token, at=at)
    asked = applying.page_named(page, choices)
    if draft.sent_at is not None or asked is None:
        raise ApplyingError("This application has been sent: nothing in it can be changed any more.")
    own = applying.tidied(typed)
    if faults := applying.faults(asked, own, draft.answers, choices):
        raise Unanswered(faults)
    draft.answers = {**draft.answers, page: own}
    draft.changed_at, draft.expires_at = at, at + DRAFTS_LAST
    if page != "contact" or email_key(own["email"]) == email_key(draft.email):
        return Saved()
    return _follow_address(session, draft, own["email"], from_address, address_of, at)


def _follow_address(
    session: Session,
    draft: Application,
    email: str,
    from_address: str,
    address_of: AddressOf,
    at: datetime,
) -> Saved:
    """Sends the way back to the new address. What went to another one works no more, opened or not."""
    renewed = secrets.token_urlsafe(32) if draft.email else None
    if renewed:
        draft.token_digest = digest(renewed)
    draft.email, draft.link_digest = email, None
    is_within_limit = is_within(session, ASKING, address=from_address, email=email, at=at)
    if is_within_limit:
        _write_link(session, draft, address_of, at)
    return Saved(renewed, is_within_limit)


def ask_for_link(
    session: Session, email: str, *, from_address: str, address_of: AddressOf, at: datetime
) -> None:
    """A fresh link to the latest draft of that address, and no word of whether there is one.

    Anybody may ask: until it is opened, the device that holds the draft keeps it. Raises ApplyingError where
    there were too many.
    """
    if not is_within(session, ASKING, address=from_address, email=email, at=at):
        raise ApplyingError(
            "This was asked for several times within the hour. Look through your e-mail, the folder for"
            " unwanted mail too, or wait an hour and try again."
        )
    drafts = session.scalars(
        sa.select(Application)
        .where(
            sa.func.lower(Application.email) == email.strip().lower(),
            Application.sent_at.is_(None),
            Application.expires_at > at,
        )
        .order_by(Application.changed_at.desc(), Application.id.desc())
        .with_for_update()
    ).all()
    if not drafts:
        return
    _write_link(session, drafts[0], address_of, at)


def open_link(session: Session, token: str, *, at: datetime) -> None:
    """Its token becomes that of the device, and whatever held the application before lets go of it.

    Opened again, on one more device, it changes nothing. Raises ApplyingError.
    """
    opened = _for_change(session, reached_by(digest(token)), at)
    if opened.token_digest != digest(token):
        opened.token_digest, opened.link_digest = digest(token), None
        note(session, "open by link", "application", opened.id, by=None, at=at)


def delete(session: Session, token: str, *, at: datetime) -> None:
    """Everything typed so far, at its writer's wish. Raises ApplyingError where it was sent already."""
    draft = held_for_change(session, token, at=at)
    if draft.sent_at is not None:
        raise ApplyingError(
            "This application has been sent: deleting the draft does not take it back. To withdraw it, write"
            " to the office."
        )
    session.delete(draft)
    note(session, "delete draft", "application", draft.id, by=None, at=at)


def held_for_change(session: Session, token: str, *, at: datetime) -> Application:
    """The application, kept from everybody else until the transaction ends. Raises ApplyingError."""
    return _for_change(session, Application.token_digest == digest(token), at)


def _for_change(session: Session, is_it: sa.ColumnElement[bool], at: datetime) -> Application:
    draft = session.scalar(sa.select(Application).where(is_it, Application.expires_at > at).with_for_update())
    if draft is None:
        raise ApplyingError(
            "This application is not here any more, or a newer link has taken its place. Ask for a new link."
        )
    return draft


def refuse_closed(found: PublicRound, expires_at: datetime, today_at: datetime) -> None:
    """Raises ApplyingError, with how long a draft is kept, once the round takes no applications."""
    if not found.is_open_on(london_day(today_at)):
        ended = f" on {day_in_words(found.last_on)}" if found.last_on else ""
        raise ApplyingError(
            f"This round closed{ended}, so the application cannot be sent any more. What you typed is kept"
            f" until {day_in_words(london_day(expires_at))}, then deleted. Ask the office whether another"
            " round is planned."
        )


def _write_link(session: Session, draft: Application, address_of: AddressOf, at: datetime) -> None:
    """Nothing that was typed stands in it: nobody has confirmed yet whose address it is."""
    token = secrets.token_urlsafe(32)
    draft.link_digest = digest(token)
    letters.write(
        session,
        "application link",
        f"application {draft.id}, {digest(token)}, {at.isoformat()}",
        draft.email,
        "Go on with your application",
        "Hello,\n\nsomebody, most likely you, has begun an application to become an independent custody"
        " visitor and gave this address. Go on with it here, on any device:\n\n"
        f"{address_of(token)}\n\n"
        f"It is kept until {day_in_words(london_day(draft.expires_at))}, and longer if you change it. Do not"
        " pass the link on: it opens what you have typed. If it was not you, do nothing: the draft is"
        " deleted by itself.\n",
        at=at,
        is_security=True,
    )
