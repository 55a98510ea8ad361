"""Putting findings to the police, sending replies back, closing and taking up again: one or several."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action, Role
from icv.rules.findings import EventKind, may
from icv.rules.words import plural
from icv.services import findings as desk
from icv.services.reports.guarding import clues_in_words
from icv.store.accounts import open_accounts
from icv.store.findings import FindingLine, details_of, findings_chosen, officers_linked, repeats_among
from icv.web.clock import now
from icv.web.db import db
from icv.web.findings.blueprint import bp, thread_or_404
from icv.web.findings.forms import MoveForm
from icv.web.findings.words import ASKED, BUTTONS, DONE, MOVES, NOBODY_THERE, TOGETHER
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.refusals import told_in


@bp.route("/<int:finding_id>/<any(put, 'send-back', close, reopen):name>", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def move(finding_id: int, name: str) -> ResponseReturnValue:
    finding, form = thread_or_404(finding_id), _asking(name)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            desk.move(db.session(), finding_id, MOVES[name], form.typed, by=current_user.actor, at=now())
            db.session.commit()
            flash(DONE[name] + _nobody_told(name, [finding_id]))
            return redirect(url_for("findings.show", finding_id=finding_id))
    if request.method == "GET" and not may(MOVES[name], finding.state):
        return redirect(url_for("findings.show", finding_id=finding_id))
    return page(
        "findings/move.html",
        form=form,
        finding=finding,
        repeat=repeats_among(db.session(), [finding_id]).get(finding_id),
        clues=clues_in_words(db.session(), finding.detail, at=now()),
        button=BUTTONS[name],
        gives_day=name != "close",
        choices=choices(),
        marking=choices().records_marking,
    )


@bp.route("/together/<any(put, close):name>", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def together(name: str) -> ResponseReturnValue:
    """Those ticked at first are those it can be done with; the others are named and left where they are."""
    lines = findings_chosen(db.session(), ticked("listed") | ticked("finding")) or abort(404)
    form = _asking(name)
    if form.validate_on_submit() and not is_given_away(form, "words") and _are_moved(lines, form, name):
        return redirect(url_for("findings.index"))
    return page(
        "findings/together.html",
        form=form,
        name=name,
        title=TOGETHER[name],
        meant=ticked("finding"),
        choices=choices(),
        marking=choices().records_marking,
        **_told_of(lines, name),
    )


def _are_moved(lines: list[FindingLine], form: MoveForm, name: str) -> bool:
    meant = _meant(lines, form)
    if not meant:
        return False
    with told_in(form):
        by, at = current_user.actor, now()
        moved = desk.move_several(db.session(), meant, MOVES[name], form.typed, by=by, at=at)
        db.session.commit()
        flash(_done(name, len(moved)) + _nobody_told(name, meant))
        return True
    return False


def _told_of(lines: list[FindingLine], name: str) -> dict[str, Any]:
    ids = [line.id for line in lines]
    details = details_of(db.session(), ids)
    return {
        "lines": [line for line in lines if line.may(MOVES[name])],
        "stuck": [line for line in lines if not line.may(MOVES[name])],
        "repeats": repeats_among(db.session(), ids),
        "details": details,
        "clues": clues_in_words(db.session(), "\n".join(details.values()), at=now()),
    }


def _asking(name: str) -> MoveForm:
    form = MoveForm()
    form.words.label.text, form.words.description = ASKED[name]
    return form


def _meant(lines: list[FindingLine], form: MoveForm) -> list[int]:
    meant = [line.id for line in lines if line.id in ticked("finding")]
    if not meant:
        form.form_errors.append("Tick at least one finding")
    return meant


def _done(name: str, number: int) -> str:
    findings = plural(number, "finding")
    done = "put to the police" if MOVES[name] is EventKind.PUT_TO_POLICE else "closed"
    return f"{findings} {done}, in the same words."


def _nobody_told(name: str, finding_ids: list[int]) -> str:
    if name == "close" or open_accounts(db.session(), Role.POLICE):
        return ""
    return "" if officers_linked(db.session(), finding_ids, at=now()) else NOBODY_THERE
