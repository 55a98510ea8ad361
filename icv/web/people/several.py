"""One act for several people chosen from the list: the same step, or a way in for each."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.stages import NEXT, Stage
from icv.services import people as desk
from icv.store.people import ChosenPerson, people_chosen
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import address_of, can_send_letters
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp
from icv.web.people.forms import StageForm
from icv.web.people.words import moved_in_words
from icv.web.refusals import told_in

ACTS = {
    "invite": "people.invite_several",
    "move": "people.move_several",
    "training": "training.record",
    "agreements": "training.sign",
    "cards": "training.issue",
}
"""What may be done with those chosen in the list, and the page of each."""


def _chosen() -> list[ChosenPerson]:
    """Those ticked in the list who are on record, by name."""
    return people_chosen(db.session(), ticked("person"))


@bp.get("/chosen")
@needs(Action.SEE_PEOPLE)
def chosen() -> ResponseReturnValue:
    """From the list with its ticks to the page of the act."""
    people = [person.id for person in _chosen()]
    if not people:
        flash("Choose at least one person first.", "warning")
        return redirect(url_for("people.index"))
    act = ACTS.get(request.args.get("act", ""), "people.move_several")
    return redirect(url_for(act, person=people))


@bp.route("/move", methods=["GET", "POST"])
@needs(Action.MOVE_STAGE)
def move_several() -> ResponseReturnValue:
    people = _chosen() or abort(404)
    shared = [step for step in Stage if all(step in NEXT[person.stage] for person in people)]
    form = StageForm(on=today())
    form.offer(shared)
    if shared and form.validate_on_submit():
        asked = desk.Move(Stage(form.to.data), form.on.data, form.reason.data or "")
        with told_in(form):
            moved = desk.move_several(
                db.session(),
                [person.id for person in people],
                asked,
                choices(),
                by=current_user.actor,
                at=now(),
            )
            db.session.commit()
            flash(moved_in_words(moved))
            return redirect(url_for("people.index", stage=asked.to.value))
    return page("people/move-several.html", form=form, people=people, marking=choices().records_marking)


@bp.route("/invite", methods=["GET", "POST"])
@needs(Action.INVITE)
def invite_several() -> ResponseReturnValue:
    people = _chosen() or abort(404)
    appointed = [person for person in people if person.is_appointed]
    if request.method == "POST" and appointed:
        links = desk.invite_people(
            db.session(),
            [person.id for person in appointed],
            by=current_user.actor,
            address_of=address_of,
            at=now(),
        )
        db.session.commit()
        return page("access/links.html", links=links, can_send=can_send_letters())
    return page("people/invite-several.html", people=people, appointed=appointed)
