"""The list of criteria kept: added, changed, ordered, removed."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.quality import Level
from icv.rules.words import plural
from icv.services import quality as desk
from icv.store.quality import criterion, was_removed
from icv.web.binder.blueprint import bp, criterion_or_404
from icv.web.binder.forms import SHOWN_BY, PasteForm, RemoveForm, criterion_form
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.guarding import is_given_away
from icv.web.pages import page
from icv.web.refusals import told_above, told_in


@bp.route("/add", methods=["GET", "POST"])
@needs(Action.KEEP_BINDER)
def add() -> ResponseReturnValue:
    form = PasteForm(level=Level.CODE_COMPLIANT.value)
    if form.validate_on_submit() and not is_given_away(form, "lines") and (new := form.read()):
        with told_in(form):
            added = desk.add_criteria(db.session(), new, by=current_user.actor, at=now())
            return _done(_added(added, len(new))) if added else _known()
    return page("binder/add.html", form=form)


@bp.post("/beginning")
@needs(Action.KEEP_BINDER)
def begin() -> ResponseReturnValue:
    with told_above():
        added = desk.add_beginning(db.session(), by=current_user.actor, at=now())
        words = f"{plural(added, 'criterion', 'criteria')} added. Put your scheme’s own in their place."
        return _done(words) if added else _known()
    return redirect(url_for("binder.index"))


@bp.route("/<int:criterion_id>/change", methods=["GET", "POST"])
@needs(Action.KEEP_BINDER)
def change(criterion_id: int) -> ResponseReturnValue:
    line = criterion_or_404(criterion_id)
    form = criterion_form(line)
    if form.validate_on_submit() and not is_given_away(form, "words"):
        with told_in(form):
            to, by, version = form.told(), current_user.actor, form.version.number
            desk.change_criterion(db.session(), criterion_id, to, version=version, by=by, at=now())
            return _done("The criterion is changed.", criterion_id)
    form.version.show_now(line)
    return page("binder/change.html", form=form, line=line, shown_by=SHOWN_BY)


@bp.post("/<int:criterion_id>/up")
@needs(Action.KEEP_BINDER)
def up(criterion_id: int) -> ResponseReturnValue:
    return _moved(criterion_id, is_up=True)


@bp.post("/<int:criterion_id>/down")
@needs(Action.KEEP_BINDER)
def down(criterion_id: int) -> ResponseReturnValue:
    return _moved(criterion_id, is_up=False)


@bp.route("/<int:criterion_id>/remove", methods=["GET", "POST"])
@needs(Action.KEEP_BINDER)
def remove(criterion_id: int) -> ResponseReturnValue:
    line = criterion(db.session(), criterion_id)
    if line is None:
        return _gone(criterion_id)
    form = RemoveForm(version=line.version)
    if form.validate_on_submit():
        with told_in(form):
            by, version = current_user.actor, form.version.number
            desk.remove_criterion(db.session(), criterion_id, version=version, by=by, at=now())
            return _done("The criterion is removed, with its note.")
    form.version.show_now(line)
    return page("binder/remove.html", form=form, line=line)


def _moved(criterion_id: int, *, is_up: bool) -> ResponseReturnValue:
    if criterion(db.session(), criterion_id) is None:
        return _gone(criterion_id)
    with told_above():
        desk.move_criterion(db.session(), criterion_id, is_up=is_up, by=current_user.actor, at=now())
        db.session.commit()
    return redirect(url_for("binder.index", _anchor=f"criterion-{criterion_id}"))


def _gone(criterion_id: int) -> ResponseReturnValue:
    """Whoever asks twice has what they wanted; there never was one of any other number."""
    if not was_removed(db.session(), criterion_id):
        abort(404)
    flash("This criterion has been removed already.", "warning")
    return redirect(url_for("binder.index"))


def _known() -> ResponseReturnValue:
    flash("These criteria are in the binder already: nothing was added.", "warning")
    return redirect(url_for("binder.index"))


def _done(words: str, criterion_id: int | None = None) -> ResponseReturnValue:
    db.session.commit()
    flash(words)
    return redirect(url_for("binder.index", _anchor=f"criterion-{criterion_id}" if criterion_id else None))


def _added(added: int, asked: int) -> str:
    known = asked - added
    also = f" {known} stood in the list already." if known else ""
    return f"{plural(added, 'criterion', 'criteria')} added.{also} Say of each what in the data shows it."
