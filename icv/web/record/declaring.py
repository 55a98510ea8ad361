"""What I declare and sign myself: changes, conflicts, my eligibility, and the memorandum in use."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.appraisal import DeclarationKind
from icv.rules.own import eligibility_in_words
from icv.services import people as desk
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.record.blueprint import bp, own_id
from icv.web.record.forms import DeclareForm, EligibilityForm, SignForm
from icv.web.refusals import told_in


@bp.route("/declare", methods=["GET", "POST"])
@needs(Action.DECLARE_OWN)
def declare() -> ResponseReturnValue:
    person_id, form = own_id(), DeclareForm()
    if form.validate_on_submit():
        with told_in(form):
            _declare(person_id, DeclarationKind.CIRCUMSTANCES, form.said)
            flash("Thank you for saying so. The coordinator has it now, and speaks to you if it matters.")
            return redirect(url_for("record.show"))
    return page("record/declare.html", form=form, marking=choices().records_marking)


@bp.route("/eligibility", methods=["GET", "POST"])
@needs(Action.DECLARE_OWN)
def eligibility() -> ResponseReturnValue:
    person_id, form = own_id(), EligibilityForm()
    declared = eligibility_in_words(choices().barred_roles)
    if form.validate_on_submit():
        with told_in(form):
            _declare(person_id, DeclarationKind.ELIGIBILITY, " ".join(declared))
            flash("Thank you. Your declaration is on record.")
            return redirect(url_for("record.show"))
    return page("record/eligibility.html", form=form, declared=declared, marking=choices().records_marking)


def _declare(person_id: int, kind: DeclarationKind, words: str) -> None:
    desk.declare(db.session(), person_id, kind, words, by=current_user.actor, at=now())
    db.session.commit()


@bp.route("/agreement", methods=["GET", "POST"])
@needs(Action.DECLARE_OWN)
def sign() -> ResponseReturnValue:
    own_id()
    version = choices().agreement_version or abort(404)
    form = SignForm(version=version)
    if form.validate_on_submit():
        with told_in(form):
            desk.sign_agreement(db.session(), form.version.data, choices(), by=current_user.actor, at=now())
            db.session.commit()
            flash(f"You have signed version {version} of the memorandum. A record of it is kept.")
            return redirect(url_for("record.show"))
        form.version.data = version
    return page("record/agreement.html", form=form, version=version, marking=choices().records_marking)
