"""The pages of findings, all of the coordinator."""

from flask import Blueprint, abort

from icv.store.findings import FindingThread, thread
from icv.web.db import db

bp = Blueprint("findings", __name__, url_prefix="/findings")


def thread_or_404(finding_id: int) -> FindingThread:
    return thread(db.session(), finding_id) or abort(404)
