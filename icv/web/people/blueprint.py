"""The blueprint of people, and what its views share."""

from flask import Blueprint, abort
from flask_login import current_user
from flask_wtf import FlaskForm

from icv.services.people import PeopleError
from icv.store.people import PersonRecord, person_seen_by
from icv.web.db import db

bp = Blueprint("people", __name__, url_prefix="/people")


def seen(person_id: int) -> PersonRecord:
    """The person as whoever asks may see them, or 404."""
    return person_seen_by(db.session(), current_user.actor, person_id) or abort(404)


def refuse(form: FlaskForm, refusal: PeopleError) -> None:
    """Says the refusal beside the field it speaks of, and undoes what the act had begun."""
    db.session.rollback()
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    if field is None:
        form.form_errors.append(str(refusal))
    else:
        field.errors = [*field.errors, str(refusal)]
