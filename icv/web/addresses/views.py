"""Confirming or stopping a change of address by the link in a letter, signed in or not.

Mail scanners open every link: a GET shows two buttons and changes nothing.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from icv.services import addresses as desk
from icv.services.accounts import digest
from icv.services.addresses import Confirmed
from icv.store.addresses import ChangeByLink, change_by_link
from icv.web.accounts.forms import LinkForm
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import open_to_all
from icv.web.pages import page

bp = Blueprint("addresses", __name__, url_prefix="/address")


@bp.route("/<address_token>", methods=["GET", "POST"])
@open_to_all
def link(address_token: str) -> ResponseReturnValue:
    change = change_by_link(db.session(), digest(address_token), at=now())
    form = LinkForm()
    if change and form.validate_on_submit():
        if request.form.get("answer") == "stop":
            return _stopped(address_token, change)
        confirmed = desk.confirm(db.session(), address_token, at=now())
        db.session.commit()
        if confirmed:
            return page("addresses/confirmed.html", confirmed=confirmed, Confirmed=Confirmed, change=change)
    if change is None or form.is_submitted():
        return page("addresses/link-over.html", status=404)
    return page("addresses/link.html", form=form, change=change)


def _stopped(address_token: str, change: ChangeByLink) -> ResponseReturnValue:
    desk.stop(db.session(), address_token, at=now())
    db.session.commit()
    return page("addresses/stopped.html", change=change)
