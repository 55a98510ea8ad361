"""An application begun, saved and asked after."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from icv.services.recruitment import beginning as desk
from tests.applications import CHOICES, FROM, round_open
from tests.workshop import NOW, Workshop

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def address_of(token: str) -> str:
    return f"https://icv.example.org/apply/return/{token}"


def save(session: Session, token: str, page: str, typed: dict[str, Any], **more: Any) -> desk.Saved:
    return desk.save(
        session,
        token,
        page,
        typed,
        CHOICES,
        from_address=more.pop("from_address", FROM),
        address_of=address_of,
        at=more.pop("at", NOW),
    )


def begin(session: Session, make: Workshop, **more: Any) -> str:
    return desk.begin(session, round_open(make, **more).id, from_address=FROM, at=NOW)
