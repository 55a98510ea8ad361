"""Checking one's answers and sending them."""

from dataclasses import astuple

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from icv.rules import applying
from icv.services.recruitment import monitoring
from icv.services.recruitment import sending as desk
from icv.web.applying.blueprint import MAY_ANSWER, application, bp, none_here, token_held
from icv.web.applying.forms import SendForm
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import choices, page
from icv.web.refusals import told_in


@bp.route("/yours/check", methods=["GET", "POST"])
@open_to_all
def check() -> ResponseReturnValue:
    """Sent twice, by Back or a double tap, it shows the same receipt: the service says which was first."""
    held = application()
    if held is None:
        return none_here()
    form = SendForm()
    if held.sent_at is not None or (form.validate_on_submit() and _is_sent(form)):
        return redirect(url_for("applying.yours"))
    return page(
        "applying/check.html",
        form=form,
        held=held,
        sections=applying.sections(held.answers, choices()),
        left=applying.missing(held.answers, choices()),
        bar=applying.bar(held.answers, choices()),
        is_open=held.round.is_open_on(today()),
    )


def _is_sent(form: SendForm) -> bool:
    with told_in(form):
        receipt = desk.send(
            db.session(), token_held(), choices(), from_address=request.remote_addr or "", at=now()
        )
        db.session.commit()
        if receipt.is_new and (right := monitoring.right_to_answer(db.session(), receipt.round_id, at=now())):
            session[MAY_ANSWER] = astuple(right)
        return True
    return False
