"""From people chosen in a list to the page of one act for all of them; a way in for each."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.services import people as desk
from icv.store.people import ChosenPerson, people_chosen
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import address_of, can_send_letters
from icv.web.lists import ticked
from icv.web.pages import page
from icv.web.people.blueprint import bp

ACTS = {
    "invite": "people.invite_several",
    "move": "people.move_several",
    "references": "references.ask_several",
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


@bp.route("/invite", methods=["GET", "POST"])
@needs(Action.INVITE)
def invite_several() -> ResponseReturnValue:
    people = _chosen() or abort(404)
    appointed = [person for person in people if person.is_appointed]
    if request.method == "POST" and appointed:
        invited = desk.invite_people(
            db.session(),
            [person.id for person in appointed],
            by=current_user.actor,
            address_of=address_of,
            at=now(),
        )
        db.session.commit()
        return _links_shown(invited)
    return page("people/invite-several.html", people=people, appointed=appointed)


def _links_shown(invited: desk.Invited) -> ResponseReturnValue:
    """Those of now; of whoever was invited a moment before, that the letter written then counts."""
    if invited.earlier:
        names = ", ".join(invited.earlier)
        flash(f"Invited a moment ago, and not again: {names}. That invitation counts.", "warning")
    if not invited.links:
        return redirect(url_for("people.index"))
    return page("access/links.html", links=invited.links, can_send=can_send_letters())
