"""Links to findings as the coordinator sends them, sees them and takes them back."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField
from wtforms.validators import Length

from icv.rules.access import Action
from icv.rules.answering import ends_at, last_day
from icv.rules.findings import WITH_POLICE
from icv.rules.reaching import LONGEST_ADDRESS
from icv.rules.words import plural
from icv.services import finding_links as desk
from icv.services.finding_links import MOST_NAME, Officer
from icv.services.reports.guarding import clues_in_words
from icv.store.findings import FindingLine, details_of, findings_chosen, how_many_links, links_made
from icv.web.clock import now
from icv.web.db import db
from icv.web.gate import needs
from icv.web.links import full_address
from icv.web.lists import pages_of, ticked
from icv.web.pages import choices, page
from icv.web.refusals import told_above, told_in

bp = Blueprint("finding_links", __name__, url_prefix="/findings/links")

SIZE = 50


class LinkForm(FlaskForm):
    name = StringField(
        "Who is asked",
        [Length(max=MOST_NAME)],
        description="Name, rank or role: Inspector Green, custody. It stands beside the reply",
    )
    email = EmailField(
        "E-mail address",
        [Length(max=LONGEST_ADDRESS)],
        description="The officer’s own: the link and its codes go there, and nobody else can open it",
    )


@bp.get("/")
@needs(Action.SEE_FINDINGS)
def index() -> ResponseReturnValue:
    number, last = pages_of(how_many_links(db.session()), SIZE)
    return page(
        "answering/links.html",
        links=links_made(db.session(), page=number, size=SIZE, at=now()),
        number=number,
        last=last,
        marking=choices().records_marking,
    )


@bp.route("/new", methods=["GET", "POST"])
@needs(Action.SETTLE_FINDING)
def make() -> ResponseReturnValue:
    """Those ticked at first are those it can be done with; the others are named and left out."""
    lines = findings_chosen(db.session(), ticked("listed") | ticked("finding")) or abort(404)
    form, meant = LinkForm(), [line.id for line in lines if line.id in ticked("finding")]
    if form.validate_on_submit() and _is_made(form, meant):
        return redirect(url_for("finding_links.index"))
    return page(
        "answering/make.html",
        form=form,
        meant=meant,
        last_on=last_day(ends_at(now(), choices().finding_link_days)),
        marking=choices().records_marking,
        **_told_of(lines),
    )


def _is_made(form: LinkForm, meant: list[int]) -> bool:
    with told_in(form):
        officer = Officer((form.name.data or "").strip(), (form.email.data or "").strip())
        by = current_user.actor
        link = desk.make_link(db.session(), meant, officer, choices(), address_of=_address, by=by, at=now())
        db.session.commit()
        flash(f"A letter with a link to {plural(len(meant), 'finding')} goes to {link.email}.")
        return True
    return False


def _told_of(lines: list[FindingLine]) -> dict[str, Any]:
    details = details_of(db.session(), [line.id for line in lines])
    return {
        "lines": [line for line in lines if line.state in WITH_POLICE],
        "stuck": [line for line in lines if line.state not in WITH_POLICE],
        "details": details,
        "clues": clues_in_words(db.session(), "\n".join(details.values()), at=now()),
    }


@bp.post("/<int:link_id>/revoke")
@needs(Action.SETTLE_FINDING)
def revoke(link_id: int) -> ResponseReturnValue:
    with told_above():
        link = desk.revoke_link(db.session(), link_id, by=current_user.actor, at=now())
        db.session.commit()
        flash(f"Taken back: the link of {link.name} opens nothing any more.")
    back_to = ticked("finding")
    if len(back_to) == 1:
        return redirect(url_for("findings.show", finding_id=back_to.pop()))
    return redirect(url_for("finding_links.index"))


def _address(secret: str) -> str:
    return full_address("answering.index", secret=secret)
