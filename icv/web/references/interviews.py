"""Notes of an interview, entered by the coordinator."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import people as desk
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.references.blueprint import bp, spoken_of
from icv.web.references.forms import InterviewForm
from icv.web.refusals import told_in


@bp.route("/<int:person_id>/interviews/add", methods=["GET", "POST"])
@needs(Action.KEEP_REFERENCES)
def note_interview(person_id: int) -> ResponseReturnValue:
    person, form = spoken_of(person_id), InterviewForm(held_on=today())
    if form.validate_on_submit():
        with told_in(form):
            desk.note_interview(db.session(), person_id, form.noted(), by=current_user.actor, at=now())
            db.session.commit()
            flash(
                "The notes are on record. They are not changed later: add others if something is to be added."
            )
            return redirect(url_for("references.show", person_id=person_id))
    return page("references/interview.html", form=form, person=person, marking=choices().records_marking)
