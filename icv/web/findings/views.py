"""The board of findings, one finding's thread, and putting to the police, closing and taking up again."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from icv.rules.access import Action
from icv.rules.findings import EventKind, may
from icv.services import findings as desk
from icv.store.findings import Sought, Tray, thread, tray, tray_counts
from icv.store.suites import suite_names
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.lists import number_asked, pages_of
from icv.web.pages import choices, page
from icv.web.refusals import told_in

bp = Blueprint("findings", __name__, url_prefix="/findings")

SIZE = 50
MOVES = {
    "put": EventKind.PUT_TO_POLICE,
    "send-back": EventKind.SENT_BACK,
    "close": EventKind.CLOSED,
    "reopen": EventKind.REOPENED,
}
BUTTONS = {
    "put": "Put it to the police",
    "send-back": "Send the reply back",
    "close": "Close it",
    "reopen": "Take it up again",
}
DONE = {
    "put": "Put to the police. They are told by e-mail.",
    "send-back": "Sent back to the police, with a new day to reply by.",
    "close": "Closed.",
    "reopen": "Taken up again and put to the police, with a new day to reply by.",
}
ASKED = {
    "put": (
        "Anything to add for the police",
        "They read the finding and this. Leave it empty if it says enough",
    ),
    "send-back": ("What is still to be answered?", "The police will read this"),
    "close": ("What was done?", "Say it so that anyone can see why it is closed. The police may read this"),
    "reopen": ("Why is it taken up again?", "The police will read this"),
}


class MoveForm(FlaskForm):
    words = TextAreaField("", [Length(max=4000)])


@bp.get("/")
@needs(Action.SEE_FINDINGS)
def index() -> ResponseReturnValue:
    sought = Sought(number_asked("suite"), request.args.get("category") or None)
    counts = tray_counts(db.session(), sought)
    which = _tray_asked() or next((one for one in Tray if counts[one]), Tray.TO_DECIDE)
    number, last = pages_of(counts[which], SIZE)
    return page(
        "findings/index.html",
        lines=tray(db.session(), which, sought, page=number, size=SIZE),
        counts=counts,
        which=which,
        sought=sought,
        suites=suite_names(db.session()),
        today=today(),
        number=number,
        last=last,
        choices=choices(),
        marking=choices().records_marking,
    )


@bp.get("/<int:finding_id>")
@needs(Action.SEE_FINDINGS)
def show(finding_id: int) -> ResponseReturnValue:
    finding = thread(db.session(), finding_id) or abort(404)
    return page(
        "findings/show.html",
        finding=finding,
        moves=[(name, BUTTONS[name]) for name, kind in MOVES.items() if may(kind, finding.state)],
        today=today(),
        marking=choices().records_marking,
    )


@bp.route("/<int:finding_id>/<any(put, 'send-back', close, reopen):name>", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def move(finding_id: int, name: str) -> ResponseReturnValue:
    finding = thread(db.session(), finding_id) or abort(404)
    form = MoveForm()
    if form.validate_on_submit():
        words = (form.words.data or "").strip()
        with told_in(form):
            desk.move(db.session(), finding_id, MOVES[name], words, by=current_user.actor, at=now())
            db.session.commit()
            flash(DONE[name])
            return redirect(url_for("findings.show", finding_id=finding_id))
    if request.method == "GET" and not may(MOVES[name], finding.state):
        return redirect(url_for("findings.show", finding_id=finding_id))
    form.words.label.text, form.words.description = ASKED[name]
    return page(
        "findings/move.html",
        form=form,
        finding=finding,
        button=BUTTONS[name],
        gives_day=name != "close",
        choices=choices(),
        marking=choices().records_marking,
    )


def _tray_asked() -> Tray | None:
    asked = request.args.get("tray")
    return Tray(asked) if asked in set(Tray) else None
