"""The pages of a link to findings, and what a browser holds in which its code was entered."""

from flask import Blueprint, session
from flask.blueprints import BlueprintSetupState

from icv.services.accounts import digest
from icv.store.findings import HeldLink, link_held
from icv.web.clock import now
from icv.web.db import db

HELD = "finding_links"
MOST_HELD = 5

bp = Blueprint("answering", __name__, url_prefix="/answer")


def _ask_for_no_token(state: BlueprintSetupState) -> None:
    """No other site knows the secret in the address; and a reply typed before a browser forgot its cookie
    is kept, as any other that is sent too late."""
    state.app.extensions["csrf"].exempt(bp)


bp.record(_ask_for_no_token)


def held(secret: str) -> HeldLink | None:
    browser = browser_of(secret)
    return link_held(db.session(), digest(secret), digest(browser) if browser else "", at=now())


def browser_of(secret: str) -> str:
    """What this browser was given when the code of the link was entered in it; empty where it was not."""
    kept = session.get(HELD)
    found = kept.get(_name(secret)) if isinstance(kept, dict) else None
    return found if isinstance(found, str) else ""


def hold(secret: str, browser: str) -> None:
    kept = session.get(HELD)
    others = [one for one in (kept if isinstance(kept, dict) else {}).items() if one[0] != _name(secret)]
    session[HELD] = dict([*others[1 - MOST_HELD :], (_name(secret), browser)])


def _name(secret: str) -> str:
    """The cookie never holds the link itself."""
    return digest(secret)[:12]
