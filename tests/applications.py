"""Applications for tests: what a good one says, and drafts that wait to be sent."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from icv.rules.applying import pages
from icv.rules.scheme import Choices
from icv.services.accounts import digest
from icv.store.people import Round
from icv.store.recruitment import Application
from tests.workshop import NOW, TODAY, Workshop

CHOICES = Choices()
FROM = "192.0.2.1"


def round_open(make: Workshop, name: str = "Spring", **more: Any) -> Round:
    """Open to all since a month ago, for another month."""
    kept: Round = make.keep(
        Round(
            name=name,
            is_public=more.pop("is_public", True),
            opened_on=more.pop("opened_on", TODAY - timedelta(days=30)),
            closed_on=more.pop("closed_on", TODAY + timedelta(days=30)),
            **more,
        )
    )
    return kept


def answers(email: str = "ada@example.org", called: str = "Ada Byron", **changed: Any) -> dict[str, Any]:
    """Nothing in it keeps it from being sent; a page named with underscores replaces or, if None, removes."""
    said: dict[str, Any] = {
        "name": {"name": called},
        "contact": {"email": email, "phone": "07700 900123"},
        "area": {"ties": ["live", "work"], "town": "Oadby"},
        "age": {"is_adult": True},
        "roles": {"declared": list(CHOICES.barred_roles)},
        "connections": {"has_any": False, "words": ""},
        "why": {"why": "I have worked in care homes.\n\nI know what an outside eye is worth."},
        "referee-1": referee("Sam Rivers", "sam@example.net"),
        "referee-2": referee("Lee Hill", "lee@example.net"),
        "heard": {"heard": ""},
        "consent": {"vetting": True, "references": True},
    }
    said.update({page.replace("_", "-"): own for page, own in changed.items()})
    assert set(said) == {page.name for page in pages(CHOICES)}
    return {page: own for page, own in said.items() if own is not None}


def referee(name: str, email: str) -> dict[str, Any]:
    return {"name": name, "email": email, "phone": "", "relation": "My manager", "is_no_relative": True}


def draft_of(session: Session, round_id: int, said: dict[str, Any], token: str = "token") -> Application:
    """Begun half an hour ago."""
    kept = Application(
        round_id=round_id,
        token_digest=digest(token),
        email=said.get("contact", {}).get("email", ""),
        answers=said,
        began_at=NOW - timedelta(minutes=30),
        changed_at=NOW,
        expires_at=NOW + timedelta(days=28),
    )
    session.add(kept)
    session.flush()
    return kept


def sent(session: Session, round_id: int, said: dict[str, Any], **more: Any) -> Application:
    """Sent, and waiting for the coordinator unless `more` says otherwise."""
    kept = draft_of(session, round_id, said, token=f"token {said['contact']['email']}")
    kept.sent_at = NOW
    for name, value in more.items():
        setattr(kept, name, value)
    session.flush()
    return kept


def at(day: date) -> datetime:
    """Noon of a day."""
    return NOW + (day - TODAY)
