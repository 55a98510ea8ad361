"""Taking back a dated record that was entered by mistake, after seeing what clearance would be without it."""

from datetime import date
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.rules.access import Action
from icv.rules.clearance import clearance
from icv.rules.days import day_in_words
from icv.rules.records import Facts
from icv.services import people as desk
from icv.store.people import TABLES, standing_without, standings
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.pages import choices, page
from icv.web.people.blueprint import bp, seen
from icv.web.people.keeping import ANY_KIND, facts_or_404
from icv.web.people.records import KINDS, RemoveForm
from icv.web.readings import was_read
from icv.web.refusals import told_in


@bp.route(f"/<int:person_id>/{ANY_KIND}/<int:record_id>/remove", methods=["GET", "POST"])
@needs(Action.CHANGE_PERSON)
def remove_record(person_id: int, kind: str, record_id: int) -> ResponseReturnValue:
    person, form, facts = seen(person_id), RemoveForm(), facts_or_404(person_id, kind, record_id)
    if form.validate_on_submit():
        with told_in(form):
            why, by = desk.Mistake(form.reason.data), current_user.actor
            desk.remove_record(db.session(), person_id, type(facts), record_id, why, by=by, at=now())
            db.session.commit()
            flash(f"{KINDS[kind].title}: the record is taken back. The trail keeps that, and why.")
            return redirect(url_for("people.show", person_id=person_id))
    was_read("vetting", "person", person_id)
    return page(
        "people/remove.html",
        form=form,
        person=person,
        kind=kind,
        record_id=record_id,
        **_without(person_id, kind, record_id, facts),
        marking=choices().records_marking,
    )


def _without(person_id: int, kind: str, record_id: int, facts: Facts) -> dict[str, Any]:
    """What the record says, what hangs on it, and clearance with it and without it."""
    session, of_kind = db.session(), KINDS[kind]
    left = standing_without(session, person_id, TABLES[of_kind.facts], record_id)
    return {
        "title_of_kind": of_kind.title,
        "said": [
            (field.label.text, day_in_words(field.data) if isinstance(field.data, date) else field.data)
            for field in of_kind.form(formdata=None, obj=facts)
            if field.name != "csrf_token" and field.data
        ],
        "hanging": desk.what_hangs_on(session, of_kind.facts, record_id),
        "with_it": clearance(standings(session, [person_id])[person_id], today(), choices()),
        "without_it": clearance(left, today(), choices()),
    }
