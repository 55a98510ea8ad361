"""Findings put to the police, and answering them."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import Length

from icv.rules.access import Action
from icv.services import findings as desk
from icv.store.findings import SoughtPut, finding_put, findings_put, how_many_put
from icv.store.suites import suite_names
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import GuardedForm, is_given_away
from icv.web.lists import number_asked, pages_of
from icv.web.pages import choices, page
from icv.web.police.words import AGES, REPLY_HINT, STATES, TITLES
from icv.web.refusals import told_in

bp = Blueprint("police", __name__, url_prefix="/police")

SIZE = 50


class ReplyForm(GuardedForm):
    words = TextAreaField("Your reply", [Length(max=desk.MOST_WORDS)], description=REPLY_HINT)


@bp.get("/")
@needs(Action.SEE_FINDINGS_PUT)
def index() -> ResponseReturnValue:
    asked = _asked()
    sought = SoughtPut(asked["suite"], _put_before(asked["age"]), STATES.get(asked["state"], (None,))[0])
    counts = how_many_put(db.session(), sought, today())
    number, last = pages_of(counts.put, SIZE)
    return page(
        "police/index.html",
        lines=findings_put(db.session(), page=number, size=SIZE, sought=sought),
        counts=counts,
        asked=asked,
        kept={name: value for name, value in asked.items() if value},
        suites=suite_names(db.session()),
        ages=AGES,
        states=STATES,
        number=number,
        last=last,
        today=today(),
        marking=choices().records_marking,
    )


@bp.get("/<int:finding_id>")
@needs(Action.SEE_FINDINGS_PUT)
def show(finding_id: int) -> ResponseReturnValue:
    return _page(finding_id, ReplyForm())


@bp.post("/<int:finding_id>/reply")
@needs(Action.REPLY_TO_FINDING)
def reply(finding_id: int) -> ResponseReturnValue:
    form = ReplyForm()
    if finding_put(db.session(), finding_id) is None:
        abort(404)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        words, by = (form.words.data or "").strip(), current_user.actor
        with told_in(form):
            desk.reply(db.session(), finding_id, words, by=by, at=now())
            db.session.commit()
            flash("Your reply is with the scheme. You will see here whether more is asked.")
            return redirect(url_for("police.show", finding_id=finding_id))
    return _page(finding_id, form)


def _page(finding_id: int, form: ReplyForm) -> ResponseReturnValue:
    return page(
        "police/show.html",
        finding=finding_put(db.session(), finding_id) or abort(404),
        form=form,
        titles=TITLES,
        today=today(),
        marking=choices().records_marking,
    )


def _asked() -> dict[str, Any]:
    """What the list is narrowed to, by the names in the address."""
    age, state = number_asked("age"), request.args.get("state", "")
    return {
        "suite": number_asked("suite"),
        "age": age if age in AGES else None,
        "state": state if state in STATES else "",
    }


def _put_before(age: int | None) -> date | None:
    return today() - timedelta(days=age) if age else None
