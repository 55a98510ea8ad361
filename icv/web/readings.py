"""Readings of sensitive records: noted in the trail before the page goes out, or it does not go out."""

from flask import Flask, Response, g, request

from icv.store.trail import note
from icv.web.clock import now
from icv.web.db import db
from icv.web.signins import asking


def was_read(what: str, subject: str, subject_id: int | None) -> None:
    """Remembers that this page shows something whose every reading is noted, such as vetting."""
    g.setdefault("icv_readings", []).append((what, subject, subject_id))


def set_up_readings(app: Flask) -> None:
    @app.after_request
    def keep(response: Response) -> Response:
        readings = g.pop("icv_readings", [])
        actor = asking() if readings and response.status_code == 200 else None
        if actor is None:
            return response
        db.session.rollback()  # a page shown in answer to a form still holds the lock that acts take
        with db.apart() as session:
            for what, subject, subject_id in readings:
                page = request.endpoint
                note(session, f"read {what}", subject, subject_id, by=actor.account_id, at=now(), page=page)
            session.commit()
        return response
