"""A refusal said in the form that asked, beside its field."""

from flask_wtf import FlaskForm

from icv.rules.refusals import Refusal
from icv.web.db import db


def refuse(form: FlaskForm, refusal: Refusal) -> None:
    """Undoes what the act had begun; the page answers 422 with everything typed still there."""
    db.session.rollback()
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    if field is None:
        form.form_errors.append(str(refusal))
    else:
        field.errors = [*field.errors, str(refusal)]
