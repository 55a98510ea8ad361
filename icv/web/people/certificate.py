"""The certificate of service of somebody who asks the coordinator for it, or who has left."""

from flask import url_for
from flask.typing import ResponseReturnValue

from icv.rules.access import Action
from icv.web.certificates import certificate_of
from icv.web.gate import needs
from icv.web.people.blueprint import bp, seen


@bp.get("/<int:person_id>/certificate.pdf")
@needs(Action.SEE_PEOPLE)
def certificate(person_id: int) -> ResponseReturnValue:
    return certificate_of(seen(person_id), url_for("people.show", person_id=person_id))
