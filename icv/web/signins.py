"""Sign-ins on the server, told to Flask-Login: the cookie carries a random token and nothing about anyone."""

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from icv.rules.access import Actor
from icv.services import accounts as desk
from icv.store.people import SignedIn, signed_in
from icv.web.clock import now
from icv.web.db import db


class Visitor(UserMixin):
    """Whoever is signed in, as Flask-Login wants them: their id is the sign-in's token."""

    def __init__(self, token: str, held: SignedIn) -> None:
        self.token = token
        self.sign_in_id = held.sign_in_id
        self.actor = held.actor

    def get_id(self) -> str:
        return self.token


def set_up_sign_ins(app: Flask) -> None:
    logins = LoginManager(app)
    logins.session_protection = None
    logins.user_loader(_load)


def _load(token: str) -> Visitor | None:
    held = signed_in(db.session(), desk.digest(token), at=now())
    return Visitor(token, held) if held else None


def asking() -> Actor | None:
    """Who makes this request, None for a stranger."""
    return current_user.actor if current_user.is_authenticated else None


def begin_sign_in(account_id: int) -> bool:
    """Signs the account in on this device. False where it may do nothing any more. Does not commit."""
    token = desk.sign_in(db.session(), account_id, device=_device(), at=now())
    visitor = _load(token)
    if visitor is None:
        return False
    _begin_anew()
    return login_user(visitor)


def end_sign_in() -> None:
    """Ends the sign-in on the server: a copy of the cookie is worth nothing from here on."""
    desk.sign_out(db.session(), current_user.token, by=current_user.actor.account_id, at=now())
    logout_user()
    _begin_anew()


def _begin_anew() -> None:
    """An empty cookie, and a form token of its own: the one made for this request was kept in the old."""
    session.clear()
    g.pop("csrf_token", None)


def _device() -> str:
    """A few words by which somebody knows their own device again."""
    agent = request.user_agent.string
    system = next(
        (
            name
            for sign, name in (
                ("iPhone", "iPhone"),
                ("iPad", "iPad"),
                ("Android", "Android phone"),
                ("Windows", "Windows computer"),
                ("Mac OS", "Mac"),
                ("Linux", "Linux computer"),
            )
            if sign in agent
        ),
        "unknown device",
    )
    browser = next(
        (
            name
            for sign, name in (
                ("Edg", "Edge"),
                ("Firefox", "Firefox"),
                ("Chrom", "Chrome"),
                ("Safari", "Safari"),
            )
            if sign in agent
        ),
        "",
    )
    return f"{browser} on {system}" if browser else system
