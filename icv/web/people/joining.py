"""They visit already: taking a visitor in office on record."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services.exchange import ImportRefused
from icv.services.people.joining import add_visitor as add
from icv.store.scheme import teams
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.arriving import VisitorForm
from icv.web.people.blueprint import bp
from icv.web.people.views import is_somebody_new


@bp.route("/add-visitor", methods=["GET", "POST"])
@needs(Action.ADD_PERSON)
def add_visitor() -> ResponseReturnValue:
    form = VisitorForm()
    form.offer_teams(teams(db.session()))
    if form.validate_on_submit() and is_somebody_new(form):
        try:
            person_id = add(db.session(), form.cells(), by=current_user.actor, at=now())
        except ImportRefused as refusal:
            db.session.rollback()
            form.tell(refusal.errors)
        else:
            db.session.commit()
            flash(f"{form.name.data.strip()} is on record. Invite them when they should sign in.")
            return redirect(url_for("people.show", person_id=person_id))
    return page("people/add-visitor.html", form=form, marking=choices().records_marking)
