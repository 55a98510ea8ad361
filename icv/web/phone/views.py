"""The shell of the report's form, the same for everybody, and the worker that opens it without signal."""

from flask import Blueprint, Response, current_app, make_response, request

from icv.config import ROOT
from icv.web.gate import open_to_all
from icv.web.phone.shell import shell_page

bp = Blueprint("phone", __name__)

EVERYWHERE = "/"
"""The worker answers for the front door too: who opens the service without signal goes there first."""


@bp.get("/report-shell")
@open_to_all
def shell() -> Response:
    """Open to all because it is about nobody: the form, empty. Kept by phones until it changes."""
    return _kept_until_changed(make_response(shell_page()))


@bp.get("/report-worker.js")
@open_to_all
def worker() -> Response:
    response = current_app.response_class((ROOT / "static" / "report-worker.js").read_bytes())
    response.mimetype = "text/javascript"
    response.headers["Service-Worker-Allowed"] = EVERYWHERE
    return _kept_until_changed(response)


def _kept_until_changed(response: Response) -> Response:
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
