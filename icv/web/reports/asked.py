"""The form a visit is reported on: the scheme's choices with which its week began."""

from datetime import date

from flask import g

from icv.rules.scheme import Choices
from icv.store.scheme import choices_on
from icv.web.db import db
from icv.web.pages import choices


def report_on_the_form_of(week_starts_on: date) -> None:
    """From here on in this request the form is that of the week; nothing is asked of the database yet."""
    g.icv_form_of = week_starts_on


def form_choices() -> Choices:
    """Asked for once a request; today's where it is about no visit."""
    if "icv_form_of" not in g:
        return choices()
    if "icv_form_choices" not in g:
        g.icv_form_choices = choices_on(db.session(), g.icv_form_of)
    chosen: Choices = g.icv_form_choices
    return chosen
