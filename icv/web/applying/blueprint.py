"""The blueprint of the public application, and the draft that this device holds."""

from flask import Blueprint, abort, request, session
from flask.typing import ResponseReturnValue

from icv.services.accounts import digest
from icv.services.recruitment import monitoring
from icv.services.recruitment.monitoring import Right
from icv.store.recruitment.applications import Begun, application_held
from icv.web.clock import now
from icv.web.db import db
from icv.web.pages import page

HELD, MAY_ANSWER = "application", "monitoring"
"""Names in the cookie: the token of the draft, and the right to answer the voluntary questions."""
LARGEST = 100 * 1024

bp = Blueprint("applying", __name__, url_prefix="/apply")


@bp.before_request
def refuse_large() -> None:
    if (request.content_length or 0) > LARGEST:
        abort(413)


def token_held() -> str:
    held = session.get(HELD)
    return held if isinstance(held, str) else ""


def application() -> Begun | None:
    """The one this device goes on with, sent or not."""
    token = token_held()
    return application_held(db.session(), digest(token), at=now()) if token else None


def hold(token: str) -> None:
    session[HELD] = token


def right_to_answer() -> Right | None:
    """That of this device, while the questions are put."""
    kept = session.get(MAY_ANSWER)
    right = Right(*kept) if isinstance(kept, tuple) else None
    return right if right and monitoring.holds(db.session(), right, at=now()) else None


def let_go() -> None:
    """Nothing on this device knows of an application any more."""
    session.pop(HELD, None)
    session.pop(MAY_ANSWER, None)


def none_here() -> ResponseReturnValue:
    """What to do where this device holds no draft, and what was typed meanwhile, to copy."""
    typed = [
        (name, value) for name, value in request.form.items(multi=True) if value and name != "csrf_token"
    ]
    return page("applying/none-here.html", status=404, typed=typed)
