"""What referees answered: read by the coordinator, every reading in the trail; typed in from paper."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.refereeing import QUESTIONS, Recommendation
from icv.services import references as desk
from icv.store.references import referees_seen_by, reference_seen_by
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.references.blueprint import bp, spoken_of
from icv.web.references.forms import PaperForm
from icv.web.refusals import told_in


@bp.get("/<int:person_id>/references/<int:referee_id>")
@needs(Action.SEE_REFERENCES)
def read(person_id: int, referee_id: int) -> ResponseReturnValue:
    person = spoken_of(person_id)
    kept = reference_seen_by(db.session(), current_user.actor, person_id, referee_id) or abort(404)
    was_read("reference", "person", person_id)
    said = {**kept.answer}
    if "recommends" in said:
        said["recommends"] = Recommendation(said["recommends"]).heading
    return page(
        "references/read.html",
        person=person,
        reference=kept,
        answers=[(question, said[name]) for name, question in QUESTIONS.items() if said.get(name)],
        marking=choices().records_marking,
    )


@bp.route("/<int:person_id>/references/<int:referee_id>/paper", methods=["GET", "POST"])
@needs(Action.KEEP_REFERENCES)
def type_in(person_id: int, referee_id: int) -> ResponseReturnValue:
    person, named = spoken_of(person_id), referees_seen_by(db.session(), current_user.actor, person_id)
    referee = next((one for one in named if one.id == referee_id), None) or abort(404)
    form = PaperForm(received_on=today())
    if form.validate_on_submit():
        with told_in(form):
            answer, on, by = form.answer(), form.received_on.data, current_user.actor
            desk.type_in(db.session(), person_id, referee_id, answer, received_on=on, by=by, at=now())
            db.session.commit()
            flash(f"The reference of {referee.name} is on record.")
            return redirect(url_for("references.show", person_id=person_id))
    marking = choices().records_marking
    return page("references/paper.html", form=form, person=person, referee=referee, marking=marking)
