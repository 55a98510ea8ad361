"""What the phone asks and sends, in JSON: how its report stands, parts of it, and the whole."""

from flask import Blueprint, abort, jsonify
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from icv.rules.access import Action
from icv.rules.report import FORM_VERSION
from icv.services import reports
from icv.store.reports import report_seen_by, saved_parts
from icv.store.submissions import held_duty_once, visit_lost_by, writes_report_of
from icv.web.clock import now, today
from icv.web.db import db
from icv.web.gate import needs
from icv.web.reports import told
from icv.web.reports.posted import is_part, read_part, read_report
from icv.web.reports.saving import own_report
from icv.web.reports.sent import posted_parts, posted_report
from icv.web.stamps import stamp_of

bp = Blueprint("receiving", __name__, url_prefix="/visits/<int:visit_id>/report")
told.set_up(bp)


@bp.get("/state")
@needs(Action.FILE_REPORT, by_script=True)
def state(visit_id: int) -> ResponseReturnValue:
    session, actor = db.session(), current_user.actor
    asker = {"person": stamp_of(actor), "token": generate_csrf()}
    asked = {**asker, "now": now().isoformat(), "form_version": FORM_VERSION}
    lost = visit_lost_by(session, actor, visit_id)
    if lost and not report_seen_by(session, actor, visit_id):
        return jsonify(**asked, **told.lost(lost))
    report = own_report(visit_id)
    saved = saved_parts(session, visit_id)
    return jsonify(
        **asked,
        is_open=report.is_open_on(today()),
        **told.standing(report),
        parts={name: told.kept(name, one) for name, one in saved.items() if is_part(name)},
    )


@bp.post("/parts")
@needs(Action.FILE_REPORT, by_script=True)
def parts(visit_id: int) -> ResponseReturnValue:
    if not writes_report_of(db.session(), current_user.actor, visit_id):
        abort(404)
    posted = posted_parts()
    told.same_person(posted.person)
    read = {one.name: read_part(one, posted.form_version) for one in posted.parts}
    sent = [
        reports.SentPart(one.name, read[one.name].part, one.version or 0)
        for one in posted.parts
        if not read[one.name].faults
    ]
    outcomes = reports.receive_parts(db.session(), visit_id, sent, by=current_user.actor, at=now())
    db.session.commit()
    return jsonify(parts={name: told.outcome(name, one, outcomes.get(name)) for name, one in read.items()})


@bp.post("/submission")
@needs(Action.FILE_REPORT, by_script=True)
def submission(visit_id: int) -> ResponseReturnValue:
    if not held_duty_once(db.session(), current_user.actor, visit_id):
        abort(404)
    posted = posted_report()
    told.same_person(posted.person)
    sent = read_report(posted)
    answer = reports.receive_submission(db.session(), visit_id, sent, by=current_user.actor, at=now())
    db.session.commit()
    if isinstance(answer, reports.Lacking):
        return jsonify(told.lacking(answer)), 422
    return jsonify(told.receipt(answer))
