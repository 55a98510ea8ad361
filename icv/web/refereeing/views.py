"""A referee's answer. A GET shows and does nothing else: mail scanners look at links too."""

from flask import Blueprint, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from icv.rules.bounds import MOST_REASON
from icv.rules.refereeing import QUESTIONS
from icv.services import references as desk
from icv.services.accounts import digest
from icv.store.references import Asked, Open, asked_by_link
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import choices, page
from icv.web.references.forms import AnswerForm
from icv.web.refusals import told_in

bp = Blueprint("refereeing", __name__, url_prefix="/reference")


class DeclineForm(FlaskForm):
    why = TextAreaField(
        "Why, if you wish to say",
        [Optional(), Length(max=MOST_REASON, message=f"Keep it to {MOST_REASON:,} characters")],
        description="Only the coordinator reads it",
    )


def _ask_for_no_cookie(state: BlueprintSetupState) -> None:
    """The token in the address is the only right there is here, and no other site knows it.

    Browsers within mail programs often refuse cookies: what was written would be lost for want of one.
    """
    state.app.extensions["csrf"].exempt(bp)


bp.record(_ask_for_no_cookie)


@bp.route("/<token>", methods=["GET", "POST"])
@open_to_all
def answer(token: str) -> ResponseReturnValue:
    asked = _asked(token)
    if asked is None or asked.open is not Open.YES:
        return _how_it_stands(asked)
    form = AnswerForm(meta={"csrf": False})
    if form.validate_on_submit():
        with told_in(form):
            desk.answer(db.session(), token, form.answer(), at=now())
            db.session.commit()
            return redirect(url_for("refereeing.answer", token=token))
        asked = _asked(token)
        if asked is None or asked.open is not Open.YES:
            return _how_it_stands(asked)
    return page(
        "refereeing/answer.html",
        form=form,
        asked=asked,
        token=token,
        choices=choices(),
    )


@bp.route("/<token>/decline", methods=["GET", "POST"])
@open_to_all
def decline(token: str) -> ResponseReturnValue:
    asked = _asked(token)
    if asked is None or asked.open is not Open.YES:
        return _how_it_stands(asked)
    form = DeclineForm(meta={"csrf": False})
    if form.validate_on_submit():
        with told_in(form):
            desk.decline(db.session(), token, form.why.data or "", at=now())
            db.session.commit()
        return redirect(url_for("refereeing.answer", token=token))
    return page("refereeing/decline.html", form=form, asked=asked, token=token)


def _asked(token: str) -> Asked | None:
    return asked_by_link(db.session(), digest(token), at=now())


def _how_it_stands(asked: Asked | None) -> ResponseReturnValue:
    """The page of a link that takes no answer: thanks where one came, otherwise what to do."""
    if asked is None:
        return page("refereeing/unknown.html", status=404, typed=_typed())
    status = 200 if asked.open in {Open.RECEIVED, Open.DECLINED} else 410
    return page(
        f"refereeing/{asked.open.value.replace(' ', '-')}.html",
        status=status,
        asked=asked,
        choices=choices(),
        typed=_typed(),
    )


def _typed() -> list[tuple[str, str]]:
    """What was written while the link came to its end, by question, so that it can be copied."""
    return [
        (question, words)
        for name, question in QUESTIONS.items()
        if name != "recommends" and (words := request.form.get(name))
    ]
