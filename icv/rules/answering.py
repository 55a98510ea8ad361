"""Links by which an officer without an account answers findings: how they open, and how they end."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from icv.rules.days import london_day, midnight

CODE_LASTS = timedelta(minutes=15)
CODE_EVERY = timedelta(minutes=3)
"""A new code is sent no sooner: five tries at each would otherwise soon be many."""
MOST_TRIES = 5
RESTS = timedelta(hours=4)
"""So long a browser in which the code was entered may read on after its last act."""


class LinkStand(StrEnum):
    """Where a link stands, for whoever follows it."""

    OPEN = "open"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ALL_CLOSED = "all closed"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    LinkStand.OPEN: "open",
    LinkStand.REVOKED: "taken back",
    LinkStand.EXPIRED: "over",
    LinkStand.ALL_CLOSED: "nothing left to answer",
}


def stand_of_link(
    *, revoked_at: datetime | None, expires_at: datetime, is_all_closed: bool, at: datetime
) -> LinkStand:
    if revoked_at is not None:
        return LinkStand.REVOKED
    if expires_at <= at:
        return LinkStand.EXPIRED
    return LinkStand.ALL_CLOSED if is_all_closed else LinkStand.OPEN


def ends_at(made_at: datetime, days: int) -> datetime:
    """The midnight in London after the last of so many days, the day it is made not counted."""
    return midnight(london_day(made_at) + timedelta(days=days + 1))


def last_day(expires_at: datetime) -> date:
    return london_day(expires_at - timedelta(seconds=1))


def is_code_good(sent_at: datetime | None, tries: int, *, at: datetime) -> bool:
    """Whether a code sent then, and tried so often, may still be tried."""
    return sent_at is not None and at < sent_at + CODE_LASTS and tries < MOST_TRIES


def next_code_at(sent_at: datetime | None) -> datetime | None:
    """From when another may be asked for; None where none was sent yet."""
    return sent_at + CODE_EVERY if sent_at else None


def is_at_rest(opened_at: datetime | None, *, at: datetime) -> bool:
    """Whether nobody did anything through it for so long that a new code is wanted."""
    return opened_at is None or at >= opened_at + RESTS


def masked(email: str) -> str:
    """j…@example.police.uk: enough for its owner to know where to look, too little for anybody else."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}…@{domain}"
