"""The blueprint of settings, and what its views share."""

from flask import Blueprint
from flask_wtf import FlaskForm

from icv.services.settings import SettingsError
from icv.services.suites import SuitesError
from icv.web.db import db

bp = Blueprint("settings", __name__, url_prefix="/settings")


def refuse(form: FlaskForm, refusal: SettingsError | SuitesError) -> None:
    """Says the refusal beside the field it speaks of, and undoes what the act had begun."""
    db.session.rollback()
    field = form[refusal.field] if refusal.field and refusal.field in form else None
    if field is None:
        form.form_errors.append(str(refusal))
    else:
        field.errors = [*field.errors, str(refusal)]
