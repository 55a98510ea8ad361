"""Calendar links, listed, made and stopped; and the calendars behind them, open to whoever has the link."""

import hashlib

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import feeds as desk
from icv.store.feeds import OpenFeed, own_feeds
from icv.web.clock import now
from icv.web.db import db
from icv.web.feeds.forms import FeedForm
from icv.web.gate import needs, open_to_all
from icv.web.pages import choices, page
from icv.web.refusals import told_in

bp = Blueprint("feeds", __name__)


@bp.route("/calendar-links/", methods=["GET", "POST"])
@needs(Action.KEEP_FEEDS)
def index() -> ResponseReturnValue:
    form = FeedForm()
    if form.validate_on_submit():
        with told_in(form):
            secret = desk.make(db.session(), form.label.data, by=current_user.actor, at=now())
            db.session.commit()
            return page("feeds/link.html", label=form.label.data, address=_address(secret))
    return page("feeds/index.html", form=form, feeds=own_feeds(db.session(), current_user.actor))


@bp.post("/calendar-links/<int:feed_id>/stop")
@needs(Action.KEEP_FEEDS)
def revoke(feed_id: int) -> ResponseReturnValue:
    if not desk.revoke(db.session(), feed_id, by=current_user.actor, at=now()):
        abort(404)
    db.session.commit()
    flash("That link is stopped. The calendar that used it will show nothing new.")
    return redirect(url_for("feeds.index"))


@bp.get("/calendar/<secret>.ics")
@open_to_all
def calendar(secret: str) -> ResponseReturnValue:
    feed = desk.feed_of(db.session(), secret, at=now()) or abort(404)
    body = desk.calendar(
        db.session(),
        feed,
        choices=choices(),
        domain=current_app.config["ICV"].domain,
        link=f"{_base()}{url_for('duties.index')}",
        at=now(),
    )
    _note_fetch(feed)
    return _answer(body)


def _answer(body: bytes) -> ResponseReturnValue:
    """304 where the calendar program has this already."""
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = "inline; filename=duties.ics"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hashlib.sha256(body).hexdigest())
    return answer.make_conditional(request)


def _note_fetch(feed: OpenFeed) -> None:
    """In a transaction of its own, at most once an hour."""
    if desk.is_fetch_to_note(feed, now()):
        db.session.rollback()
        with db.apart() as session:
            desk.note_fetch(session, feed, at=now())
            session.commit()


def _address(secret: str) -> str:
    return f"{_base()}{url_for('feeds.calendar', secret=secret)}"


def _base() -> str:
    base: str = current_app.config["ICV"].base_url
    return base
