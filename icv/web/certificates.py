"""A certificate of service as a file to keep."""

from io import BytesIO

from flask import redirect, send_file
from flask.typing import ResponseReturnValue

from icv.papers.certificate import certificate
from icv.services.certificate import service_of
from icv.store.people import PersonRecord
from icv.web.clock import today
from icv.web.db import db
from icv.web.pages import choices
from icv.web.readings import was_read
from icv.web.refusals import told_above


def certificate_of(person: PersonRecord, back: str) -> ResponseReturnValue:
    """The PDF; where there is none, back to the page it was asked from, which says why."""
    with told_above():
        made = certificate(service_of(db.session(), person, choices(), on=today()))
        was_read("certificate", "person", person.id)
        name = "".join(sign if sign.isalnum() else "-" for sign in person.name)
        return send_file(
            BytesIO(made), "application/pdf", as_attachment=True, download_name=f"certificate-{name}.pdf"
        )
    return redirect(back)
