"""The list of people, adding to it, and their contact details."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.stages import Stage
from icv.services import people as desk
from icv.store import people
from icv.store.scheme import teams
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.arriving import VisitorForm
from icv.web.people.blueprint import bp, seen
from icv.web.people.forms import AddForm, ContactForm
from icv.web.readings import was_read
from icv.web.refusals import told_in

CLEARED_WORDS = {"yes": True, "no": False}


@bp.get("/")
@needs(Action.SEE_PEOPLE)
def index() -> ResponseReturnValue:
    of_scheme = teams(db.session())
    wanted = _wanted({people.NO_TEAM, *(team.id for team in of_scheme)})
    listed = people.people_listed(db.session(), wanted, today(), choices())
    was_read("vetting", "people", None)
    return page(
        "people/index.html",
        listed=listed,
        tabs=_tabs(wanted, listed),
        wanted=wanted,
        teams=of_scheme,
        kept=_filters(),
        marking=choices().records_marking,
    )


def _wanted(teams_known: set[int]) -> people.Wanted:
    """What the address asks for; what it says that makes no sense is not asked for."""
    stage = request.args.get("stage", "")
    team_id = request.args.get("team", type=int)
    return people.Wanted(
        stage=Stage(stage) if stage in set(Stage) else None,
        team_id=team_id if team_id in teams_known else None,
        is_cleared=CLEARED_WORDS.get(request.args.get("cleared", "")),
        words=request.args.get("words", "").strip(),
        page=request.args.get("page", 1, type=int),
    )


def _filters() -> dict[str, Any]:
    """The filters in the address, for links that keep them."""
    return {name: value for name in ("team", "cleared", "words") if (value := request.args.get(name))}


def _tabs(wanted: people.Wanted, listed: people.Listed) -> list[dict[str, Any]]:
    """Everyone who is not gone, then each stage that somebody is at."""
    shown = [stage for stage in Stage if listed.by_stage[stage] or stage is wanted.stage]
    return [
        {
            "label": stage.heading if stage else "Current",
            "count": listed.by_stage[stage] if stage else listed.current,
            "href": url_for("people.index", stage=stage.value if stage else None, **_filters()),
            "is_current": wanted.stage is stage,
        }
        for stage in (None, *shown)
    ]


@bp.route("/add", methods=["GET", "POST"])
@needs(Action.ADD_PERSON)
def add() -> ResponseReturnValue:
    rounds = people.rounds_on_record(db.session())
    form = AddForm(applied_on=today(), round_name=rounds[0] if rounds else "")
    form.offer_teams(teams(db.session()))
    known = people.person_by_address(db.session(), form.email.data or "", today())
    if form.validate_on_submit() and (known or is_somebody_new(form)):
        with told_in(form):
            person_id = _added(form, known)
            db.session.commit()
            flash(f"{form.name.data.strip()} is on record. The next step is to shortlist, or to answer no.")
            return redirect(url_for("people.show", person_id=person_id))
    return page("people/add.html", form=form, rounds=rounds, known=known, marking=choices().records_marking)


def _added(form: AddForm, known: people.KnownPerson | None) -> int:
    """A new record; with `act` again, one that follows the record of somebody who is gone."""
    more = {
        "applied_on": form.applied_on.data,
        "round_name": form.round_name.data or "",
        "by": current_user.actor,
        "at": now(),
    }
    if known and known.is_gone and request.form.get("act") == "again":
        return desk.apply_again(db.session(), known.id, _contact(form), **more)
    return desk.add_person(db.session(), _contact(form), **more)


def is_somebody_new(form: AddForm | VisitorForm) -> bool:
    """Warns once of a name much like one on record; sent again unchanged, it is somebody else."""
    similar = desk.similar_people(db.session(), form.name.data)
    if not similar or form.similar_to.data == form.name.data:
        return True
    form.similar_to.data = form.name.data
    names = ", ".join(name for _, name in similar)
    form.name.errors = [
        f"Somebody of this name is on record: {names}. If this is somebody else, add them again"
    ]
    return False


def _contact(form: ContactForm) -> desk.Contact:
    return desk.Contact(form.name.data, form.email.data, form.phone.data or "", form.team_id.data or None)


@bp.route("/<int:person_id>/contact", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def contact(person_id: int) -> ResponseReturnValue:
    person = seen(person_id)
    form = ContactForm(obj=person)
    form.offer_teams(teams(db.session()))
    if form.validate_on_submit():
        with told_in(form):
            desk.change_contact(db.session(), person_id, _contact(form), by=current_user.actor, at=now())
            db.session.commit()
            flash("The contact details are changed.")
            return redirect(url_for("people.show", person_id=person_id))
    return page("people/contact.html", form=form, person=person, marking=choices().records_marking)
