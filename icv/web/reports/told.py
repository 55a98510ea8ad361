"""What the phone is told, in JSON: how a report stands, what became of what it sent, and what went wrong."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from icv.rules.report import Fault
from icv.services import reports
from icv.store.reports import SavedPart, VisitReport
from icv.store.submissions import LostVisit
from icv.web.clock import today
from icv.web.db import db
from icv.web.reports.posted import ReadPart, fields_of
from icv.web.reports.sent import NotUnderstood
from icv.web.signins import asking
from icv.web.stamps import stamp_of

IN_LISTS = {"contact": "contacts", "record": "records", "finding": "findings"}
"""The section that parts of a name come under."""
NOT_YOURS = "This visit is not yours any more: ask the coordinator."


class OtherPerson(Exception):
    """What is sent was written by somebody else than the one signed in."""


def same_person(stamp: str) -> None:
    if stamp != stamp_of(current_user.actor):
        raise OtherPerson


def standing(report: VisitReport) -> dict[str, Any]:
    """The visit, its receipt if it is filed, and why nothing can be written if so."""
    closed = reports.why_closed(report.week_starts_on, report.outcome, today())
    filed = {"reference": report.reference, "received_at": report.filed_at and report.filed_at.isoformat()}
    return {
        "visit": _visit(report, is_accompanied=any(report.on_probation.values())),
        "closed_because": reports.SENT if report.is_filed else closed,
        "receipt": filed if report.is_filed else None,
    }


def lost(visit: LostVisit) -> dict[str, Any]:
    """To whoever held a duty once: nothing of what others write, nor of what became of the visit."""
    return {
        "visit": _visit(visit, is_accompanied=False),
        "is_open": False,
        "closed_because": NOT_YOURS,
        "receipt": None,
        "parts": {},
    }


def _visit(one: VisitReport | LostVisit, *, is_accompanied: bool) -> dict[str, Any]:
    return {
        "id": one.visit_id,
        "suite": one.suite,
        "week_starts_on": one.week_starts_on.isoformat(),
        "week_ends_on": one.week_ends_on.isoformat(),
        "kind": one.kind.value,
        "is_accompanied": is_accompanied,
    }


def kept(name: str, part: SavedPart) -> dict[str, Any]:
    return {"version": part.version, "fields": fields_of(name, part), "saved_by": part.saved_by}


def outcome(name: str, read: ReadPart, became: reports.Outcome | None) -> dict[str, Any]:
    """Of one part, by the name under which it was sent; None where it could not be read."""
    if isinstance(became, reports.Saved):
        left_out = {"left_out": read.left_out} if read.left_out else {}
        return {"saved": True, "name": became.name, "version": became.version, **left_out}
    if isinstance(became, reports.Clash):
        theirs = became.theirs
        nothing = {"version": 0, "fields": None, "saved_by": None}
        return {"clash": {"name": theirs.name, **kept(theirs.name, theirs)} if theirs else nothing}
    return {"faults": [_fault(one) for one in (became.faults if became else read.faults)]}


def receipt(answer: reports.Received) -> dict[str, Any]:
    return {
        "submission": answer.submission_id,
        "digest": answer.digest,
        "reference": answer.reference,
        "received_at": answer.received_at.isoformat(),
        "is_new": answer.is_new,
        "kept_apart": answer.kept_apart,
        "no_longer_yours": answer.no_longer_yours,
    }


def lacking(answer: reports.Lacking) -> dict[str, Any]:
    return {
        "faults": [
            {"section": _section(one.name), "name": one.name, **_fault(one.fault)} for one in answer.missing
        ],
        "saved": answer.is_saved,
        "parts": {name: outcome(name, ReadPart(None), became) for name, became in answer.parts.items()},
    }


def set_up(bp: Blueprint) -> None:
    """Whatever goes wrong in the blueprint is told in JSON, and nothing half done is kept."""
    bp.register_error_handler(CSRFError, _stale)
    bp.register_error_handler(HTTPException, _http_error)
    bp.register_error_handler(NotUnderstood, _not_understood)
    bp.register_error_handler(OtherPerson, _other_person)
    bp.register_error_handler(reports.ReportError, _refused)
    bp.register_error_handler(sa.exc.OperationalError, _database_away)
    bp.register_error_handler(sa.exc.IntegrityError, _at_once)
    bp.register_error_handler(Exception, _broken)


def _stale(error: CSRFError) -> ResponseReturnValue:
    return jsonify(stale_token=True, token=generate_csrf()), 400


def _not_understood(error: NotUnderstood) -> ResponseReturnValue:
    return jsonify(cut=error.is_cut, sentence=str(error)), 400


def _other_person(error: OtherPerson) -> ResponseReturnValue:
    return jsonify(other_person=True, person=stamp_of(current_user.actor)), 409


def _refused(error: reports.ReportError) -> ResponseReturnValue:
    db.session.rollback()
    return jsonify(closed_because=str(error)), 409


def _http_error(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    code = error.code or 500
    words: dict[int, dict[str, Any]] = {
        400: {"cut": True, "sentence": "The body did not arrive whole"},
        401: {"signed_out": True},
        403: {"not_allowed": True},
        404: {"not_there": True},
        413: {"too_large": True},
    }
    actor = asking() if code in {403, 404} else None
    who = {"person": stamp_of(actor)} if actor else {}
    return jsonify({**words.get(code, {"again": code >= 500}), **who}), code


def _database_away(error: sa.exc.OperationalError) -> ResponseReturnValue:
    current_app.logger.exception("The database did not answer")
    db.session.rollback()
    return jsonify(again=True), 503


def _at_once(error: sa.exc.IntegrityError) -> ResponseReturnValue:
    """Somebody was there at the same moment: sent again, it meets what they left."""
    current_app.logger.error("The database refused what a phone sent")
    db.session.rollback()
    return jsonify(again=True), 409


def _broken(error: Exception) -> ResponseReturnValue:
    current_app.logger.exception("What a phone sent broke the service")
    db.session.rollback()
    return jsonify(again=True), 500


def _fault(fault: Fault) -> dict[str, str]:
    return {"field": fault.field, "sentence": fault.sentence}


def _section(name: str) -> str:
    word = name.partition("-")[0]
    return IN_LISTS.get(word, word)
