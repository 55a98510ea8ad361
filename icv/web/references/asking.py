"""Asking for references: one referee, all of one applicant, or those of many at once."""

from datetime import date, timedelta

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.days import day_in_words
from icv.rules.words import plural
from icv.services import references as desk
from icv.store.references import people_to_ask_about
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import can_send_letters, full_address
from icv.web.lists import ticked
from icv.web.pages import choices, page
from icv.web.references.blueprint import bp, spoken_of
from icv.web.refusals import told_above


@bp.post("/<int:person_id>/references/<int:referee_id>/ask")
@needs(Action.KEEP_REFERENCES)
def ask(person_id: int, referee_id: int) -> ResponseReturnValue:
    spoken_of(person_id)
    with told_above():
        desk.ask_referee(
            db.session(),
            person_id,
            referee_id,
            choices(),
            address_of=_address_of,
            by=current_user.actor,
            at=now(),
        )
        db.session.commit()
        flash(f"The letter is in the post. {_what_follows()}")
    return redirect(url_for("references.show", person_id=person_id))


@bp.post("/<int:person_id>/references/ask")
@needs(Action.KEEP_REFERENCES)
def ask_all(person_id: int) -> ResponseReturnValue:
    spoken_of(person_id)
    with told_above():
        asked = desk.ask_all(
            db.session(), person_id, choices(), address_of=_address_of, by=current_user.actor, at=now()
        )
        db.session.commit()
        if asked:
            flash(f"{plural(len(asked), 'letter')} in the post, to {' and '.join(asked)}. {_what_follows()}")
        else:
            flash("There is nobody to ask: all have been asked, or have no e-mail address.", "warning")
    return redirect(url_for("references.show", person_id=person_id))


@bp.route("/ask-references", methods=["GET", "POST"])
@needs(Action.KEEP_REFERENCES)
def ask_several() -> ResponseReturnValue:
    ids = ticked("person") - {current_user.actor.person_id}
    people = people_to_ask_about(db.session(), ids, choices().references_wanted, today()) or abort(404)
    if request.method == "POST":
        asked = desk.ask_for_several(
            db.session(), ids, choices(), address_of=_address_of, by=current_user.actor, at=now()
        )
        db.session.commit()
        letters = sum(len(names) for _, names in asked)
        flash(f"{plural(letters, 'letter')} in the post. {_what_follows()}" if letters else _NOBODY)
        return redirect(url_for("people.index"))
    return page(
        "references/ask-several.html",
        people=people,
        letters=sum(len(one.would_ask) for one in people if one.is_applicant),
        marking=choices().records_marking,
    )


_NOBODY = "Nobody was asked: those referees have been asked meanwhile."


def _what_follows() -> str:
    if not can_send_letters():
        return "It goes out once the service can send e-mail: no mail is set up yet."
    chased, until = choices().reference_chase_days, day_in_words(_until())
    return (
        f"Whoever has not answered after {plural(chased, 'day')} is reminded once; the last day is {until}."
    )


def _until() -> date:
    return today() + timedelta(days=choices().reference_days)


def _address_of(token: str) -> str:
    return full_address("refereeing.answer", token=token)
