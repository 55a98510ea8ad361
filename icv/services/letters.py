"""Letters: written with the act that causes them, sent after it, each at most once."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from icv.rules.access import Actor
from icv.store import letters as store
from icv.store.accounts import Account
from icv.store.engine import writing
from icv.store.letters import IN_TROUBLE, Letter, LetterState, Outgoing
from icv.store.trail import note

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
MOST_TRIES = len(WAITS) + 1
LONGEST_SEND = timedelta(minutes=10)  # well above what the carrier's own time limits add up to

PageAddress = Callable[[str], str]
"""The full web address of a page of the service, given its path ("/police/"): for whoever writes a letter."""


class Addressee(Protocol):
    """Whoever has a name and an e-mail address."""

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...


class NotNow(Exception):
    """This letter is not taken now; it may be later. The text says why."""


class NobodyThere(NotNow):
    """The mail server takes no letter at all now: the round ends."""


class Refused(Exception):
    """This letter will never be taken. The text says why."""


class Unclear(Exception):
    """The connection broke after the letter went over and before it was acknowledged."""


class Carrier(Protocol):
    """Who takes letters away: the SMTP carrier in service, a notebook in tests."""

    def carry(self, letter: Outgoing) -> None:
        """Returns when the letter is taken; otherwise raises one of the four above."""


def write(
    session: Session,
    purpose: str,
    subject_key: str,
    to: Account | str,
    subject: str,
    body: str,
    *,
    at: datetime,
    is_security: bool = False,
    not_before: datetime | None = None,
    calendar: str = "",
) -> bool:
    """Puts a letter in the post, to go once the session commits; whether it is a new one.

    `purpose` and `subject_key` together say what it is about ("rota published", "rota 3, person 12"):
    the second letter of the same key is not written. `is_security`: it carries a way in (a link), so
    it goes ahead of others and goes again when nobody can know whether it arrived. `calendar` is an
    iCalendar file that goes with it.
    """
    return store.add(
        session,
        key=f"{purpose}: {subject_key}",
        message_id=str(uuid4()),
        account_id=to.id if isinstance(to, Account) else None,
        to_email=to.email if isinstance(to, Account) else to,
        subject=subject,
        body=body,
        calendar=calendar,
        is_security=is_security,
        made_at=at,
        not_before=not_before or at,
    )


def write_to_each(
    session: Session,
    purpose: str,
    subject_key: str,
    accounts: Iterable[Account],
    subject: str,
    said: str,
    *,
    at: datetime,
    not_before: datetime | None = None,
) -> None:
    """The same letter to several accounts, once to each. `said` follows the greeting."""
    for account in accounts:
        key, body = f"{subject_key}, account {account.id}", f"Dear {account.name},\n\n{said}"
        write(session, purpose, key, account, subject, body, at=at, not_before=not_before)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is written with others: each as `write` would write it."""

    purpose: str
    subject_key: str
    to_email: str
    subject: str
    body: str
    calendar: str = ""


def write_all(
    session: Session, drafts: Sequence[Draft], *, at: datetime, not_before: datetime | None = None
) -> None:
    """All letters of one act in one statement, however many people it concerns."""
    store.add_all(
        session,
        [
            {
                "key": f"{one.purpose}: {one.subject_key}",
                "message_id": str(uuid4()),
                "to_email": one.to_email,
                "subject": one.subject,
                "body": one.body,
                "calendar": one.calendar,
                "made_at": at,
                "not_before": not_before or at,
            }
            for one in drafts
        ],
    )


def unwritten(session: Session, purpose: str, subject_keys: Collection[str]) -> set[str]:
    """Those of which no letter is written yet, asked for all at once: a reminder asks every hour."""
    keys = {f"{purpose}: {subject_key}": subject_key for subject_key in subject_keys}
    return set(subject_keys) - {keys[key] for key in store.keys_written(session, list(keys))}


def waits_last(session: Session, purposes: Collection[str], about: str, to_email: str) -> str:
    """What the last letter still to go to somebody is for, of those with such keys; empty: none waits."""
    key = store.last_waiting(session, [f"{purpose}: {about}" for purpose in purposes], to_email)
    return key.partition(": ")[0]


def send_waiting(engine: sa.Engine, carrier: Carrier, clock: Callable[[], datetime]) -> int:
    """Sends what is due, a letter at a time, each in no transaction; how many were taken.

    Several may run at once: a letter is claimed by one. What a sender that died left behind is settled first.
    """
    _settle_interrupted(engine, clock())
    taken = 0
    while (letter := _claim(engine, clock())) is not None:
        try:
            carrier.carry(letter)
        except NotNow as trouble:
            _try_later(engine, letter, str(trouble), clock())
            if isinstance(trouble, NobodyThere):
                break
        except Refused as refusal:
            _fail(engine, letter, str(refusal))
        except Unclear as trouble:
            _leave_or_try_later(engine, letter, str(trouble), clock())
        else:
            _note(engine, letter, state=LetterState.SENT, sent_at=clock(), last_error="", **_emptied(letter))
            taken += 1
    return taken


def _claim(engine: sa.Engine, now: datetime) -> Outgoing | None:
    with writing(engine) as session:
        letter = store.claim_next(session, now, now + LONGEST_SEND)
        session.commit()
        return letter


def _note(engine: sa.Engine, letter: Outgoing, **outcome: object) -> None:
    with writing(engine) as session:
        store.note_try(session, letter, **outcome)
        session.commit()


def _fail(engine: sa.Engine, letter: Outgoing, why: str) -> None:
    _note(engine, letter, state=LetterState.FAILED, last_error=why, **_emptied(letter))


def _emptied(letter: Outgoing) -> dict[str, str]:
    """A one-time link whose letter is done with need not lie here, nor in every backup."""
    return {"body": ""} if letter.is_security else {}


def _try_later(engine: sa.Engine, letter: Outgoing, trouble: str, now: datetime) -> None:
    if letter.tries >= MOST_TRIES:
        given_up = f"Given up after {letter.tries} tries. The last answer was: {trouble}"
        _fail(engine, letter, given_up)
    else:
        again = now + WAITS[letter.tries - 1]
        _note(engine, letter, state=LetterState.WAITING, not_before=again, last_error=trouble)


def _leave_or_try_later(engine: sa.Engine, letter: Outgoing, trouble: str, now: datetime) -> None:
    if letter.is_security:
        _try_later(engine, letter, trouble, now)
    else:
        _note(engine, letter, state=LetterState.MAY_HAVE_BEEN_SENT, last_error=trouble)


def _settle_interrupted(engine: sa.Engine, now: datetime) -> None:
    with writing(engine) as session:
        for letter in store.interrupted(session, now):
            letter.last_error = "The worker stopped while this letter was going out: it may have arrived."
            if not letter.is_security:
                letter.state = LetterState.MAY_HAVE_BEEN_SENT
            elif letter.tries >= MOST_TRIES:
                letter.state, letter.body = LetterState.FAILED, ""
            else:
                letter.state = LetterState.WAITING
        session.commit()


def send_again(session: Session, letter_id: int, *, by: Actor, at: datetime) -> bool:
    """Puts a letter that came to grief back in the post; False if it is no such letter, or holds a link."""
    again = session.scalar(
        sa.update(Letter)
        .where(
            Letter.id == letter_id,
            Letter.state.in_(IN_TROUBLE),
            Letter.is_security.is_(False),
        )
        .values(state=LetterState.WAITING, not_before=at, tries=0, last_error="")
        .returning(Letter.id)
    )
    if again is not None:
        note(session, "send letter again", "letter", letter_id, by=by.account_id, at=at)
    return again is not None
