"""The binder as one document."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from icv.papers.panel import Form, made
from icv.rules.access import Action
from icv.services import quality as desk
from icv.store.quality import binder
from icv.web.binder.blueprint import bp, period_asked
from icv.web.clock import today
from icv.web.db import db
from icv.web.files import as_file
from icv.web.gate import needs
from icv.web.pages import choices
from icv.web.panel.leading import as_arguments
from icv.web.refusals import told_above

OFFERED = ("pdf", "docx", "html")


@bp.get(f"/binder.<any({', '.join(OFFERED)}):form>")
@needs(Action.KEEP_BINDER)
def download(form: str) -> ResponseReturnValue:
    """Where the file cannot be made, back to the binder, which says why."""
    try:
        period = period_asked()
    except ValueError:
        abort(404)
    given: dict[str, Any] = dict(request.args)
    with told_above():
        found = binder(db.session(), period, as_of=today())
        paper = desk.binder_paper(found, choices(), as_of=today(), author=current_user.actor.name)
        name = f"quality-binder-{'-'.join(as_arguments(period).values())}.{form}"
        return as_file(made(paper, Form(form)), name, Form(form).content_type)
    return redirect(url_for("binder.index", **given))
