"""The references and interviews of one person: how they stand, and who may speak for them."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from icv.rules.access import Action
from icv.rules.due import Act, needed_next
from icv.rules.refereeing import references_on
from icv.rules.stages import PIPELINE, Stage
from icv.services import references as desk
from icv.store.letters import undelivered
from icv.store.people import interviews_seen_by, progress_of
from icv.store.references import RefereeLine, referees_seen_by
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import can_send_letters
from icv.web.pages import choices, page
from icv.web.readings import was_read
from icv.web.references.blueprint import bp, spoken_of
from icv.web.references.forms import RefereeForm
from icv.web.refusals import told_in


@bp.get("/<int:person_id>/references")
@needs(Action.SEE_REFERENCES)
def show(person_id: int) -> ResponseReturnValue:
    person, session = spoken_of(person_id), db.session()
    referees = referees_seen_by(session, current_user.actor, person_id)
    progress = progress_of(session, [person_id])[person_id]
    needed = needed_next(progress, today(), choices())
    was_read("reference", "person", person_id)
    return page(
        "references/show.html",
        person=person,
        referees=referees,
        undelivered=undelivered(session, [referee.email for referee in referees]),
        interviews=interviews_seen_by(session, current_user.actor, person_id),
        stand=references_on(progress.referees, today()),
        needed=needed if needed and needed.act in {Act.REFERENCES, Act.INTERVIEW} else None,
        is_applicant=(progress.standing.stage_on(today()) or Stage.APPLIED) in PIPELINE,
        choices=choices(),
        today=today(),
        can_send=can_send_letters(),
        marking=choices().records_marking,
    )


@bp.route("/<int:person_id>/references/add", methods=["GET", "POST"])
@needs(Action.KEEP_REFERENCES)
def add(person_id: int) -> ResponseReturnValue:
    person, form = spoken_of(person_id), RefereeForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.name_referee(db.session(), person_id, form.contact(), by=current_user.actor, at=now())
            db.session.commit()
            flash(f"{form.name.data.strip()} is named. Nobody is asked before you say so.")
            return redirect(url_for("references.show", person_id=person_id))
    return page(
        "references/referee.html",
        form=form,
        person=person,
        named="Name a referee",
        marking=choices().records_marking,
    )


@bp.route("/<int:person_id>/references/<int:referee_id>/change", methods=["GET", "POST"])
@needs(Action.KEEP_REFERENCES)
def change(person_id: int, referee_id: int) -> ResponseReturnValue:
    person, referee = spoken_of(person_id), _referee(person_id, referee_id)
    form = RefereeForm(obj=referee)
    if form.validate_on_submit():
        with told_in(form):
            desk.change_referee(
                db.session(), person_id, referee_id, form.contact(), by=current_user.actor, at=now()
            )
            db.session.commit()
            flash(f"The details of {form.name.data.strip()} are changed.")
            return redirect(url_for("references.show", person_id=person_id))
    return page(
        "references/referee.html",
        form=form,
        person=person,
        named="Change a referee",
        marking=choices().records_marking,
    )


@bp.route("/<int:person_id>/references/<int:referee_id>/give-up", methods=["GET", "POST"])
@needs(Action.KEEP_REFERENCES)
def give_up(person_id: int, referee_id: int) -> ResponseReturnValue:
    person, referee = spoken_of(person_id), _referee(person_id, referee_id)
    form = FlaskForm()
    if form.validate_on_submit():
        with told_in(form):
            desk.give_up_referee(db.session(), person_id, referee_id, by=current_user.actor, at=now())
            db.session.commit()
            flash(f"{referee.name} is given up. Name somebody else if another reference is wanted.")
            return redirect(url_for("references.show", person_id=person_id))
    return page(
        "references/give-up.html",
        form=form,
        person=person,
        referee=referee,
        marking=choices().records_marking,
    )


def _referee(person_id: int, referee_id: int) -> RefereeLine:
    """Somebody named for this person, or 404."""
    named = referees_seen_by(db.session(), current_user.actor, person_id)
    return next((one for one in named if one.id == referee_id), None) or abort(404)
