"""The pages of a link: a code is asked for and entered, then its findings are read and answered.

A GET shows and does nothing else: mail scanners follow links too.
"""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from icv.rules.answering import LinkStand, masked
from icv.services import finding_links as desk
from icv.store.findings import HeldLink, finding_of_link, findings_of_link
from icv.web.answering.blueprint import bp, browser_of, held, hold
from icv.web.answering.forms import AnswerForm, CodeForm
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.guarding import is_given_away
from icv.web.pages import choices, page
from icv.web.police.words import TITLES
from icv.web.refusals import told_in


@bp.get("/<secret>")
@open_to_all
def index(secret: str) -> ResponseReturnValue:
    link = held(secret)
    if link is None or link.stand is not LinkStand.OPEN:
        return _over(link)
    if not link.is_open_here:
        return _door(secret, link, CodeForm())
    return page(
        "answering/index.html",
        link=link,
        secret=secret,
        lines=findings_of_link(db.session(), link.id),
        today=today(),
        marking=choices().records_marking,
    )


@bp.post("/<secret>/code")
@open_to_all
def send_code(secret: str) -> ResponseReturnValue:
    """Shown at once where an answer waits to be sent, so that it is not lost on the way."""
    form = FlaskForm(meta={"csrf": False})
    with told_in(form):
        desk.send_code(db.session(), secret, from_address=request.remote_addr or "", at=now())
        db.session.commit()
        if not AnswerForm().typed:
            flash("A code is on its way to you by e-mail.")
            return redirect(url_for("answering.index", secret=secret))
    link = held(secret)
    if link is None or link.stand is not LinkStand.OPEN:
        return _over(link)
    code_form = CodeForm(formdata=None)
    code_form.form_errors.extend(form.form_errors)
    return _door(secret, link, code_form)


@bp.post("/<secret>/open")
@open_to_all
def enter_code(secret: str) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        with told_in(form):
            entry = desk.enter_code(db.session(), secret, form.code.data or "", at=now())
            db.session.commit()
            if entry.secret:
                hold(secret, entry.secret)
                return _go_on(secret)
            form.code.errors = [entry.fault]
    link = held(secret)
    if link is None or link.stand is not LinkStand.OPEN:
        return _over(link)
    return _door(secret, link, form)


@bp.route("/<secret>/<int:finding_id>", methods=["GET", "POST"])
@open_to_all
def answer(secret: str, finding_id: int) -> ResponseReturnValue:
    link, form = held(secret), AnswerForm()
    if link is None or link.stand is not LinkStand.OPEN:
        return _over(link)
    if not link.is_open_here:
        status = 401 if form.is_submitted() else 200
        return _door(secret, link, CodeForm(formdata=None), finding=finding_id, status=status)
    return _answered(secret, link, finding_id, form)


@bp.post("/<secret>/leave")
@open_to_all
def leave(secret: str) -> ResponseReturnValue:
    form = FlaskForm(meta={"csrf": False})
    with told_in(form):
        desk.leave(db.session(), secret, browser_of(secret), at=now())
        db.session.commit()
        flash("Closed in this browser. The link opens again with a new code.")
    return redirect(url_for("answering.index", secret=secret))


def _answered(secret: str, link: HeldLink, finding_id: int, form: AnswerForm) -> ResponseReturnValue:
    finding = finding_of_link(db.session(), link.id, finding_id) or abort(404)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            desk.answer(
                db.session(),
                secret,
                browser_of(secret),
                finding_id,
                form.typed,
                by_words=form.signed,
                at=now(),
            )
            db.session.commit()
            flash("Your reply is with the scheme. You will see here whether more is asked.")
            return redirect(url_for("answering.answer", secret=secret, finding_id=finding_id))
        finding = finding_of_link(db.session(), link.id, finding_id) or abort(404)
    if not form.is_submitted():
        form.by_words.data = link.name
    return page(
        "answering/finding.html",
        finding=finding,
        form=form,
        link=link,
        secret=secret,
        titles=TITLES,
        today=today(),
        marking=choices().records_marking,
    )


def _go_on(secret: str) -> ResponseReturnValue:
    """Right after a code: to the findings, or to the answer that was typed before the code was asked for."""
    form, link = AnswerForm(), held(secret)
    finding = form.finding.data or ""
    if link is None or not form.typed or not finding.isascii() or not finding.isdigit():
        return redirect(url_for("answering.index", secret=secret))
    return _answered(secret, link, int(finding[:9]), form)


def _door(
    secret: str, link: HeldLink, form: CodeForm, *, finding: int | None = None, status: int = 200
) -> ResponseReturnValue:
    """Asks for a code, or for one that was sent. An answer sent too late to `finding` is carried along."""
    waiting = AnswerForm()
    if finding:
        waiting.finding.data = str(finding)
    return page(
        "answering/door.html",
        status=status,
        secret=secret,
        link=link,
        form=form,
        address=masked(link.email),
        waiting=waiting if waiting.typed else None,
        choices=choices(),
    )


def _over(link: HeldLink | None) -> ResponseReturnValue:
    """What to do where the link opens nothing, and what was typed meanwhile, to copy."""
    typed = AnswerForm().typed
    status = 404 if link is None else 410
    return page("answering/over.html", status=status, link=link, typed=typed, choices=choices())
